import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, Dotted, MemberId } from '../../kernel/ids.ts';
import { type JobRun, sweep } from '../../kernel/job.ts';
import type { Operation } from '../../kernel/operation.ts';
import { accounts } from './state.ts';

/** What a member has and owes. */
export interface Money {
  readonly wallet: Coins;
  readonly bank: Coins;
  readonly debt: Coins;
}

/** What a member has and owes now; nothing where they have no account. */
export const moneyOf = (query: Query, member: MemberId): Money => {
  const { wallet, bank, debt } = query.get(accounts, [member]);
  return { wallet, bank, debt };
};

/** Declares a job's operation that goes over every member with an account, in steps; see `sweep`. */
export const sweepMembers = (spec: {
  readonly name: Dotted;
  readonly version: number;
  readonly step: (mutation: Mutation, members: readonly MemberId[], run: JobRun) => void;
  readonly finish: (mutation: Mutation, run: JobRun) => void;
}): Operation<JobRun> =>
  sweep({
    name: spec.name,
    version: spec.version,
    rows: accounts,
    step: (mutation, rows, run) =>
      spec.step(
        mutation,
        rows.map(([[member]]) => member),
        run,
      ),
    finish: spec.finish,
  });
