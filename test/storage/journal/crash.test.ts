import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type MemoryFiles, memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import type { SegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import type { Claim, Position } from '../../../src/storage/ports.ts';
import {
  blocksUntilKnown,
  busyProcess,
  chancesFrom,
  everything,
  guilds,
  neverFailed,
  openOn,
  type Surroundings,
  slowClock,
  type Told,
  told,
  turns,
} from './stored.ts';

type Step =
  | { readonly do: 'append'; readonly guild: number; readonly length: number }
  | { readonly do: 'turns'; readonly count: number }
  | { readonly do: 'trim'; readonly behind: number }
  | { readonly do: 'sync' };

interface Life {
  readonly steps: readonly Step[];
  readonly crash: 'power' | 'kill';
  readonly seed: number;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      guild: fc.nat(guilds.length - 1),
      length: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1_500 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trim' as const), behind: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
);

const lives = fc.array(
  fc.record<Life>({
    steps: fc.array(step, { maxLength: 30 }),
    crash: fc.constantFrom('power', 'kill'),
    seed: fc.integer(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** What one process did and was told before it crashed. */
interface Witness {
  readonly appended: Told[];
  durable: number;
  trimmed: number;
}

const take = async (journal: SegmentJournal, claims: readonly Claim[], witness: Witness, next: Step): Promise<void> => {
  switch (next.do) {
    case 'append': {
      const claim = claims[next.guild] ?? expect.unreachable();
      const bytes = new Uint8Array(next.length).map((_, at) => (witness.appended.length * 31 + at) % 256);
      const position = journal.append(claim, bytes);
      witness.appended.push(told({ position, guild: claim.guild, bytes }));
      return;
    }
    case 'turns':
      return turns(next.count);
    case 'trim':
      witness.trimmed = Math.max(witness.trimmed, witness.durable - next.behind);
      return journal.trim(witness.trimmed as Position);
    case 'sync':
      return journal.sync();
  }
};

/** What a journal may find itself on. */
const machines = {
  calm: () => ({}),
  'slow disk': () => ({ monotonicMs: slowClock() }),
  busy: busyProcess,
} satisfies Record<string, () => Partial<Surroundings>>;
type Machine = keyof typeof machines;
const machineNames = fc.constantFrom(...(Object.keys(machines) as Machine[]));

/** Lives one life on the files and gives what is left of them. */
const live = async (
  files: MemoryFiles,
  life: Life,
  witness: Witness,
  durability: 'power' | 'process',
  machine: Machine,
) => {
  const journal = await openOn(files, durability, machines[machine]());
  const stored = everything(journal, witness.trimmed as Position);
  const first = stored[0]?.[0] ?? journal.durablePosition + 1;
  expect(first).toBeLessThanOrEqual(witness.trimmed + 1);
  // A beginning of what was appended, without a gap, changed only where it was never told durable.
  const expected = witness.appended.filter(([position]) => position > witness.trimmed);
  expect(stored).toEqual(expected.slice(0, stored.length));
  expect(journal.durablePosition).toBeGreaterThanOrEqual(witness.durable);
  witness.durable = journal.durablePosition;
  witness.appended.splice(witness.appended.length - (expected.length - stored.length));
  journal.listen({
    durable: (position) => {
      expect(position).toBeGreaterThan(witness.durable);
      witness.durable = position;
    },
    failed: neverFailed,
  });
  const claims = guilds.map((guild) => journal.claim(guild));
  const blocksFirst = machine === 'slow disk' ? blocksUntilKnown : 0;
  for (let block = 0; block < blocksFirst; block += 1) {
    await take(journal, claims, witness, { do: 'append', guild: 0, length: 20 });
    await take(journal, claims, witness, { do: 'sync' });
  }
  for (const next of life.steps) await take(journal, claims, witness, next);
  const left =
    life.crash === 'power' ? files.afterPowerCut(chancesFrom(life.seed)) : files.afterKill(chancesFrom(life.seed));
  // The crashed process has no say any more: what its files would have become is another story.
  const { durable } = witness;
  await journal.close();
  witness.durable = durable;
  return left;
};

describe('a journal after crashes', () => {
  test.prop([lives, fc.boolean(), machineNames], { numRuns: 600 })(
    'holds a beginning of what was appended, with everything that was told durable',
    async (all, preallocates, machine) => {
      let files = memoryFiles({ preallocates });
      const witness: Witness = { appended: [], durable: 0, trimmed: 0 };
      const last: Life = { steps: [], crash: 'kill', seed: 0 };
      for (const life of [...all, last]) files = await live(files, life, witness, 'power', machine);
    },
  );

  test.prop([lives, fc.boolean(), fc.constantFrom<Machine>('calm', 'busy')], { numRuns: 300 })(
    'with durability "process" the same holds when processes are killed',
    async (all, preallocates, machine) => {
      let files = memoryFiles({ preallocates });
      const witness: Witness = { appended: [], durable: 0, trimmed: 0 };
      const last: Life = { steps: [], crash: 'kill', seed: 0 };
      for (const life of [...all, last]) {
        files = await live(files, { ...life, crash: 'kill' }, witness, 'process', machine);
      }
    },
  );

  test.prop([fc.array(step, { maxLength: 40 }), fc.integer(), fc.boolean()], { numRuns: 150 })(
    'with durability "process" a power cut leaves a beginning with everything synced, and the journal opens',
    async (steps, seed, preallocates) => {
      const files = memoryFiles({ preallocates });
      const witness: Witness = { appended: [], durable: 0, trimmed: 0 };
      const journal = await openOn(files, 'process');
      journal.listen({ durable: (position) => void (witness.durable = position), failed: neverFailed });
      const claims = guilds.map((guild) => journal.claim(guild));
      let synced = 0;
      for (const next of steps) {
        await take(journal, claims, witness, next);
        if (next.do === 'sync') synced = witness.durable;
      }
      const reopened = await openOn(files.afterPowerCut(chancesFrom(seed)), 'process');
      const stored = everything(reopened, witness.trimmed as Position);
      const expected = witness.appended.filter(([position]) => position > witness.trimmed);
      expect(stored).toEqual(expected.slice(0, stored.length));
      expect(reopened.durablePosition).toBeGreaterThanOrEqual(synced);
      await Promise.all([journal.close(), reopened.close()]);
    },
  );
});
