import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/actors/request.ts';
import type { GuildId } from '../../src/kernel/ids.ts';
import { type Changes, type Disks, dumpGuild, freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { anyPlan, ask, guilds, type Placed, type Plan, place, play } from '../house/requests.ts';
import { expectMoneyConserved } from './money.ts';
import * as plants from './plants.ts';

const plansMax = 50;
const runs = 30;
const plantedRuns = 200;

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

/** The property holds for every feature, and fails when the plant is in the house. */
const prove = (name: string, property: Property, plant: () => Changes): void => {
  describe(name, () => {
    test('holds', async () => {
      const details = await check(property, none, runs);
      if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
      expect(details.numRuns).toBe(runs);
    });
    test('notices the planted bug', async () => {
      expect((await check(property, plant(), plantedRuns)).failed).toBe(true);
    });
  });
};

type Dumps = Readonly<Record<GuildId, unknown>>;

const dumpAll = async (disks: Disks): Promise<Dumps> => {
  const house = await openHouse(disks);
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
  how: (house: House) => Promise<readonly Answer[]> = (house) => play(house, placed),
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
      const alone = await playAll(
        placed.filter(({ plan }) => plan.guild === guild),
        changes,
      );
      expect(together.dumps[guild]).toEqual(alone.dumps[guild]);
      expect(together.answers.filter((_, index) => placed[index]?.plan.guild === guild)).toEqual(alone.answers);
    }
  },
  plants.sharedMemory,
);

prove(
  'conservation: coins held are coins made less coins unmade',
  async (plans, changes) => {
    const { dumps } = await playAll(place(plans), changes);
    for (const guild of guilds) expectMoneyConserved(dumps[guild]);
  },
  () => plants.mint,
);

prove(
  'serial equivalence: asked at once is asked one after another',
  async (plans, changes) => {
    const placed = place(plans.map((plan) => ({ ...plan, laterMs: 0 })));
    const oneByOne = await playAll(placed, none);
    const atOnce = await playAll(placed, changes, (house) => Promise.all(placed.map((one) => ask(house, one))));
    expect(atOnce).toEqual(oneByOne);
  },
  () => plants.overtaking,
);

prove(
  'idempotent redelivery: an interaction delivered again changes nothing',
  async (plans, changes) => {
    const placed = place(plans.map((plan) => ({ ...plan, laterMs: 0 })));
    const twice = await playAll(placed, changes, async (house) => {
      const answers: Answer[] = [];
      for (const one of placed) {
        answers.push(await ask(house, one));
        await ask(house, one);
      }
      return answers;
    });
    expect(twice).toEqual(await playAll(placed, none));
  },
  () => plants.forgetsOutcomes,
);

prove(
  'crash recovery: after a power cut at any moment, what was answered is there, and only whole operations',
  async (plans, changes, chance) => {
    const placed = place(plans.map((plan) => ({ ...plan, laterMs: 0 })));
    const disks = freshDisks();
    const house = await openHouse(disks, changes);
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
      expect(prefixes.slice(answeredLast + 1)).toContainEqual(recovered[guild]);
    }
  },
  () => plants.answersEarly,
);

const prefixDumps = async (guild: GuildId, placed: readonly Placed[]): Promise<readonly unknown[]> => {
  const disks = freshDisks();
  const house = await openHouse(disks);
  const dumps: unknown[] = [];
  const dump = (): unknown => {
    house.directory.evictIdle(0);
    return dumpGuild(house, guild);
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
      await ask(house, one);
      if (index % every === 0) await house.store.snapshot();
      if (index % (every * 3) === 0) house.directory.evictIdle(0);
    }
    const found = await dumpAll(reopened(disks));
    await house.stop();
    const replayed = freshDisks();
    const unsnapshotted = await openHouse(replayed);
    await play(unsnapshotted, placed);
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
