// A guild whose actor is to go for a while: for who works on the guild's state without it, as a restore does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inboxRequestsMax } from '../../src/actors/guild.ts';
import type { Hold } from '../../src/actors/holds.ts';
import { effectLeaseMs } from '../../src/actors/transaction.ts';
import { clockwork } from '../house/clockwork.ts';
import { elsewhere, home, inhabit } from '../house/people.ts';
import { testPerformer } from '../house/performer.ts';
import { trial } from '../house/trial.ts';

const open = async () => {
  const outside = testPerformer();
  const it = await inhabit({ features: [clockwork(), trial], performer: outside });
  const { directory } = it.house();
  return {
    ...it,
    outside,
    directory,
    add: (by: number, guild = home) => it.ask('trial.add', { name: 'a', by }, guild),
    count: () => it.ask('trial.look', { name: 'a', by: 0 }),
    post: (text: string) => it.ask('clockwork.send', { kind: 'post', to: Number(text), text }),
    turns: async () => {
      for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
    isAlone: async (hold: Hold): Promise<boolean> => {
      let alone = false;
      void hold.alone.then(() => {
        alone = true;
      });
      for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return alone;
    },
  };
};

describe('a guild that is held', () => {
  test('comes to be without its actor although it is never quiet; what is asked meanwhile comes after', async () => {
    const it = await open();
    const over = new AbortController();
    let answered = 0;
    // A request is on its way at any time: the next of each goes out before the answer of the other has come.
    const askOn = async (): Promise<void> => {
      while (!over.signal.aborted) {
        expect(await it.add(1)).toHaveProperty('done');
        answered += 1;
      }
    };
    const people = [askOn(), askOn(), askOn()];
    await it.turns();
    const hold = it.directory.hold(home);
    await hold.alone;
    expect(it.directory.figures(home)).toBeUndefined();
    // Answers that were on their way arrive.
    await it.turns();
    const before = answered;
    expect(before).toBeGreaterThan(0);
    await it.turns();
    expect(answered).toBe(before);
    expect(it.directory.figures(home)).toBeUndefined();
    expect(await it.add(1, elsewhere)).toHaveProperty('done');
    over.abort();
    hold.release();
    await Promise.all(people);
    expect(answered).toBe(before + people.length);
    expect(await it.count()).toMatchObject({ done: { count: answered } });
  });

  test('is alone as soon as who only looked has an answer too, though nothing else happens anywhere', async () => {
    const it = await open();
    // Who looks waits for the same flush as who changed what is looked at, and is answered after them.
    const asked = [it.add(1), it.count()];
    const hold = it.directory.hold(home);
    expect(await it.isAlone(hold)).toBe(true);
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ done: { count: 1 } });
    hold.release();
  });

  test('lets in what waits in its order, and refuses what an inbox would not hold', async () => {
    const it = await open();
    const hold = it.directory.hold(home);
    const order: number[] = [];
    const waiting = Array.from({ length: inboxRequestsMax }, async (_, index) => {
      const answer = await it.add(1);
      order.push(index);
      return answer;
    });
    expect(await it.add(1)).toMatchObject({ refused: 'core.busy' });
    hold.release();
    for (const answer of await Promise.all(waiting)) expect(answer).toHaveProperty('done');
    expect(order).toEqual(waiting.map((_, index) => index));
  });

  test('waits for what is under way outside; the rest is for the next actor, and nothing happens twice', async () => {
    const it = await open();
    it.outside.hold();
    for (const text of ['1', '2', '3', '4', '5', '6']) await it.post(text);
    const hold = it.directory.hold(home);
    expect(await it.isAlone(hold)).toBe(false);
    it.outside.release();
    await hold.alone;
    expect(it.outside.performed).toHaveLength(4);
    expect(it.directory.runDue(home)).toBe(false);
    hold.release();
    await it.wait(effectLeaseMs);
    expect(it.outside.performed).toHaveLength(6);
    expect((await it.look()).outbox).toEqual([]);
  });

  test('goes on with the actor it had when nobody waits for it to go any more', async () => {
    const it = await open();
    it.outside.hold();
    for (const text of ['1', '2', '3', '4', '5', '6']) await it.post(text);
    const incarnation = it.directory.figures(home)?.incarnation;
    const hold = it.directory.hold(home);
    expect(await it.isAlone(hold)).toBe(false);
    const asked = it.add(1);
    hold.release();
    expect(await asked).toHaveProperty('done');
    expect(it.directory.figures(home)?.incarnation).toBe(incarnation);
    it.outside.release();
    await it.directory.settled();
    expect(it.outside.performed).toHaveLength(6);
  });

  test('by two stays so until both are through', async () => {
    const it = await open();
    await it.add(1);
    const one = it.directory.hold(home);
    const other = it.directory.hold(home);
    await Promise.all([one.alone, other.alone]);
    const asked = it.add(1);
    one.release();
    await it.turns();
    expect(it.directory.figures(home)).toBeUndefined();
    other.release();
    expect(await asked).toMatchObject({ done: { count: 2 } });
  });

  test('refuses what waits when the directory stops', async () => {
    const it = await open();
    const hold = it.directory.hold(home);
    const asked = it.add(1);
    const stopped = it.directory.stop();
    hold.release();
    expect(await asked).toMatchObject({ refused: 'core.stopping' });
    await stopped;
  });

  test('at any moment, often and by many: all are answered, each hold comes to be alone, nothing happens twice', async () => {
    const step = fc.constantFrom('add', 'look', 'post', 'hold', 'release', 'turn', 'evict');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const it = await open();
        const asked: Promise<unknown>[] = [];
        const holds: Hold[] = [];
        const alone = new Set<Hold>();
        let added = 0;
        let posted = 0;
        const steppers: Record<(typeof steps)[number], () => unknown> = {
          add: () => {
            added += 1;
            asked.push(it.add(1));
          },
          look: () => asked.push(it.count()),
          post: () => {
            posted += 1;
            asked.push(it.post(`${posted}`));
          },
          hold: () => {
            const hold = it.directory.hold(home);
            holds.push(hold);
            void hold.alone.then(() => alone.add(hold));
          },
          release: () => holds.shift()?.release(),
          turn: () => new Promise((resolve) => setImmediate(resolve)),
          evict: () => it.directory.evictIdle(0),
        };
        for (const one of steps) await steppers[one]();
        await it.turns();
        for (const hold of holds) expect(alone.has(hold)).toBe(true);
        if (holds.length > 0) expect(it.directory.figures(home)).toBeUndefined();
        for (const hold of holds) hold.release();
        for (const answer of await Promise.all(asked)) expect(answer).toHaveProperty('done');
        await it.wait(effectLeaseMs);
        expect(await it.count()).toMatchObject({ done: { count: added } });
        expect(it.outside.performed).toHaveLength(posted);
        await it.house().stop();
      }),
    );
  });
});
