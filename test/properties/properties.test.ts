import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/actors/request.ts';
import { outbox } from '../../src/kernel/effect.ts';
import { epochMs, type GuildId } from '../../src/kernel/ids.ts';
import { clockwork, hours } from '../house/clockwork.ts';
import {
  type Changes,
  type Disks,
  dumpGuild,
  freshDisks,
  type House,
  openHouse as open,
  reopened,
  startOfTime,
} from '../house/house.ts';
import { jobs } from '../house/jobs.ts';
import { testPerformer } from '../house/performer.ts';
import { anyPlan, ask, guilds, type Placed, type Plan, place, play } from '../house/requests.ts';
import { fickle, recordTape, type Tape } from '../house/time.ts';
import { expectMoneyConserved } from './money.ts';
import * as plants from './plants.ts';

const plansMax = 50;
const runs = 30;
const plantedRuns = 200;

/** The market as it went once by itself, and a world that every hour of it changes: the same for every run. */
const market = await recordTape();
const tape: Tape = [
  ...market,
  ...Array.from({ length: 40 }, (_, index) => {
    const at = epochMs(startOfTime + index * 5 * 3_600_000);
    return { at, publication: { name: hours.name, view: { version: index + 1, at, value: { hour: index } } } };
  }),
];

/** A house with time in it, and an outside that fails now and then; the market is on the tape. */
const openHouse = (disks: Disks, changes: Changes): Promise<House> =>
  open(disks, {
    withoutMarket: true,
    performer: testPerformer(fickle),
    ...changes,
    features: [clockwork(jobs.daily, jobs.hourly, jobs.faulty), ...(changes.features ?? [])],
  });

/** Where nothing outside ends meanwhile: an end is an operation of its own, whose place among others is chance's. */
const quiet: Changes = { performer: testPerformer(() => ({ later: 3_600_000 })) };

/** Requests at one moment, without those that tell the market, which answers at once. */
const atOneMoment = (plans: readonly Plan[]): readonly Placed[] =>
  place(
    plans
      .filter(({ input }) => (input as { readonly what?: unknown } | null | undefined)?.what !== 'tell')
      .map((plan) => ({ ...plan, laterMs: 0 })),
  );

/** What was tried outside is no request: how far that came is left out. */
const withoutOutbox = (dump: unknown): unknown => ({ ...(dump as object), [outbox.name]: undefined });

type Property = (plans: readonly Plan[], changes: Changes, chance: number) => Promise<void>;

const check = async (
  property: Property,
  changes: Changes,
  numRuns: number,
): Promise<fc.RunDetails<[Plan[], number]>> => {
  const house = await openHouse(freshDisks(), changes);
  const plans = fc.array(anyPlan(house.registry), { minLength: 1, maxLength: plansMax, size: 'max' });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  return fc.check(
    fc.asyncProperty(plans, chance, (some, one) => property(some, changes, one)),
    { numRuns, endOnFailure: changes !== none, interruptAfterTimeLimit: 60_000 },
  );
};
const none: Changes = {};

/** The property holds for every feature, and fails when one of the plants is in the house. */
const prove = (name: string, property: Property, ...planted: readonly (() => Changes)[]): void => {
  describe(name, () => {
    test('holds', async () => {
      const details = await check(property, none, runs);
      if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
      expect(details.numRuns).toBe(runs);
    });
    test.each(planted.map((plant, index) => [index + 1, plant] as const))(
      'notices planted bug %d',
      async (_, plant) => {
        expect((await check(property, plant(), plantedRuns)).failed).toBe(true);
      },
    );
  });
};

type Dumps = Readonly<Record<GuildId, unknown>>;

const dumpAll = async (disks: Disks): Promise<Dumps> => {
  const house = await openHouse(disks, none);
  const dumps = Object.fromEntries(guilds.map((guild) => [guild, dumpGuild(house, guild)]));
  await house.stop();
  return dumps;
};

interface Played {
  readonly answers: readonly Answer[];
  readonly dumps: Dumps;
}

const playAll = async (
  placed: readonly Placed[],
  changes: Changes,
  how: (house: House) => Promise<readonly Answer[]> = (house) => play(house, placed, { tape }),
): Promise<Played> => {
  const disks = freshDisks();
  const house = await openHouse(disks, changes);
  const answers = await how(house);
  await house.stop();
  return { answers, dumps: await dumpAll(reopened(disks)) };
};

prove(
  'non-interference: a guild in any company is as it would be alone',
  async (plans, changes) => {
    const placed = place(plans);
    const together = await playAll(placed, changes);
    for (const guild of guilds) {
      const alone = await playAll(placed, changes, (house) => play(house, placed, { tape, only: guild }));
      expect(together.dumps[guild]).toEqual(alone.dumps[guild]);
      expect(together.answers.filter((_, index) => placed[index]?.plan.guild === guild)).toEqual(alone.answers);
    }
  },
  plants.sharedMemory,
  plants.sharedMemoryOfTasks,
  () => plants.guildsMoveTheWorld,
);

prove(
  'conservation: coins held are coins made less coins unmade',
  async (plans, changes) => {
    const { dumps } = await playAll(place(plans), changes);
    for (const guild of guilds) expectMoneyConserved(dumps[guild]);
  },
  () => plants.mint,
);

const askOneByOne = async (house: House, placed: readonly Placed[]): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (const one of placed) answers.push(await ask(house, one));
  return answers;
};

prove(
  'serial equivalence: asked at once is asked one after another',
  async (plans, changes) => {
    const placed = atOneMoment(plans);
    const oneByOne = await playAll(placed, quiet, (house) => askOneByOne(house, placed));
    const atOnce = await playAll(placed, { ...quiet, ...changes }, (house) =>
      Promise.all(placed.map((one) => ask(house, one))),
    );
    expect(atOnce.answers).toEqual(oneByOne.answers);
    for (const guild of guilds)
      expect(withoutOutbox(atOnce.dumps[guild])).toEqual(withoutOutbox(oneByOne.dumps[guild]));
  },
  () => plants.overtaking,
);

prove(
  'idempotent redelivery: an interaction delivered again changes nothing, nor does a world, nor a second call to what is due',
  async (plans, changes) => {
    const placed = place(plans);
    const twice = await playAll(placed, changes, (house) => play(house, placed, { tape, twice: true }));
    expect(twice).toEqual(await playAll(placed, none));
  },
  () => plants.forgetsOutcomes,
);

prove(
  'crash recovery: after a power cut at any moment, what was answered is there, and only whole operations',
  async (plans, changes, chance) => {
    const placed = atOneMoment(plans);
    const disks = freshDisks();
    const house = await openHouse(disks, { ...quiet, ...changes });
    const answered = new Set<number>();
    const cutAt = Math.floor(chance * placed.length);
    disks.files.releaseSyncs();
    const asked = placed.map(async (one, index) => {
      if (index === cutAt) disks.files.holdSyncs();
      await ask(house, one);
      // A form promises nothing, so it does not wait for the disk.
      if (house.registry.operations.get(one.plan.operation)?.kind !== 'form') answered.add(index);
    });
    // Some loop turns: blocks reach the disk, all, some or none of them synced.
    for (let turn = 0; turn < 20 + 40 * chance; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const answeredBeforeCut = new Set(answered);
    const left = reopened(disks, () => chance);
    disks.files.releaseSyncs();
    await Promise.all(asked);
    await house.stop();
    const recovered = await dumpAll(left);
    for (const guild of guilds) {
      const own = placed.flatMap((one, index) => (one.plan.guild === guild ? [{ one, index }] : []));
      const answeredLast = own.findLastIndex(({ index }) => answeredBeforeCut.has(index));
      // The state is that of a prefix of the guild's requests which holds every answered one.
      const prefixes = await prefixDumps(
        guild,
        own.map(({ one }) => one),
      );
      expect(prefixes.slice(answeredLast + 1)).toContainEqual(withoutOutbox(recovered[guild]));
    }
  },
  () => plants.answersEarly,
);

const prefixDumps = async (guild: GuildId, placed: readonly Placed[]): Promise<readonly unknown[]> => {
  const disks = freshDisks();
  const house = await openHouse(disks, quiet);
  const dumps: unknown[] = [];
  const dump = (): unknown => {
    house.directory.evictIdle(0);
    return withoutOutbox(dumpGuild(house, guild));
  };
  dumps.push(dump());
  for (const one of placed) {
    await ask(house, one);
    dumps.push(dump());
  }
  await house.stop();
  return dumps;
};

prove(
  'snapshot plus tail: with snapshots at any moments, a restart finds what a full replay finds',
  async (plans, changes, chance) => {
    const placed = place(plans);
    const disks = freshDisks();
    const house = await openHouse(disks, changes);
    const every = 1 + Math.floor(chance * 10);
    for (const [index, one] of placed.entries()) {
      await play(house, [one]);
      if (index % every === 0) await house.store.snapshot();
      if (index % (every * 3) === 0) house.directory.evictIdle(0);
    }
    const found = await dumpAll(reopened(disks));
    await house.stop();
    const replayed = freshDisks();
    const unsnapshotted = await openHouse(replayed, none);
    for (const one of placed) await play(unsnapshotted, [one]);
    expect(found).toEqual(await dumpAll(reopened(replayed)));
    await unsnapshotted.stop();
  },
  () => plants.snapshotForgetsARow,
);

prove(
  'no throw: whatever is asked is answered, and never with a bug',
  async (plans, changes) => {
    const { answers } = await playAll(place(plans), changes);
    for (const answer of answers) expect(answer).not.toMatchObject({ refused: 'core.bug' });
  },
  () => plants.throwing,
);
