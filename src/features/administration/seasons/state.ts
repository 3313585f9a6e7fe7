import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { Frozen } from '../../../kernel/ids.ts';
import { memberSchema, timeSchema } from '../../../kernel/schemas.ts';
import { seasonsMax } from '../tuning.ts';

const standingSchema = z.strictObject({
  member: memberSchema,
  /** Shown instead of the member, such as the name of their in-game guild. */
  shown: z.string().optional(),
  score: z.int(),
});

/** The boards of a season that is over, by its number from 1. Who stands on them is named, so that places last. */
export const seasons = collection({
  name: 'economy.season',
  version: 1,
  key: ['int'],
  schema: z.strictObject({
    at: timeSchema,
    boards: z.array(z.strictObject({ name: z.string(), standings: z.array(standingSchema) })),
  }),
  initial: { at: timeSchema.parse(0), boards: [] },
  upgrades: [],
  rowsMax: seasonsMax,
  orderings: {},
  totals: {},
  forget: ({ at, boards }, member) => ({
    at,
    boards: boards.map(({ name, standings }) => ({
      name,
      standings: standings.filter((standing) => standing.member !== member),
    })),
  }),
});

/** A season as rows hold it. */
export type Season = Frozen<ReturnType<(typeof seasons)['schema']['parse']>>;
