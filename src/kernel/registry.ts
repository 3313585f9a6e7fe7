import { assert } from './assert.ts';
import { type AnyCard, openCard } from './card.ts';
import type { AnyCollection } from './collection.ts';
import { outbox } from './effect.ts';
import { errands } from './errand.ts';
import type { Reaction } from './event.ts';
import type { Extension } from './extension.ts';
import type { Command, Feature, Invariant } from './feature.ts';
import { type Job, jobStates } from './job.ts';
import { type AnyRemembrance, departures } from './membership.ts';
import { type AnyOperation, openOperation } from './operation.ts';
import { type AnySetting, settingOverrides } from './setting.ts';
import { type Messages, type Text, textCatalogue } from './text.ts';
import { timers } from './timer.ts';
import { type AnyWorld, worlds } from './world.ts';

/** Everything the features declare, by name. */
export interface Registry {
  readonly commands: ReadonlyMap<string, Command>;
  readonly operations: ReadonlyMap<string, AnyOperation>;
  readonly collections: ReadonlyMap<string, AnyCollection>;
  readonly settings: ReadonlyMap<string, AnySetting>;
  readonly reactions: ReadonlyMap<string, readonly Reaction[]>;
  readonly extensions: ReadonlyMap<string, readonly Extension[]>;
  readonly invariants: readonly Invariant[];
  readonly cards: ReadonlyMap<string, AnyCard>;
  readonly jobs: readonly Job[];
  readonly worlds: ReadonlyMap<string, AnyWorld>;
  readonly remembrances: readonly AnyRemembrance[];
  /** What runs in the market at each start. */
  readonly marketStarts: readonly AnyOperation[];
  /** The words of a language (a Discord locale such as `en-GB`). */
  readonly text: (locale: string) => Text;
}

/** The collections of the runtime itself, in every guild. */
const runtimeCollections: readonly AnyCollection[] = [
  settingOverrides,
  timers,
  outbox,
  errands,
  jobStates,
  worlds,
  departures,
];

const byName = <T>(what: string, all: readonly T[], name: (one: T) => string): ReadonlyMap<string, T> => {
  const map = new Map<string, T>();
  for (const one of all) {
    assert(!map.has(name(one)), `the ${what} ${name(one)} is declared once`);
    map.set(name(one), one);
  }
  return map;
};

/**
 * Collects what features declare, with the words of the runtime itself. Throws on a name used twice, or a command or
 * job whose operation is not declared.
 */
export const registry = (features: readonly Feature[], runtimeMessages: readonly Messages[]): Registry => {
  const operations = byName(
    'operation',
    features.flatMap((feature) => feature.operations.map(openOperation)),
    (operation) => operation.name,
  );
  const commands = byName(
    'command',
    features.flatMap((feature) => feature.commands),
    (command) => command.path,
  );
  for (const command of commands.values()) {
    const operation = operations.get(command.operation.name);
    assert(operation !== undefined, `the operation of /${command.path} is declared`);
    assert(operation.who !== 'runtime', `/${command.path} is for people`);
  }
  const jobs = features.flatMap((feature) => feature.jobs ?? []);
  for (const { operation } of jobs) assert(operations.has(operation.name), `the job ${operation.name} is declared`);
  return {
    commands,
    operations,
    collections: byName(
      'collection',
      [...runtimeCollections, ...features.flatMap((feature) => feature.collections)],
      (collection) => collection.name,
    ),
    settings: byName(
      'setting',
      features.flatMap((feature) => feature.settings),
      (setting) => setting.key,
    ),
    reactions: Map.groupBy(
      features.flatMap((feature) => feature.reactions),
      (reaction) => reaction.event,
    ),
    extensions: Map.groupBy(
      features.flatMap((feature) => feature.extensions ?? []),
      (one) => one.point,
    ),
    invariants: features.flatMap((feature) => feature.invariants),
    cards: byName(
      'card',
      features.flatMap((feature) => (feature.cards ?? []).map(openCard)),
      (one) => one.name,
    ),
    jobs,
    worlds: byName(
      'world',
      features.flatMap((feature) => feature.worlds ?? []),
      (one) => one.name,
    ),
    remembrances: features.flatMap((feature) => feature.remembrances ?? []),
    marketStarts: features.flatMap((feature) => (feature.marketStarts ?? []).map(openOperation)),
    text: textCatalogue([...runtimeMessages, ...features.map((feature) => feature.messages)]),
  };
};
