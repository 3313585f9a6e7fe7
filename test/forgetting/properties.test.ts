// Whatever all features do: who is erased is named nowhere, nobody else is poorer for it, and leaving mints nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { features } from '../../src/features/index.ts';
import { accounts, supply, supplyKey } from '../../src/features/wallet/state.ts';
import { collection } from '../../src/kernel/collection.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { decodeKey, encodeKey } from '../../src/kernel/key.ts';
import { mutation } from '../../src/kernel/operation.ts';
import { options } from '../../src/kernel/option.ts';
import { done } from '../../src/kernel/outcome.ts';
import { memberSchema } from '../../src/kernel/schemas.ts';
import { featureWith } from '../house/feature.ts';
import { anyPlan, type Plan } from '../house/requests.ts';
import { dayMs, type Ground, ground, hourMs, member } from './ground.ts';

/** Those who ask in plans. */
const members = [1, 2, 3, 4].map(member);
const graceMs = 72 * hourMs;
const runs = 150;
const plantedRuns = 300;

const forPeople = (all: readonly Feature[]): fc.Arbitrary<Plan> => {
  const { registry } = ground(all);
  const people = [...registry.operations].filter(([, { who }]) => who !== 'runtime' && who !== 'owner');
  return anyPlan({ ...registry, operations: new Map(people) });
};

const follow = (g: Ground, plan: Plan): void => {
  g.wait(plan.laterMs);
  g.ask(plan.member, plan.operation, plan.input, plan.permissions);
};

/** Wallet and bank, and debt, of everybody but one. */
const others = (g: Ground, but: MemberId): ReadonlyMap<unknown, { readonly held: number; readonly debt: number }> =>
  new Map(
    [...g.state.rows(accounts)]
      .map(([key, row]) => [decodeKey(accounts.key, key)[0], row as typeof accounts.initial] as const)
      .filter(([who]) => who !== but)
      .map(([who, { wallet, bank, debt }]) => [who, { held: wallet + bank, debt }]),
  );

const mintedIn = (g: Ground): bigint =>
  (g.state.row(supply, encodeKey(supply.key, supplyKey)) as typeof supply.initial | undefined)?.minted ?? 0n;

type Property = (all: readonly Feature[], plans: readonly Plan[], victim: MemberId) => void;

const check = (property: Property, all: readonly Feature[], numRuns: number): fc.RunDetails<[Plan[], MemberId]> =>
  fc.check(
    fc.property(
      fc.array(forPeople(all), { minLength: 20, maxLength: 80, size: 'max' }),
      fc.constantFrom(...members),
      (plans, victim) => property(all, plans, victim),
    ),
    { numRuns, endOnFailure: numRuns === plantedRuns, interruptAfterTimeLimit: 20_000 },
  );

/** The property holds for every feature, and fails with the plant among them. */
const prove = (name: string, property: Property, plant: () => readonly Feature[]): void => {
  describe(name, () => {
    test('holds', () => {
      const details = check(property, features, runs);
      if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
      expect(details.numRuns).toBe(runs);
    });
    test('notices the planted bug', () => {
      expect(check(property, plant(), plantedRuns).failed).toBe(true);
    });
  });
};

/** Says that it forgets, and does not. */
const forgetsNothing = (): Feature => {
  const guests = collection({
    name: 'plant.guest',
    version: 1,
    key: ['text'],
    schema: z.strictObject({ last: memberSchema }),
    initial: { last: members[0] as MemberId },
    upgrades: [],
    rowsMax: 10,
    orderings: {},
    totals: {},
    forget: (row) => row,
  });
  const visit = mutation({
    name: 'plant.visit',
    version: 1,
    input: options({}),
    view: () => ({ private: true }),
    run: (m) => {
      m.put(accounts, [m.actor.member], m.get(accounts, [m.actor.member]));
      m.put(guests, ['book'], { last: m.actor.member });
      return done();
    },
  });
  return featureWith('plant', { operations: [visit], collections: [guests] });
};

prove(
  'nobody is named after they were erased, and nobody else has less or owes more',
  (all, plans, victim) => {
    const g = ground(all);
    for (const plan of plans) follow(g, plan);
    g.tell('core.member-left', { member: victim });
    g.wait(graceMs - 1);
    const before = others(g, victim);
    g.wait(1);
    expect(g.rows().filter((row) => row.includes(victim))).toEqual([]);
    const after = others(g, victim);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [who, { held, debt }] of before) {
      expect(after.get(who)?.held).toBeGreaterThanOrEqual(held);
      expect(after.get(who)?.debt).toBe(debt);
    }
  },
  () => [...features, forgetsNothing()],
);

const withoutMemory = (): readonly Feature[] => features.map((feature) => ({ ...feature, remembrances: [] }));

prove(
  'an operation mints no more for somebody who was erased and came back than for somebody who stayed',
  (all, plans, victim) => {
    const last = { ...(plans.at(-1) as Plan), member: victim };
    const after = (away: boolean): bigint => {
      const g = ground(all);
      for (const plan of plans.slice(0, -1)) follow(g, plan);
      if (away) g.tell('core.member-left', { member: victim });
      g.wait(graceMs);
      if (away) g.tell('core.member-joined', { member: victim });
      const before = mintedIn(g);
      follow(g, last);
      return mintedIn(g) - before;
    };
    expect(after(true)).toBeLessThanOrEqual(after(false));
  },
  withoutMemory,
);

/** Commands that give something once, or once in a while, and those that move it about. */
const grants = ['balance', 'daily', 'weekly', 'pay', 'rob', 'bank deposit', 'bank withdraw'];

interface Move {
  readonly who: MemberId;
  readonly path: string;
  readonly input: unknown;
  readonly leaves: boolean;
  /** Whether the gateway hears of a coming back. */
  readonly heard: boolean;
  readonly laterMs: number;
}

const move = fc
  .record({
    who: fc.constantFrom(...members),
    path: fc.constantFrom(...grants),
    other: fc.constantFrom(...members),
    amount: fc.constantFrom('all', 'half', '10'),
    leaves: fc.integer({ min: 0, max: 3 }).map((chance) => chance === 0),
    heard: fc.boolean(),
    laterMs: fc.constantFrom(0, hourMs, dayMs),
  })
  .map(({ other, amount, ...rest }): Move => {
    const wanted: Record<string, unknown> = {
      pay: { member: { id: other, bot: false, present: true }, amount },
      rob: { member: { id: other, bot: false, present: true } },
      'bank deposit': { amount },
      'bank withdraw': { amount },
    };
    return { ...rest, input: wanted[rest.path] ?? {} };
  });

/** Coins made while people come and go, or while the same people do the same and nobody goes. */
const mintedOver = (all: readonly Feature[], moves: readonly Move[], mayLeave: boolean): bigint => {
  const g = ground(all);
  const away = new Set<MemberId>();
  for (const { who, path, input, leaves, heard, laterMs } of moves) {
    g.wait(laterMs);
    if (leaves && !away.has(who)) {
      away.add(who);
      if (mayLeave) g.tell('core.member-left', { member: who });
      continue;
    }
    if (away.delete(who) && mayLeave && heard) g.tell('core.member-joined', { member: who });
    g.ask(who, g.registry.commands.get(path)?.operation.name ?? '', input);
  }
  return mintedIn(g);
};

describe('coming and going in any order mints no more than staying', () => {
  const over = (all: readonly Feature[], numRuns: number): fc.RunDetails<[Move[]]> =>
    fc.check(
      fc.property(fc.array(move, { minLength: 20, maxLength: 80, size: 'max' }), (moves) => {
        expect(mintedOver(all, moves, true)).toBeLessThanOrEqual(mintedOver(all, moves, false));
      }),
      { numRuns, endOnFailure: numRuns === plantedRuns, interruptAfterTimeLimit: 20_000 },
    );
  test('holds', () => {
    const details = over(features, runs);
    if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
    expect(details.numRuns).toBe(runs);
  });
  test('notices the planted bug', () => {
    expect(over(withoutMemory(), plantedRuns).failed).toBe(true);
  });
});
