import { z } from 'zod';
import type { Mutation } from '../../../kernel/context.ts';
import { epochMs, realmOf } from '../../../kernel/ids.ts';
import { task } from '../../../kernel/operation.ts';
import { done } from '../../../kernel/outcome.ts';
import { sharedPublishMs, sharedWinsKept } from '../tuning.ts';
import { sharedBook, sharedBookKey, sharedWinSchema, sharedWins } from './world.ts';

const publish = (m: Mutation): void => {
  const book = m.get(sharedBook, sharedBookKey);
  m.put(sharedBook, sharedBookKey, { ...book, publishedAt: m.now });
  m.publish(sharedWins, { told: book.told, wins: book.wins });
};

/** Publishes what servers told since the last version. */
export const publishWins = task({
  name: 'casino.shared-wins.publish',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    if (realmOf(m.guild) === 'market') publish(m);
    return done();
  },
});

/** Takes a win that a server tells the others. A flood of them is one version a minute, of the newest ones. */
export const collectWin = task({
  name: 'casino.shared-wins.collect',
  version: 1,
  input: sharedWinSchema,
  run: (m, win) => {
    if (realmOf(m.guild) !== 'market') return done();
    const book = m.get(sharedBook, sharedBookKey);
    const told = book.told + 1;
    const wins = [...book.wins, { ...win, number: told }].slice(-sharedWinsKept);
    m.put(sharedBook, sharedBookKey, { ...book, told, wins });
    const nextAt = epochMs(book.publishedAt + sharedPublishMs);
    if (m.now >= nextAt) publish(m);
    else m.wake(publishWins, 'newest', nextAt, {});
    return done();
  },
});
