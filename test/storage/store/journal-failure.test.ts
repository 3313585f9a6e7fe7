import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Released } from '../../../src/storage/contract.ts';
import { deedOf, guilds, plans } from './deeds.ts';
import { afterCrash, emptyDisk, openStates, start, turns } from './machine.ts';
import { check, commitOf, type Deed, modelOf } from './model.ts';

const scenarios = fc.record({
  steps: fc.array(fc.record({ plan: plans(5), turns: fc.nat(3), tick: fc.nat(7), close: fc.nat(9) }), {
    minLength: 1,
    maxLength: 40,
  }),
  failingSync: fc.integer({ min: 1, max: 12 }),
  sliceRowsMax: fc.constantFrom(3, 200),
});

describe('when the journal cannot be written', () => {
  test.prop([scenarios], { numRuns: 300 })('exactly what is durable stays visible', async (scenario) => {
    const { steps, failingSync, sliceRowsMax } = scenario;
    const disk = emptyDisk();
    const { store, errors, tick } = await start(disk, { sliceRowsMax });
    const states = openStates(store);
    disk.files.failSync(failingSync, 'EIO');
    const deeds: Deed[] = [];
    const results: (Released | undefined)[] = [];
    const readers: Released[][] = [];
    for (const step of steps) {
      if (store.failed !== undefined) break;
      const deed = deedOf(step.plan, deeds);
      const state = states.of(deed.guild);
      const index = deeds.push(deed) - 1;
      results.push(undefined);
      store.commit(state, commitOf(state, deed, state.sequence), (result) => {
        results[index] = result;
        // Whoever is told sees the store as it is then.
        if (result === 'lost') expect(store.failed).toBeDefined();
      });
      const read: Released[] = [];
      readers.push(read);
      store.afterDurable(state, (result) => read.push(result));
      if (step.tick === 0) tick();
      if (step.close === 0) states.close(deed.guild);
      await turns(step.turns);
    }
    await turns(20);
    const durable = results.filter((result) => result === 'durable').length;
    expect(results).toEqual(results.map((_, index) => (index < durable ? 'durable' : 'lost')));
    expect(readers).toEqual(results.map((result) => [result]));
    const visible = deeds.slice(0, durable);
    for (const guild of guilds) check(states.of(guild), modelOf(guild, visible));
    for (const { guild, request } of deeds.slice(durable)) {
      if (request !== undefined) expect(states.of(guild).answered(request)).toBeUndefined();
    }
    if (store.failed === undefined) expect(durable).toBe(deeds.length);
    else {
      const state = states.of(guilds[0] ?? expect.unreachable());
      const deed: Deed = { guild: state.guild, at: 2 ** 45, changes: [], request: undefined };
      expect(() => store.commit(state, commitOf(state, deed, state.sequence), () => undefined)).toThrow(
        expect.objectContaining({ name: 'JournalFailedError' }),
      );
      const told: Released[] = [];
      store.afterDurable(state, (result) => told.push(result));
      expect(told).toEqual(['durable']);
      await expect(store.snapshot()).rejects.toMatchObject({ name: 'JournalFailedError' });
    }
    const after = await start(afterCrash(disk, 'power', () => 0.999));
    const found = openStates(after.store);
    for (const guild of guilds) check(found.of(guild), modelOf(guild, visible));
    await store.shutdown();
    // A fault that meets the trimming of the journal is reported, and nothing is lost by it.
    for (const error of errors) expect(String(error)).toMatch(/JournalFailedError|EIO/);
  });
});
