import { assert } from '../../kernel/assert.ts';
import type { Branded, Dotted } from '../../kernel/ids.ts';

/** What a ledger entry is about. */
export type EntryKind = Branded<string, 'ledger entry'>;

const kindPattern = /^[a-z][a-z-]{0,23}$/;

/**
 * Declares a kind of ledger entry; the feature that declares it writes its words under `economy.entry.<name>`, with
 * the argument `other` (a mention, or empty). Throws on a name other than 1 to 24 lower-case letters and hyphens.
 */
export const entryKind = (name: string): EntryKind => {
  assert(kindPattern.test(name), 'a kind of ledger entry is named in 1 to 24 lower-case letters and hyphens');
  return name as EntryKind;
};

/** The key of the words for a stored entry's kind. */
export const entryText = (kind: string): Dotted => `economy.entry.${kind}`;

/** The wallet's own kinds. */
export const entries = {
  start: entryKind('start'),
  daily: entryKind('daily'),
  weekly: entryKind('weekly'),
  paid: entryKind('paid'),
  received: entryKind('received'),
  deposit: entryKind('deposit'),
  withdrawal: entryKind('withdrawal'),
  interest: entryKind('interest'),
  robbery: entryKind('robbery'),
  robbed: entryKind('robbed'),
  fine: entryKind('fine'),
  compensation: entryKind('compensation'),
  debtCollected: entryKind('debt-collected'),
  debtReceived: entryKind('debt-received'),
  debtKept: entryKind('debt-kept'),
  erased: entryKind('erased'),
  decay: entryKind('decay'),
} as const;
