import type { Mutation } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { type Job, sweep } from '../../kernel/job.ts';
import { coins, leastCoins } from '../../kernel/money.ts';
import { entries } from './entries.ts';
import { takeFunds } from './funds.ts';
import { book } from './money.ts';
import { isFrozen } from './rest.ts';
import { decayOf } from './rules.ts';
import { decayFree, decayRate } from './settings.ts';
import { accounts, decays, decaysKey } from './state.ts';

const decayMember = (
  m: Mutation,
  member: MemberId,
  figures: { readonly rate: number; readonly free: number },
): void => {
  const { wallet, bank } = m.get(accounts, [member]);
  const lost = decayOf(wallet, bank, figures);
  if (lost === 0) return;
  // From the bank first, where the fortunes lie: a wallet is what somebody plays with today.
  const fromBank = leastCoins(bank, lost);
  const split = { fromBank, fromWallet: coins(lost - fromBank), missing: coins(0) };
  // Nothing is given to anybody, so that nothing can pass the ceiling.
  book(m, { postings: takeFunds(member, split, { entry: entries.decay }), burned: lost });
};

/**
 * Takes from every fortune what it loses in a week. Each account is seen once a run, and a date that is done is not run
 * again, whatever runs it; what was missed is let go.
 */
export const decayWealth = sweep({
  name: 'economy.decay',
  version: 1,
  rows: accounts,
  step: (m, rows, { date }) => {
    const figures = { rate: m.setting(decayRate), free: m.setting(decayFree) };
    if (figures.rate === 0 || isFrozen(m) || date <= (m.get(decays, decaysKey).date ?? '')) return;
    for (const [[member]] of rows) decayMember(m, member, figures);
  },
  finish: (m, { date }) => {
    const isNews = date > (m.get(decays, decaysKey).date ?? '');
    if (isNews && m.setting(decayRate) > 0 && !isFrozen(m)) m.put(decays, decaysKey, { date });
  },
});

/** Each Monday, half past midnight by UTC. */
export const decayJob: Job = {
  operation: decayWealth,
  pattern: '30 0 * * 1',
  zone: 'UTC',
  realm: 'guilds',
  once: 'a day',
  missed: { skip: { lateMs: 6 * 24 * 60 * 60_000 } },
};
