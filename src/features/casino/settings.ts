import { shareUnits } from '../../kernel/money.ts';
import { booleanSetting, channelSetting, integerSetting, shareSetting } from '../../kernel/setting.ts';
import { type Game, games } from './tuning.ts';

const limitMax = 1_000_000_000_000;

/** The least and the most that may be bet, where a game has no limit of its own. */
export const minBet = integerSetting({
  key: 'casino.min_bet',
  describe: 'economy.setting.min-bet',
  initial: 10,
  min: 1,
  max: limitMax,
});
export const maxBet = integerSetting({
  key: 'casino.max_bet',
  describe: 'economy.setting.max-bet',
  initial: 1_000_000,
  min: 1,
  max: limitMax,
});

const gameLimit = (game: Game, bound: 'min' | 'max') =>
  integerSetting({
    key: `${game}.${bound}_bet`,
    describe: bound === 'min' ? 'economy.setting.game-min-bet' : 'economy.setting.game-max-bet',
    initial: 0,
    min: 0,
    max: limitMax,
  });

/** A game's own limits; 0 for those of the casino. */
export const gameLimits = Object.fromEntries(
  games.map((game) => [game, { min: gameLimit(game, 'min'), max: gameLimit(game, 'max') }]),
) as Record<Game, { readonly min: ReturnType<typeof gameLimit>; readonly max: ReturnType<typeof gameLimit> }>;

/** What a won coinflip pays, stake and all. Twice the stake would leave the house nothing. */
export const coinflipPayout = shareSetting({
  key: 'coinflip.payout',
  describe: 'economy.setting.coinflip-payout',
  initial: 19_600,
  min: 15_000,
  max: 20_000,
  warns: (payout) => (payout < 2 * shareUnits ? undefined : 'economy.casino.coinflip.keeps-nothing'),
});

/** Coins of a payout from which it is announced. */
export const announceMin = integerSetting({
  key: 'slots.announce_min',
  describe: 'economy.setting.announce-min',
  initial: 25_000,
  min: 0,
  max: limitMax,
});

/** Whether slots have a pot. */
export const jackpotEnabled = booleanSetting({
  key: 'jackpot.enabled',
  describe: 'economy.setting.jackpot-enabled',
  initial: false,
});

/** Coins that members' things may add to their rounds a UTC day; 0 for no limit. */
export const gearBonusMax = integerSetting({
  key: 'casino.gear_bonus_daily_cap',
  describe: 'economy.setting.gear-bonus-daily-cap',
  initial: 25_000,
  min: 0,
  max: 1_000_000_000,
});

/** Where big wins are announced. */
export const casinoFeed = channelSetting({ key: 'casino.feed', describe: 'economy.setting.casino-feed' });

/** Whether other servers are told of big wins, without names, and theirs are posted here; both sides have to want it. */
export const sharedFeed = booleanSetting({
  key: 'casino.shared_feed',
  describe: 'economy.setting.casino-shared-feed',
  initial: false,
});

/** All settings of the casino. */
export const settings = [
  minBet,
  maxBet,
  ...games.flatMap((game) => [gameLimits[game].min, gameLimits[game].max]),
  coinflipPayout,
  announceMin,
  jackpotEnabled,
  gearBonusMax,
  casinoFeed,
  sharedFeed,
];
