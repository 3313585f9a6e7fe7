import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, Dotted, MemberId } from '../../kernel/ids.ts';
import { type JobRun, sweep } from '../../kernel/job.ts';
import type { Operation } from '../../kernel/operation.ts';
import type { Account } from './account.ts';
import { accounts, vaults } from './state.ts';

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

/** A member's account, if they have one. */
export const accountOf = (query: Query, member: MemberId): Account | undefined => query.find(accounts, [member]);

/** The money of a whole guild. */
export interface GuildMoney {
  /** Members with an account. */
  readonly accounts: number;
  /** Coins in their wallets and banks. */
  readonly held: bigint;
  /** What they owe. */
  readonly owed: bigint;
  /** Coins in purses of no one member, the house's own included. */
  readonly inVaults: bigint;
  /** Coins in those that are on a board: treasuries. */
  readonly inTreasuries: bigint;
  /** What treasuries never held less than since each was marked. */
  readonly steady: bigint;
}

/** Sums over a guild, which the store keeps: nothing is counted when they are read. */
export const guildMoneyOf = (query: Query): GuildMoney => ({
  accounts: query.count(accounts),
  held: query.total(accounts, 'held'),
  owed: query.total(accounts, 'owed'),
  inVaults: query.total(vaults, 'held'),
  inTreasuries: query.total(vaults, 'ranked'),
  steady: query.total(vaults, 'lowest'),
});

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
