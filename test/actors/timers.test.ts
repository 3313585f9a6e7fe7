import { beforeEach, describe, expect, test } from 'vitest';
import { timerAttemptsMax } from '../../src/kernel/timer.ts';
import { DamagedStoreError } from '../../src/storage/ports.ts';
import { clockwork } from '../house/clockwork.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../house/people.ts';

const minuteMs = 60_000;
let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [clockwork()] });
});

const set = (task: string, key: string, inMs: number): Promise<unknown> => it.ask('clockwork.set', { task, key, inMs });

describe('timers', () => {
  test('fall when their time has come, in its order, once, and leave no row', async () => {
    await set('strike', 'b', 2 * minuteMs);
    await set('strike', 'a', 3 * minuteMs);
    await set('strike', 'c', 1 * minuteMs);
    await it.wait(minuteMs - 1);
    expect((await it.look()).notes).toEqual([]);
    await it.wait(1);
    expect((await it.look()).notes).toEqual(['c']);
    await it.wait(minuteMs * 10);
    const { notes, timers } = await it.look();
    expect(notes).toEqual(['c', 'b', 'a']);
    expect(timers).toEqual([]);
    expect(it.house().directory.figures(home)?.timers).toMatchObject({ set: 0, due: 0, parked: 0, run: 3 });
  });

  test('set again are moved, and taken back fall no more', async () => {
    await set('strike', 'a', minuteMs);
    await set('strike', 'a', 5 * minuteMs);
    await set('strike', 'b', minuteMs);
    await it.ask('clockwork.take-back', { task: 'strike', key: 'b' });
    await it.wait(minuteMs);
    expect((await it.look()).notes).toEqual([]);
    await it.wait(4 * minuteMs);
    expect((await it.look()).notes).toEqual(['a']);
  });

  test('do not fall when one that fell right before took them back or moved them', async () => {
    await set('meddles', 'a', 0);
    await set('strike', 'b', 1);
    await set('strike', 'c', 1);
    await it.wait(1);
    expect((await it.look()).notes).toEqual(['a']);
    await it.wait(60 * minuteMs);
    expect((await it.look()).notes).toEqual(['a', 'c']);
  });

  test('wake a guild that is not in memory', async () => {
    await set('strike', 'a', minuteMs);
    await it.house().directory.settled();
    it.house().directory.evictIdle(0);
    expect(it.house().directory.figures(home)).toBeUndefined();
    await it.wait(minuteMs);
    expect((await it.look()).notes).toEqual(['a']);
  });

  test('a task that refuses leaves no trace but its timer’s end', async () => {
    await set('declines', 'a', 0);
    await it.fall();
    expect(await it.look()).toMatchObject({ notes: [], timers: [] });
  });

  test('a task that changes nothing has had its turn all the same', async () => {
    await set('silent', 'a', 0);
    await it.fall();
    await it.crash();
    expect((await it.look()).timers).toEqual([]);
  });

  test('a task that throws leaves no trace, is an incident, is tried again ever later, and is parked in the end', async () => {
    await set('throws', 'a', 0);
    const expected = [1, 4, 16, 64].map((minutes) => minutes * minuteMs);
    for (const [attempt, delayMs] of expected.entries()) {
      await it.fall();
      const { notes, timers } = await it.look();
      expect(notes).toEqual([]);
      expect(timers).toMatchObject([{ attempts: attempt + 1, at: it.house().clock.now + delayMs }]);
      it.skip(delayMs);
    }
    await it.fall();
    expect((await it.look()).timers).toMatchObject([{ attempts: timerAttemptsMax }]);
    const { timers, errors } = it.house().directory.figures(home) ?? {};
    expect(timers).toMatchObject({ set: 0, due: 0, parked: 1 });
    expect(errors).toHaveLength(timerAttemptsMax);
    expect(errors?.[0]).toMatchObject({ operation: 'clockwork.throw', message: 'a bug in a task' });
    await it.wait(365 * 24 * 60 * minuteMs);
    expect(it.house().directory.figures(home)?.errors).toHaveLength(timerAttemptsMax);
  });

  test('a task that is mended meanwhile succeeds', async () => {
    await set('throws', 'a', 0);
    await it.fall();
    await it.ask('clockwork.mend');
    await it.wait(minuteMs);
    expect(await it.look()).toMatchObject({ notes: ['a'], timers: [] });
  });

  test('one whose operation no feature declares any more is parked, and falls no more', async () => {
    await set('strike', 'a', 0);
    await set('silent', 'b', 0);
    const gone = {
      ...clockwork(),
      operations: clockwork().operations.filter(({ name }) => name !== 'clockwork.strike'),
    };
    await it.crash({ features: [gone] });
    await it.fall();
    expect((await it.look()).timers).toMatchObject([
      { operation: 'clockwork.strike', key: 'a', attempts: timerAttemptsMax },
    ]);
  });

  test('a task that sets itself anew at once has its next turn in a later drain: others come between', async () => {
    await set('again', 'x', 0);
    await set('strike', 'y', 0);
    await it.fall();
    const { notes } = await it.look();
    expect(notes.slice(0, 3)).toEqual(['x', 'y', 'x']);
    expect(notes).toHaveLength(20);
  });

  test('people come first, and a flooded inbox still leaves timers their turn', async () => {
    for (const key of ['a', 'b', 'c']) await set('strike', key, 0);
    const answered: number[] = [];
    const flood = Array.from({ length: 900 }, async (_, index) => {
      await it.ask('clockwork.set', { task: 'silent', key: 'far', inMs: 1e9 + index });
      answered.push(index);
    });
    it.house().directory.runDue(home);
    const looked = it.look();
    await Promise.all(flood);
    // Asked for behind 900 others, and seen at a time when timers had fallen between them.
    expect((await looked).notes).toEqual(['a', 'b', 'c']);
    expect(answered[0]).toBe(0);
  });

  test('what is due in one guild is nothing to another', async () => {
    await set('strike', 'a', 0);
    await it.ask('clockwork.set', { task: 'strike', key: 'b', inMs: minuteMs }, elsewhere);
    it.house().directory.runDue(elsewhere);
    await it.house().directory.settled();
    expect((await it.look()).notes).toEqual([]);
    await it.fall();
    expect((await it.look()).notes).toEqual(['a']);
    expect((await it.look(elsewhere)).notes).toEqual([]);
  });

  test('a power cut between the fall and the disk: it falls again, and once', async () => {
    await set('strike', 'a', 0);
    it.disks().files.holdSyncs();
    it.house().directory.runDue(home);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await it.crash();
    expect(await it.look()).toMatchObject({ notes: [], timers: [{ key: 'a' }] });
    await it.fall();
    expect(await it.look()).toMatchObject({ notes: ['a'], timers: [] });
    await it.crash();
    await it.fall();
    expect(await it.look()).toMatchObject({ notes: ['a'], timers: [] });
  });

  test('nobody can ask for a task', async () => {
    expect(await it.ask('clockwork.strike', { text: 'a' })).toEqual({ refused: 'core.only.runtime', with: {} });
    expect(it.house().registry.text('en')('core.only.runtime')).toBeTruthy();
    expect((await it.look()).notes).toEqual([]);
  });

  test('a directory that stops leaves what is due where it is', async () => {
    await set('strike', 'a', 0);
    const stopped = it.house().stop();
    expect(it.house().directory.runDue(home)).toBe(false);
    await stopped;
    await it.crash();
    expect(await it.look()).toMatchObject({ notes: [], timers: [{ key: 'a' }] });
  });
});

describe('damaged rows', () => {
  test('that a timer comes upon quarantine the guild, as a request would; all others go on', async () => {
    const damaged = clockwork();
    const operations = damaged.operations.map((one) =>
      one.name === 'clockwork.silent'
        ? {
            ...one,
            run: () => {
              throw new DamagedStoreError('a row cannot be read');
            },
          }
        : one,
    );
    it = await inhabit({ features: [{ ...damaged, operations }] });
    await set('silent', 'a', 0);
    await it.ask('clockwork.set', { task: 'strike', key: 'b', inMs: 0 }, elsewhere);
    const { directory } = it.house();
    directory.runDue(home);
    await directory.settled();
    expect(directory.quarantines()).toMatchObject([{ guild: home, reason: 'a row cannot be read' }]);
    expect(directory.runDue(home)).toBe(false);
    expect(directory.runDue(elsewhere)).toBe(true);
    await directory.settled();
    expect((await it.look(elsewhere)).notes).toEqual(['b']);
  });
});

describe('a broken disk', () => {
  test('leaves what is due where it is', async () => {
    it = await inhabit({ features: [clockwork()], onError: () => undefined });
    await set('strike', 'a', 0);
    it.disks().files.failWrite(1, 'ENOSPC');
    await it.ask('clockwork.set', { task: 'strike', key: 'b', inMs: 0 });
    expect(it.house().directory.runDue(home)).toBe(false);
    expect(await it.look()).toMatchObject({ notes: [], timers: [{ key: 'a' }] });
  });
});

describe('errands', () => {
  test('run what is nobody’s to ask for, and are durable when answered', async () => {
    expect(await it.run('clockwork.strike', { text: 'a' })).toEqual({ done: undefined });
    await it.crash();
    expect((await it.look()).notes).toEqual(['a']);
  });

  test('what is for a class of people is not for them', async () => {
    expect(await it.run('core.settings.set', { key: 'core.timezone', value: 'UTC' })).toEqual({
      refused: 'core.only.administrator',
      with: {},
    });
  });

  test('with an id happen once, also after a restart; a refusal stays one', async () => {
    expect(await it.run('clockwork.strike', { text: 'a' }, { id: 'one' })).toEqual({ done: undefined });
    expect(await it.run('clockwork.strike', { text: 'b' }, { id: 'one' })).toEqual({ done: undefined });
    const refused = { refused: 'clockwork.declined', with: {} };
    expect(await it.run('clockwork.decline', { text: 'c' }, { id: 'two' })).toEqual(refused);
    await it.crash();
    expect(await it.run('clockwork.strike', { text: 'd' }, { id: 'two' })).toEqual(refused);
    expect(await it.run('clockwork.strike', { text: 'e' }, { id: 'one' })).toEqual({ done: undefined });
    expect(await it.run('clockwork.strike', { text: 'f' })).toEqual({ done: undefined });
    expect(await it.look()).toMatchObject({ notes: ['a', 'f'], errands: 2 });
  });

  test('their outcomes are forgotten after a month', async () => {
    for (const id of ['one', 'two', 'three']) await it.run('clockwork.strike', { text: id }, { id });
    it.skip(31 * 24 * 60 * minuteMs);
    await it.run('clockwork.strike', { text: 'four' }, { id: 'four' });
    await it.run('clockwork.strike', { text: 'five' }, { id: 'five' });
    expect((await it.look()).errands).toBe(2);
  });

  test('a bug is an incident, and the id stays free', async () => {
    expect(await it.run('clockwork.throw', { text: 'a' }, { id: 'one' })).toMatchObject({ refused: 'core.bug' });
    await it.ask('clockwork.mend');
    expect(await it.run('clockwork.throw', { text: 'a' }, { id: 'one' })).toEqual({ done: undefined });
  });
});
