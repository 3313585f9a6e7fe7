import { shareUnits } from '../../kernel/money.ts';
import { booleanSetting, integerSetting, shareSetting } from '../../kernel/setting.ts';
import { loanMin } from './tuning.ts';

const share = (percent: number): number => (percent * shareUnits) / 100;

export const loansEnabled = booleanSetting({
  key: 'loan.enabled',
  describe: 'economy.setting.loan-enabled',
  initial: true,
});

/** The most that is lent to one member, however rich. */
export const loanMax = integerSetting({
  key: 'loan.max',
  describe: 'economy.setting.loan-max',
  initial: 1_000_000,
  min: loanMin,
  max: 1_000_000_000_000,
});

/** What a loan costs, as a share of it: owed from the first day. */
export const loanFee = shareSetting({
  key: 'loan.fee',
  describe: 'economy.setting.loan-fee',
  initial: 0,
  min: 0,
  max: share(50),
});

/** What each missed week adds, as a share of what is outstanding. */
export const missedRate = shareSetting({
  key: 'loan.rate_missed',
  describe: 'economy.setting.loan-rate-missed',
  initial: share(15),
  min: 0,
  max: share(50),
});

/** All settings of loans. */
export const settings = [loansEnabled, loanMax, loanFee, missedRate];
