import { shareUnits } from '../../kernel/money.ts';
import { booleanSetting, channelSetting, integerSetting, shareSetting } from '../../kernel/setting.ts';
import { clanMembersMax } from './tuning.ts';

const share = (percent: number): number => (percent * shareUnits) / 100;

/** What founding a guild costs. */
export const createCost = integerSetting({
  key: 'guild.create_cost',
  describe: 'economy.setting.clan-create-cost',
  initial: 1_000,
  min: 0,
  max: 1_000_000_000,
});

/** Members one guild may have. */
export const membersMax = integerSetting({
  key: 'guild.max_members',
  describe: 'economy.setting.clan-max-members',
  initial: 50,
  min: 2,
  max: clanMembersMax,
});

/** What a treasury brings a week, as a share of it. */
export const weeklyInterest = shareSetting({
  key: 'guild.interest',
  describe: 'economy.setting.clan-interest',
  initial: share(5),
  min: 0,
  max: share(10),
});

/** What the largest treasury brings besides. */
export const topBonus = shareSetting({
  key: 'guild.top_bonus',
  describe: 'economy.setting.clan-top-bonus',
  initial: share(5),
  min: 0,
  max: share(10),
});

/** The most that all treasuries together bring a week, as a share of the coins that exist. */
export const interestCap = shareSetting({
  key: 'guild.interest_cap',
  describe: 'economy.setting.clan-interest-cap',
  initial: share(5),
  min: 0,
  max: share(20),
});

/** The most a member gets of a treasury's interest a week; 0 is no limit. */
export const memberInterestCap = integerSetting({
  key: 'guild.member_interest_cap',
  describe: 'economy.setting.clan-member-interest-cap',
  initial: 5_000,
  min: 0,
  max: 1_000_000_000,
});

/** Whether who leaves a guild takes what they put in along. */
export const leavePayout = booleanSetting({
  key: 'guild.leave_payout',
  describe: 'economy.setting.clan-leave-payout',
  initial: false,
});

/** Whether members of the three richest guilds have something of it. */
export const perksEnabled = booleanSetting({
  key: 'guild.perks',
  describe: 'economy.setting.clan-perks',
  initial: false,
});

/** Where withdrawals from treasuries and the weekend's levy are told. */
export const clanLog = channelSetting({ key: 'guild.log_channel', describe: 'economy.setting.clan-log' });

/** The share of each guild member's wallet and bank that goes to the treasury on Saturdays. */
export const levyRate = shareSetting({
  key: 'levy.rate',
  describe: 'economy.setting.levy-rate',
  initial: 0,
  min: 0,
  max: share(75),
});

/** Coins that the levy leaves each member. */
export const levyKeep = integerSetting({
  key: 'levy.keep',
  describe: 'economy.setting.levy-keep',
  initial: 1_000,
  min: 0,
  max: 1_000_000_000,
});

/** All settings of in-game guilds, in the order they are listed. */
export const settings = [
  createCost,
  membersMax,
  weeklyInterest,
  topBonus,
  interestCap,
  memberInterestCap,
  leavePayout,
  perksEnabled,
  clanLog,
  levyRate,
  levyKeep,
];
