// Timers fall once and effects end once, whatever power cuts come between.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EffectJob, type Performance, type Performer } from '../../src/actors/performer.ts';
import { epochMs, type GuildId, marketRealm } from '../../src/kernel/ids.ts';
import { clockwork } from '../house/clockwork.ts';
import { type Changes, dumpGuild, freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { jobs } from '../house/jobs.ts';
import { notes } from '../house/notes.ts';
import { guilds, requestOf } from '../house/requests.ts';
import { fall, fickle } from '../house/time.ts';
import * as plants from './plants.ts';

const whats = ['strike', 'declines', 'post', 'message', 'role', 'tell'] as const;
const dayMs = 86_400_000;

interface Step {
  readonly guild: GuildId;
  readonly what: (typeof whats)[number];
  readonly minutes: number;
  readonly laterMs: number;
  /** After how many turns of the loop the power is cut, and what chance decides of what is not synced. */
  readonly cut: { readonly turns: number; readonly chance: number } | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  guild: fc.constantFrom(...guilds),
  what: fc.constantFrom(...whats),
  minutes: fc.integer({ min: 0, max: 5 }),
  laterMs: fc.constantFrom(0, 1_000, 60_000, 61_000, 3_600_000),
  cut: fc.option(fc.record({ turns: fc.integer({ min: 0, max: 12 }), chance: fc.constantFrom(0, 0.3, 0.6, 0.99) }), {
    freq: 2,
    nil: undefined,
  }),
});

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** The outside, which outlives every process; what a dead process still tries does not reach it. */
const createOutside = () => {
  const performed: EffectJob[] = [];
  const times = new Map<string, number>();
  let process = 0;
  return {
    performed,
    ofNextProcess: (): Performer => {
      process += 1;
      const own = process;
      return {
        perform: async (job): Promise<Performance> => {
          if (own !== process) return new Promise(() => undefined);
          const effect = `${job.guild} ${job.id}`;
          const before = times.get(effect) ?? 0;
          times.set(effect, before + 1);
          // Trouble is before the deed.
          const trouble = fickle(job, before);
          if (!trouble) performed.push(job);
          await turns(2);
          return trouble ?? { done: job.kind === 'discord.give-role' ? {} : { message: '300000000000000001' } };
        },
      };
    },
  };
};

interface Lived {
  readonly notes: ReadonlyMap<GuildId, readonly string[]>;
  readonly performed: readonly EffectJob[];
  readonly dumps: ReadonlyMap<GuildId, Record<string, unknown>>;
}

/** Lives through all steps; a request that a power cut may have lost is delivered again. */
const live = async (steps: readonly Step[], changes: Changes): Promise<Lived> => {
  const outside = createOutside();
  let disks = freshDisks();
  const open = (now?: House['clock']['now']): Promise<House> =>
    openHouse(disks, {
      ...changes,
      alone: true,
      features: [clockwork(jobs.daily, jobs.hourly)],
      performer: outside.ofNextProcess(),
      ...(now !== undefined && { startAt: now }),
    });
  let house = await open();
  for (const [serial, { guild, what, minutes, laterMs, cut }] of steps.entries()) {
    const at = epochMs(house.clock.now + laterMs);
    house.clock.now = at;
    const isTimer = what === 'strike' || what === 'declines';
    const plan = {
      guild,
      member: '200000000000000001' as never,
      permissions: 0n,
      operation: isTimer ? 'clockwork.set' : 'clockwork.send',
      input: isTimer
        ? { task: what, key: `k${serial}`, inMs: minutes * 60_000 }
        : { kind: what, to: minutes, text: `k${serial}` },
      laterMs,
    };
    if (cut) {
      for (const due of house.store.dueGuilds(at, 100)) house.directory.runDue(due);
      void house.directory.ask(requestOf(house, plan, serial, at));
      await turns(cut.turns);
      disks.files.holdSyncs();
      await turns(4);
      disks = reopened(disks, () => cut.chance);
      house = await open(at);
      await house.store.snapshot();
    } else await fall(house);
    expect(await house.directory.ask(requestOf(house, plan, serial, at))).toHaveProperty('done');
  }
  for (let day = 0; day < 10; day += 1) {
    house.clock.now = epochMs(house.clock.now + dayMs);
    await fall(house);
  }
  await house.stop();
  const left = await openHouse(reopened(disks), {
    alone: true,
    features: [clockwork(jobs.daily, jobs.hourly)],
    startAt: house.clock.now,
  });
  const dumps = new Map([...guilds, marketRealm].map((guild) => [guild, dumpGuild(left, guild)]));
  await left.stop();
  const noted = [...dumps].map(([guild, dump]) => {
    const { rows } = dump[notes.name] as { readonly rows: readonly (readonly [string, { texts: string[] }])[] };
    return [guild, rows[0]?.[1].texts ?? []] as const;
  });
  return { notes: new Map(noted), performed: outside.performed, dumps };
};

const countOf = (lines: readonly string[], starts: string): number =>
  lines.filter((line) => line === starts || line.startsWith(`${starts} `)).length;

const expectOnce = async (steps: readonly Step[], changes: Changes): Promise<void> => {
  const lived = await live(steps, changes);
  for (const [serial, { guild, what }] of steps.entries()) {
    const key = `k${serial}`;
    const own = countOf(lived.notes.get(guild) ?? [], key);
    const done = lived.performed.filter(
      ({ guild: of, payload }) => of === guild && JSON.stringify(payload).includes(`"${key}"`),
    );
    switch (what) {
      case 'strike':
        expect(own).toBe(1);
        break;
      case 'declines':
        expect(own).toBe(0);
        break;
      case 'post':
        expect(own).toBe(1);
        // Those that may have been done before say so: the outside searches for them first.
        expect(done.filter(({ repeated }) => !repeated).length).toBeLessThanOrEqual(1);
        break;
      case 'message':
        expect(own).toBe(1);
        expect(done.length).toBeLessThanOrEqual(1);
        break;
      case 'tell':
        expect(own).toBe(1);
        expect(countOf(lived.notes.get(marketRealm) ?? [], key)).toBe(1);
        break;
      case 'role':
        expect(own).toBe(0);
        break;
      default:
        what satisfies never;
    }
  }
  for (const guild of guilds) {
    const dates = (lived.notes.get(guild) ?? [])
      .filter((line) => line.startsWith('daily'))
      .map((line) => line.slice(0, 16));
    expect(new Set(dates).size).toBe(dates.length);
    expect(lived.dumps.get(guild)?.['core.outbox']).toMatchObject({ rows: [] });
  }
};

const check = (changes: () => Changes, numRuns: number): Promise<fc.RunDetails<[Step[]]>> =>
  fc.check(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }), (steps) =>
      expectOnce(steps, changes()),
    ),
    { numRuns, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
  );

test('a timer falls once, an effect ends once, what is never to be repeated is done at most once', async () => {
  const details = await check(() => ({}), 30);
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
  expect(details.numRuns).toBe(30);
});

test.each([
  ['timers that stay after their fall', plants.timersStay],
  ['effects whose beginning is not on the disk', plants.beginsUnseen],
  ['effects that end in memory alone', plants.endsUnseen],
  ['effects that leave before their operation is durable', () => plants.answersEarly],
])('notices the planted bug: %s', async (_, plant) => {
  expect((await check(plant, 100)).failed).toBe(true);
});
