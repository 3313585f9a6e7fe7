// Where tests of the runtime write down what happened.
import { z } from 'zod';
import { collection } from '../../src/kernel/collection.ts';
import type { Mutation } from '../../src/kernel/context.ts';

/** What happened, in order, the last 500; and whether somebody mended what is faulty. */
export const notes = collection({
  name: 'clockwork.note',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ texts: z.array(z.string()) }),
  initial: { texts: [] },
  upgrades: [],
  rowsMax: 2,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** Writes a note down. */
export const note = (m: Mutation, text: string): void => {
  m.put(notes, ['all'], { texts: [...m.get(notes, ['all']).texts, text].slice(-500) });
};
