import type { FormName } from '../peers/forms.ts';
import type { Ground } from '../peers/peer.ts';

/** One way to make the same pay. */
export interface Rung {
  readonly name: string;
  readonly form: FormName;
  /** Whether the store takes snapshots meanwhile, as often as it is deployed to. */
  readonly snapshots?: true;
  /** What else is not as in the form's own figure. */
  readonly ground?: Partial<Ground>;
  /** The name of the rung that has a layer less. */
  readonly over?: string;
}

/** Every rung, the least first. The log of the first two is written as our journal is: in durable writes. */
export const rungs: readonly Rung[] = [
  { name: 'a reducer in memory and a log', form: 'append-durable-writes' },
  { name: 'the same, each pay a message of nact', form: 'nact-batched', over: 'a reducer in memory and a log' },
  {
    name: 'this bot, a journal that writes nothing',
    form: 'ours',
    ground: { journal: 'unwritten' },
    over: 'the same, each pay a message of nact',
  },
  {
    name: 'this bot, its journal on the disk',
    form: 'ours',
    over: 'this bot, a journal that writes nothing',
  },
  {
    name: 'this bot, as deployed: over snapshots',
    form: 'ours',
    snapshots: true,
    over: 'this bot, its journal on the disk',
  },
  {
    name: 'this bot, its journal on the disk, 100 guilds',
    form: 'ours',
    // Filled anew: what the others begin with has other guilds.
    ground: { guilds: 100, prepared: undefined },
    over: 'this bot, its journal on the disk',
  },
];

/** What is measured of each rung. */
export const costs = {
  operations: { what: 'operations', unit: 'op/s' },
  cpu: { what: 'processor time', unit: 'µs' },
  gc: { what: 'pauses for garbage collection', unit: 'ms/s' },
} as const;
export type Cost = keyof typeof costs;

/** The name of a rung's figure. */
export const figureOf = (rung: Rung, cost: Cost): string => `cost of a pay, ${rung.name}: ${costs[cost].what}`;

/** The name of the figure that tells how many guilds a rung has, unless its name does. */
export const guildsFigure = 'cost of a pay: guilds';
