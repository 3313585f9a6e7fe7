// Every control that an answer to any command shows, pressed by whom it is not for, in another server, twice, and late. Found
// from the declarations, so that a new feature is covered by being there.
import { beforeAll, describe, expect, test } from 'vitest';
import { quotes } from '../../src/features/stocks/worlds.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { guildId } from '../../src/kernel/ids.ts';
import { decodeKey } from '../../src/kernel/key.ts';
import type { Option } from '../../src/kernel/option.ts';
import { answerRefused } from '../features/limits.ts';
import { type Answered, administrator, createTable, dayMs, member, person, type Table } from '../features/table.ts';
import { expectMoneyConserved } from '../properties/money.ts';

const alice = member(1);
const bob = member(2);
const stranger = member(7);
const secondMs = 1_000;
/** Presses deep into what an answer leads to. */
const depthMax = 3;
const staff = { permissions: administrator };
/** Discord takes 25 choices: there are more clans, members and kinds of things than that. */
const manyClans = 26;

/** A button, a choice of a select, or a filled form. */
interface Press {
  readonly id: string;
  readonly joined: Readonly<Record<string, unknown>>;
}

const pressesOf = ({ reply, modal }: Answered): readonly Press[] => {
  if (modal !== undefined) {
    return [{ id: modal.customId, joined: Object.fromEntries(modal.fields.map(({ name }) => [name, '1'])) }];
  }
  return (reply.rows ?? []).flat().flatMap((control): readonly Press[] => {
    if (control.kind === 'button') return control.disabled === true ? [] : [{ id: control.customId, joined: {} }];
    const [first, second] = control.choices;
    return [first, second].flatMap((choice) =>
      choice === undefined ? [] : [{ id: control.customId, joined: { chosen: choice.value } }],
    );
  });
};

/**
 * A server in which somebody has a bit of everything, their companion waits to join their guild, and 26 more are there.
 * Ids of rows are those of a server: a row of the one server may have the id of another one's in the other.
 */
const settle = (guild: string, owner: MemberId, companion: MemberId): Table => {
  const table = createTable(undefined, guildId(guild));
  table.worlds.set(quotes.name, { version: 1, at: table.clock.now, value: quotes.initial });
  table.set('guild.create_cost', '0');
  table.set('shop.resale', '50%');
  for (let number = 0; number < manyClans; number += 1) {
    table.say(member(100 + number), 'guild create', { name: `Company ${number + 1}` });
  }
  for (const who of [alice, bob]) table.fund(who, 400_000, 100_000);
  table.fund(stranger, 50_000);
  table.say(owner, 'guild create', { name: 'Ferrymen' });
  table.say(owner, 'guild deposit', { amount: '1000' });
  table.say(companion, 'guild join', { name: 'Ferrymen' });
  table.say(owner, 'eco give-item', { member: person(owner), item: 'energy_drink', count: 4 }, staff);
  table.say(owner, 'stocks buy', { symbol: 'FOOD', shares: '10' });
  for (const who of [alice, bob, stranger]) table.say(who, 'fair seed');
  return table;
};

const valuesOf = (name: string, option: Option<unknown>): readonly unknown[] => {
  switch (option.type) {
    case 'member':
      return [person(bob)];
    case 'integer':
      return [option.min ?? 1];
    case 'boolean':
      return [true];
    case 'text':
      if (option.choices) return option.choices.slice(0, 2).map(({ value }) => value);
      return name === 'symbol' ? ['FOOD'] : name === 'item' ? ['energy_drink'] : name === 'on' ? ['red'] : ['10'];
    default:
      return option.type satisfies never;
  }
};

/** A command without its optional options, and with them: what it shows may differ. */
const inputsOf = (table: Table, path: string): readonly Readonly<Record<string, unknown>>[] => {
  const name = table.registry.commands.get(path)?.operation.name ?? '';
  const operation = table.registry.operations.get(name);
  const declared =
    operation && 'options' in operation.input ? (operation.input.options as Record<string, Option<unknown>>) : {};
  const required: Record<string, unknown> = {};
  const all: Record<string, unknown> = {};
  for (const [option, of] of Object.entries(declared)) {
    [all[option]] = valuesOf(option, of);
    if (of.required) required[option] = all[option];
  }
  const more = Object.entries(declared).flatMap(([option, of]) =>
    valuesOf(option, of)
      .slice(1)
      .map((value) => ({ ...required, [option]: value })),
  );
  return [required, all, ...more];
};

type Rows = ReadonlyMap<string, unknown>;

const rowsOf = (table: Table): Rows => {
  const rows = new Map<string, unknown>();
  for (const collection of table.registry.collections.values()) {
    for (const [key, row] of table.state.rows(collection)) {
      const parts = decodeKey(collection.key, key);
      // What is somebody's is under their id; everything else is under a text that has none.
      rows.set(`${collection.name} ${parts.join(' ')}`, row);
    }
  }
  return rows;
};

/** Rows that somebody's press may change beside those under their own id: sums, lists and what all share. */
const shared = [
  'core.',
  'economy.supply ',
  'economy.flow ',
  'economy.named ',
  'races.race ',
  'tavern.',
  'statistics.',
  'economy.richest',
];

/** Rows of others that differ between two moments, though they were not the ones who acted. */
const changedOfOthers = (before: Rows, after: Rows, who: MemberId): readonly string[] => {
  const changed: string[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(key) === after.get(key)) continue;
    if (key.includes(who) || shared.some((prefix) => key.startsWith(prefix))) continue;
    // A booking that the press made concerns whoever pressed alone.
    const lines = (after.get(key) as { readonly lines?: readonly (readonly unknown[])[] } | undefined)?.lines;
    if (key.startsWith('economy.booking ') && !before.has(key) && lines?.every(([of]) => of === who)) continue;
    changed.push(key);
  }
  return changed;
};

const conserved = (table: Table): void => {
  const dump = Object.fromEntries(
    [...table.registry.collections.values()].map((collection) => [
      collection.name,
      {
        rows: [...table.state.rows(collection)],
        totals: Object.keys(collection.totals).map((total) => table.state.total(collection, total)),
      },
    ]),
  );
  expectMoneyConserved(dump);
};

/** What the sweep has seen. */
interface Findings {
  readonly operations: Set<string>;
  readonly stolen: string[];
  readonly abroad: string[];
  readonly refusedByDiscord: string[];
  readonly past: Press[];
}

/** Presses a control as a stranger, then as its owner in another server; neither may change what is somebody else's. */
const tryOn = (here: Table, there: Table, press: Press, findings: Findings): void => {
  findings.operations.add(press.id.split('~')[1] ?? '');
  const before = rowsOf(here);
  here.press(stranger, press.id, press.joined);
  for (const key of changedOfOthers(before, rowsOf(here), stranger)) findings.stolen.push(`${press.id}: ${key}`);
  for (const who of [stranger, alice]) {
    const abroad = rowsOf(there);
    there.press(who, press.id, press.joined);
    for (const key of changedOfOthers(abroad, rowsOf(there), who)) findings.abroad.push(`${press.id}: ${key}`);
  }
};

/** Follows everything that an answer shows, as far as `depthMax` presses; each control is tried once. */
const follow = (here: Table, there: Table, answered: Answered, findings: Findings, seen: Set<string>, depth = 0) => {
  for (const problem of answerRefused(answered)) findings.refusedByDiscord.push(`${problem}: ${answered.words}`);
  if (depth === depthMax) return;
  for (const press of pressesOf(answered)) {
    const name = `${press.id.split('~')[1]} ${depth}`;
    const id = `${press.id}${JSON.stringify(press.joined)}`;
    // Ids of rows and numbers of moves go on; three of a kind at each depth show what there is to see.
    const times = [...seen].filter((one) => one.startsWith(`${name} `)).length;
    if (seen.has(`${name} ${id}`) || times >= 3) continue;
    seen.add(`${name} ${id}`);
    tryOn(here, there, press, findings);
    here.clock.now = (here.clock.now + 25 * secondMs) as typeof here.clock.now;
    there.clock.now = here.clock.now;
    const own = here.press(alice, press.id, press.joined, staff);
    findings.past.push(press);
    // Twice: whatever it did, it has not been done from nothing.
    here.press(alice, press.id, press.joined, staff);
    conserved(here);
    follow(here, there, own, findings, seen, depth + 1);
  }
};

describe('every control of every command', () => {
  const findings: Findings = {
    operations: new Set(),
    stolen: [],
    abroad: [],
    refusedByDiscord: [],
    past: [],
  };
  let here: Table;
  let there: Table;

  beforeAll(() => {
    [here, there] = [settle('100000000000000001', alice, bob), settle('100000000000000002', bob, alice)];
    const seen = new Set<string>();
    for (const path of here.registry.commands.keys()) {
      // A reset or a disbanding would leave nothing to press on.
      if (path === 'eco reset' || path === 'eco freeze' || path === 'eco ban' || path === 'guild disband') continue;
      for (const input of inputsOf(here, path)) {
        here.wait(25 * secondMs);
        there.wait(25 * secondMs);
        follow(here, there, here.say(alice, path, input, staff), findings, seen);
      }
    }
    here.fall();
  });

  test('is found: buttons, selects and forms of all features', () => {
    expect(findings.operations.size).toBeGreaterThan(50);
  });

  test('pressed by a stranger changes no row of anybody else', () => {
    expect(findings.stolen).toEqual([]);
  });

  test('pressed in another server, by a stranger or by its owner, changes no row of anybody else there', () => {
    expect(findings.abroad).toEqual([]);
  });

  test('and every answer is one that Discord takes', () => {
    expect(findings.refusedByDiscord).toEqual([]);
  });

  test('pressed again a month later makes no coin from nothing, and is answered', () => {
    here.wait(30 * dayMs);
    here.fall();
    for (const { id, joined } of findings.past) {
      for (const who of [alice, stranger]) {
        const { refused, words, modal } = here.press(who, id, joined, who === alice ? staff : {});
        expect(refused).not.toBe('core.bug');
        expect(words !== '' || modal !== undefined, id).toBe(true);
      }
    }
    conserved(here);
    conserved(there);
  });
});
