// A table at which members borrow, and what is looked at there.
import { loans } from '../../../src/features/loans/state.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { alice, bob, createTable, dayMs, type Table } from '../table.ts';

export const weekMs = 7 * dayMs;

/** A table at which Alice has had so much for a week. */
export const settled = (wallet: number, bank = 0): Table => {
  const table = createTable();
  table.fund(alice, wallet, bank);
  table.fund(bob, 10_000);
  table.wait(8 * dayMs);
  return table;
};

/** The loan of a member, if they have one. */
export const loanOf = (table: Table, who: MemberId = alice) =>
  table.state.row(loans, encodeKey(loans.key, [who])) as (typeof loans)['initial'] | undefined;

/** Keys of what loans are waiting for. */
export const loanTimers = (table: Table): readonly string[] =>
  [...table.state.rows(timers).keys()].filter((key) => key.startsWith('loans.'));

/** What was told members about their loans, oldest first. */
export const notices = (table: Table): readonly unknown[] =>
  [...table.state.rows(outbox).values()].map(
    (row) => (row as { payload: { card: { value: unknown } } }).payload.card.value,
  );

/** Does what is done for records of loans each night. */
export const night = (table: Table): void => {
  const { now } = table.clock;
  table.runTask('loans.keep-records', { date: new Date(now).toISOString().slice(0, 10), dueAt: now, missed: 0 });
};

/** Whether Alice and Bob have all coins there are. */
export const conserved = (table: Table): boolean => {
  const { minted, burned } = table.supply();
  const held = [alice, bob].reduce((sum, who) => sum + table.account(who).wallet + table.account(who).bank, 0);
  return BigInt(held) === minted - burned;
};
