import { InvariantError } from '../../kernel/assert.ts';
import type { Claim, Journal, JournalReader, Position } from '../ports.ts';

const readOnly = (): never => {
  throw new InvariantError('nothing is appended to entries that are only read');
};

/** A journal that has the entries given and takes no others: a store opened over it folds them into its rows. */
export const replayJournal = ({ firstPosition, replay, read }: JournalReader, last: Position): Journal => ({
  claim: (guild): Claim => ({ guild, epoch: 0 }),
  release: () => undefined,
  append: readOnly,
  firstPosition,
  replay,
  read,
  durablePosition: last,
  sync: () => Promise.resolve(),
  trim: () => Promise.resolve(),
  renew: () => Promise.resolve(),
  hold: () => ({ segments: () => [], release: () => undefined }),
  listen: () => undefined,
  close: () => Promise.resolve(),
});
