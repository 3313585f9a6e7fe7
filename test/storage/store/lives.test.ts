import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { verifyGuild } from '../../../src/storage/verify.ts';
import { deedOf, guilds, type Plan, plans } from './deeds.ts';
import { afterCrash, chancesFrom, type Disk, emptyDisk, type Machine, openStates, start, turns } from './machine.ts';
import { check, commitOf, type Deed, modelOf } from './model.ts';

type Step =
  | { readonly do: 'deed'; readonly plan: Plan }
  | { readonly do: 'turns'; readonly count: number }
  | { readonly do: 'snapshot' }
  | { readonly do: 'tick' }
  | { readonly do: 'rows fail'; readonly nth: number }
  | { readonly do: 'close'; readonly guild: number }
  | { readonly do: 'check'; readonly guild: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('deed' as const), plan: plans(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deed' as const), plan: plans(30) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('snapshot' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rows fail' as const), nth: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), guild: fc.nat(guilds.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('check' as const), guild: fc.nat(guilds.length - 1) }) },
);

interface Life {
  readonly steps: readonly Step[];
  readonly crash: 'power' | 'kill';
  readonly seed: number;
  readonly sliceRowsMax: number;
  readonly unsnapshottedBytesMax: number;
  readonly tailEntriesMax: number;
}

const lives = fc.array(
  fc.record<Life>({
    steps: fc.array(step, { maxLength: 30 }),
    crash: fc.constantFrom('power', 'kill'),
    seed: fc.integer(),
    sliceRowsMax: fc.constantFrom(1, 4, 9, 200),
    unsnapshottedBytesMax: fc.constantFrom(500, 4_000, 1_000_000),
    tailEntriesMax: fc.constantFrom(1, 3, 1_000),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Everything ever done that may be there, in the order of the journal, and how much of it was told durable. */
interface History {
  readonly deeds: readonly Deed[];
  readonly durable: number;
}

/** What a start finds must be a beginning of what was done, and all that was told durable. */
const settled = ({ deeds, durable }: History, states: ReturnType<typeof openStates>): readonly Deed[] => {
  const found = guilds.reduce((sum, guild) => sum + states.of(guild).sequence, 0);
  expect(found).toBeGreaterThanOrEqual(durable);
  const survivors = deeds.slice(0, found);
  for (const guild of guilds) check(states.of(guild), modelOf(guild, survivors));
  return survivors;
};

/** Lives one life behind others, and gives what was done and told until its crash. */
const run = async (machine: Machine, life: Life, history: History): Promise<History> => {
  const { store, disk } = machine;
  const states = openStates(store);
  const deeds = [...settled(history, states)];
  let durable = deeds.length;
  for (const next of life.steps) {
    switch (next.do) {
      case 'deed': {
        const deed = deedOf(next.plan, deeds);
        const state = states.of(deed.guild);
        const commit = commitOf(state, deed, modelOf(deed.guild, deeds).deeds.length);
        deeds.push(deed);
        const count = deeds.length;
        store.commit(state, commit, (result) => {
          expect(result).toBe('durable');
          durable = count;
        });
        break;
      }
      case 'turns':
        await turns(next.count);
        break;
      case 'snapshot':
        await store.snapshot().catch((error: unknown) => machine.errors.push(error));
        break;
      case 'tick':
        machine.tick();
        break;
      case 'rows fail':
        disk.rows.failWrite(next.nth, 'ENOSPC');
        break;
      case 'close':
        states.close(guilds[next.guild] ?? expect.unreachable());
        break;
      case 'check': {
        const guild = guilds[next.guild] ?? expect.unreachable();
        check(states.of(guild), modelOf(guild, deeds));
        break;
      }
    }
  }
  for (const guild of guilds) check(states.of(guild), modelOf(guild, deeds));
  return { deeds, durable };
};

describe('a store through any number of crashes', () => {
  test.prop([lives], { numRuns: 300 })('shows what a simple map of rows would', async (all) => {
    let disk: Disk = emptyDisk();
    let history: History = { deeds: [], durable: 0 };
    for (const life of all) {
      const machine = await start(disk, life);
      history = await run(machine, life, history);
      for (const error of machine.errors) expect(error).toMatchObject({ name: 'RowsWriteError' });
      disk = afterCrash(machine.disk, life.crash, chancesFrom(life.seed));
    }
    const last = await start(disk);
    settled(history, openStates(last.store));
    await last.store.snapshot();
    for (const guild of guilds) expect(verifyGuild(disk.rows, guild)).toMatchObject({ sound: true, unfinished: false });
    await last.store.shutdown();
    expect(last.errors).toEqual([]);
  });
});
