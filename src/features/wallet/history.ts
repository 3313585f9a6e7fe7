import type { Query } from '../../kernel/context.ts';
import type { Frozen, MemberId } from '../../kernel/ids.ts';
import { accounts, ledger } from './state.ts';
import { entriesKept, historyPageEntries } from './tuning.ts';

/** A ledger entry as rows hold it. */
export type HistoryEntry = Frozen<ReturnType<(typeof ledger)['schema']['parse']>>;

/** The most pages a history can have. */
export const historyPagesMax = Math.ceil(entriesKept / historyPageEntries);

/** A page (from 1) of a member's ledger, newest first, and how many pages there are: at least one, maybe empty. */
export const historyOf = (
  query: Query,
  member: MemberId,
  page: number,
): { readonly pages: number; readonly entries: readonly HistoryEntry[] } => {
  const written = query.get(accounts, [member]).entries;
  const kept = Math.min(written, entriesKept);
  const from = (page - 1) * historyPageEntries;
  const count = Math.max(0, Math.min(historyPageEntries, kept - from));
  const entries = Array.from({ length: count }, (_, index) =>
    query.get(ledger, [member, (written - 1 - from - index) % entriesKept]),
  );
  return { pages: Math.max(1, Math.ceil(kept / historyPageEntries)), entries };
};
