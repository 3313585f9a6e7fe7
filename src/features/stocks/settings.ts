import { shareUnits } from '../../kernel/money.ts';
import { channelSetting, integerSetting, shareSetting } from '../../kernel/setting.ts';

const share = (percent: number): number => (percent * shareUnits) / 100;

/** The share of a trade's value that the house keeps; never less than a coin. */
export const tradeFee = shareSetting({
  key: 'trade.fee',
  describe: 'economy.setting.trade-fee',
  initial: share(1),
  min: 0,
  max: share(10),
  // Pushing a price by 1 % either way brings 2.02 %, which two fees of 1 % just take: `impactMost` has the arithmetic.
  warns: (fee) => (fee < share(1) ? 'economy.stocks.cheap' : undefined),
});

/**
 * Coins that a member may have put into the shares of one company; 0 for no limit. Prices are drawn back to a base that
 * everybody can know, so that patience pays: `docs/economy-year.md` shows what it comes to.
 */
export const positionMax = integerSetting({
  key: 'trade.position_max',
  describe: 'economy.setting.position-max',
  initial: 50_000,
  min: 0,
  max: 1_000_000_000_000,
});

/** Where the market's day is posted. */
export const marketFeed = channelSetting({ key: 'market.feed', describe: 'economy.setting.market-feed' });

/** All settings of the stock market. */
export const settings = [tradeFee, positionMax, marketFeed];
