import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { EpochMs, Frozen } from '../../../kernel/ids.ts';
import { coinsMax } from '../../../kernel/money.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { world } from '../../../kernel/world.ts';
import { games, sharedWinsKept } from '../tuning.ts';

/** What one server tells all others of a big win: nothing of who won, nor of where. */
export const sharedWinSchema = z.strictObject({
  /** Drawn by the server that tells it, which knows its own wins by it. Nobody else can tell whose it is. */
  mark: z.string().regex(/^[0-9a-f]{16}$/),
  game: z.enum(games),
  stake: z.int().min(1).max(coinsMax),
  paid: z.int().min(1).max(coinsMax),
});

const numberedSchema = sharedWinSchema.extend({ number: z.int().positive() });

/** A win in another server, with its number among all that were told. */
export type SharedWin = Frozen<z.infer<typeof numberedSchema>>;

const newestSchema = z.strictObject({
  /** The number of the newest win. */
  told: z.int().nonnegative(),
  /** The newest wins, the oldest of them first. */
  wins: z.array(numberedSchema).max(sharedWinsKept),
});

/** The newest big wins of servers that share them. */
export const sharedWins = world({ name: 'casino.shared-wins', schema: newestSchema, initial: { told: 0, wins: [] } });

/** What servers told, as the market's realm keeps it: one row. */
export const sharedBook = collection({
  name: 'casino.shared-book',
  version: 1,
  key: ['text'],
  schema: newestSchema.extend({ publishedAt: timeSchema }),
  initial: { told: 0, wins: [], publishedAt: 0 as EpochMs },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `sharedBook`. */
export const sharedBookKey = ['all'] as const;
