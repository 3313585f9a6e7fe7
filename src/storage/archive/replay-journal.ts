import { InvariantError } from '../../kernel/assert.ts';
import type { Claim, Journal, JournalEntry, Position } from '../ports.ts';

const readOnly = (): never => {
  throw new InvariantError('nothing is appended to entries that are only read');
};

/** A journal that has the entries given and takes no others: a store opened over it folds them into its rows. */
export const replayJournal = (entries: (after: Position) => Iterable<JournalEntry>, last: Position): Journal => ({
  claim: (guild): Claim => ({ guild, epoch: 0 }),
  release: () => undefined,
  append: readOnly,
  replay: entries,
  durablePosition: last,
  sync: () => Promise.resolve(),
  trim: () => Promise.resolve(),
  renew: () => Promise.resolve(),
  hold: () => ({ segments: () => [], release: () => undefined }),
  listen: () => undefined,
  close: () => Promise.resolve(),
});
