import { entryKind } from '../wallet/api.ts';

/** Kinds of ledger entries that the staff make. */
export const entries = {
  gift: entryKind('staff-gift'),
  taking: entryKind('staff-taking'),
  undoing: entryKind('staff-undoing'),
  reset: entryKind('reset'),
} as const;

const names = new Set<string>(Object.values(entries));

/** Whether the staff made an entry: it is undone as their action, not as an entry. */
export const isStaffs = (kind: string): boolean => names.has(kind);
