import { shareUnits } from '../../kernel/money.ts';
import { channelSetting, shareSetting } from '../../kernel/setting.ts';

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

/** Where the market's day is posted. */
export const marketFeed = channelSetting({ key: 'market.feed', describe: 'economy.setting.market-feed' });

/** All settings of the stock market. */
export const settings = [tradeFee, marketFeed];
