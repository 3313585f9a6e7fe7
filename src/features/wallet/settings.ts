import { shareUnits } from '../../kernel/money.ts';
import { booleanSetting, integerSetting, shareSetting } from '../../kernel/setting.ts';

const share = (percent: number): number => (percent * shareUnits) / 100;

/** Coins a member gets once, at first use. */
export const startCoins = integerSetting({
  key: 'start.coins',
  describe: 'economy.setting.start-coins',
  initial: 100,
  min: 0,
  max: 1_000_000,
});

/** Coins of the daily reward, without bonuses. */
export const dailyAmount = integerSetting({
  key: 'daily.amount',
  describe: 'economy.setting.daily-amount',
  initial: 150,
  min: 0,
  max: 1_000_000_000,
});

/** Coins of the weekly reward. */
export const weeklyAmount = integerSetting({
  key: 'weekly.amount',
  describe: 'economy.setting.weekly-amount',
  initial: 1_000,
  min: 0,
  max: 1_000_000_000,
});

/** Whether claiming day after day adds to the daily reward. */
export const streakEnabled = booleanSetting({
  key: 'streak.enabled',
  describe: 'economy.setting.streak-enabled',
  initial: false,
});

/** The share of each payment that is burned. */
export const payTax = shareSetting({
  key: 'pay.tax',
  describe: 'economy.setting.pay-tax',
  initial: 0,
  min: 0,
  max: share(50),
});

/** Hours after which a request for coins that nobody answered is no more. */
export const requestDeadlineHours = integerSetting({
  key: 'request.deadline_h',
  describe: 'economy.setting.request-deadline',
  initial: 24,
  min: 1,
  max: 168,
});

/** What a bank brings a day, as a share of it. */
export const bankInterest = shareSetting({
  key: 'bank.interest',
  describe: 'economy.setting.bank-interest',
  initial: share(0.5),
  min: 0,
  max: share(2),
});

/** The most a bank brings a day; 0 for no limit. */
export const bankInterestMax = integerSetting({
  key: 'bank.interest_cap',
  describe: 'economy.setting.bank-interest-cap',
  initial: 5_000,
  min: 0,
  max: 1_000_000_000,
});

export const robEnabled = booleanSetting({
  key: 'rob.enabled',
  describe: 'economy.setting.rob-enabled',
  initial: true,
});

/** The chance that a robbery succeeds. */
export const robSuccess = shareSetting({
  key: 'rob.success',
  describe: 'economy.setting.rob-success',
  initial: share(30),
  min: share(5),
  max: share(80),
});

/** The most a robbery takes, as a share of the victim's wallet. */
export const robMaxSteal = shareSetting({
  key: 'rob.max_steal',
  describe: 'economy.setting.rob-max-steal',
  initial: share(20),
  min: share(1),
  max: share(50),
});

/** The fine of a robbery that fails, as a share of the victim's wallet. */
export const robFine = shareSetting({
  key: 'rob.fine',
  describe: 'economy.setting.rob-fine',
  initial: share(10),
  min: 0,
  max: share(50),
});

/** Minutes between a member's attempts. */
export const robCooldownMinutes = integerSetting({
  key: 'rob.cooldown_min',
  describe: 'economy.setting.rob-cooldown',
  initial: 60,
  min: 1,
  max: 1_440,
});

/** The least a wallet must hold to be robbed. */
export const robMinWallet = integerSetting({
  key: 'rob.min_wallet',
  describe: 'economy.setting.rob-min-wallet',
  initial: 250,
  min: 1,
  max: 1_000_000_000,
});

/** Minutes for which somebody who was robbed is safe. */
export const robProtectMinutes = integerSetting({
  key: 'rob.protect_min',
  describe: 'economy.setting.rob-protect',
  initial: 30,
  min: 0,
  max: 1_440,
});

/** Whether the victim of a robbery is told by direct message. */
export const robNoticeEnabled = booleanSetting({
  key: 'rob.notice',
  describe: 'economy.setting.rob-notice',
  initial: true,
});

/** Whether nobody can move coins: staff look into something, or the server is being reset. */
export const economyFrozen = booleanSetting({
  key: 'economy.frozen',
  describe: 'economy.setting.frozen',
  initial: false,
});

/** What wealth loses each week, as a share of what lies above `decayFree`. */
export const decayRate = shareSetting({
  key: 'decay.rate',
  describe: 'economy.setting.decay-rate',
  initial: 0,
  min: 0,
  max: share(20),
});

/** Coins of wallet and bank together that lose nothing. */
export const decayFree = integerSetting({
  key: 'decay.free',
  describe: 'economy.setting.decay-free',
  initial: 100_000,
  min: 0,
  max: 1_000_000_000_000,
});

/** All settings of the wallet, in the order they are listed. */
export const settings = [
  startCoins,
  dailyAmount,
  weeklyAmount,
  streakEnabled,
  payTax,
  requestDeadlineHours,
  bankInterest,
  bankInterestMax,
  robEnabled,
  robSuccess,
  robMaxSteal,
  robFine,
  robCooldownMinutes,
  robMinWallet,
  robProtectMinutes,
  robNoticeEnabled,
  economyFrozen,
  decayRate,
  decayFree,
];
