// A feature of a test's own.
import type { Feature } from '../../src/kernel/feature.ts';

/** A feature that has nothing but what is said. */
export const featureWith = (name: string, parts: Partial<Feature> = {}): Feature => ({
  name,
  pack: 'shared',
  commands: [],
  operations: [],
  collections: [],
  reactions: [],
  settings: [],
  invariants: [],
  messages: {},
  ...parts,
});
