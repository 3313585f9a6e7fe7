import { describe, expect, test } from 'vitest';
import type { Performance, Performer } from '../../src/actors/performer.ts';
import { effectLeaseMs } from '../../src/actors/transaction.ts';
import { effectAttemptsMax } from '../../src/kernel/effect.ts';
import { marketRealm } from '../../src/kernel/ids.ts';
import { clockwork } from '../house/clockwork.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../house/people.ts';
import { type TestPerformer, type Trouble, testPerformer } from '../house/performer.ts';

interface Outside extends Inhabited {
  readonly outside: TestPerformer;
  readonly send: (kind: 'post' | 'message' | 'role' | 'tell', text: string, to?: number) => Promise<unknown>;
  readonly settled: () => Promise<void>;
  /** Until what can happen has happened, also where something outside does not end. */
  readonly turns: () => Promise<void>;
}

const open = async (trouble?: Trouble): Promise<Outside> => {
  const outside = testPerformer(trouble);
  let process = 0;
  /** What a process that a power cut ended still tries does not happen. */
  const ofThisProcess = (): Performer => {
    process += 1;
    const own = process;
    return { perform: (job) => (own === process ? outside.perform(job) : new Promise(() => undefined)) };
  };
  const features = [clockwork()];
  const it = await inhabit({ features, performer: ofThisProcess() });
  return {
    ...it,
    crash: (changes) => it.crash({ features, ...changes, performer: ofThisProcess() }),
    outside,
    send: (kind, text, to = 1) => it.ask('clockwork.send', { kind, to, text }),
    settled: () => it.house().directory.settled(),
    turns: async () => {
      for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
  };
};
const textOf = ({ payload }: { readonly payload: unknown }): unknown =>
  (payload as { readonly card: { readonly value: { readonly text: string } } }).card.value.text;

describe('an effect', () => {
  test('is performed when its operation is durable, and its end runs the operation that follows', async () => {
    const it = await open();
    await it.send('post', 'a');
    await it.settled();
    expect(it.outside.performed).toMatchObject([{ guild: home, kind: 'discord.post', repeated: false }]);
    expect(await it.look()).toMatchObject({ notes: ['a posted 300000000000000001'], outbox: [] });
    expect(it.house().directory.figures(home)?.outbox).toEqual({ waiting: 0, underWay: 0, failures: [] });
  });

  test('of an operation that refuses is none', async () => {
    const it = await open();
    await it.send('post', 'lost');
    await it.settled();
    expect(it.outside.performed).toEqual([]);
  });

  test('does not leave before its operation is durable, and not at all when that is lost', async () => {
    const outside = testPerformer();
    const it = await inhabit({ features: [clockwork()], performer: outside, onError: () => undefined });
    const { files } = it.disks();
    files.failSync(1, 'EIO');
    files.holdSyncs();
    const asked = it.ask('clockwork.send', { kind: 'post', to: 1, text: 'a' });
    for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(outside.performed).toEqual([]);
    files.releaseSyncs();
    expect(await asked).toMatchObject({ refused: 'core.storage-failed' });
    await it.house().directory.settled();
    expect(outside.performed).toEqual([]);
  });

  test('does not leave before its operation is durable either where the clock jumps over its lease', async () => {
    const outside = testPerformer();
    const it = await inhabit({ features: [clockwork()], performer: outside });
    await it.ask('clockwork.send', { kind: 'post', to: 1, text: 'first' });
    const { files } = it.disks();
    files.holdSyncs();
    const asked = it.ask('clockwork.send', { kind: 'post', to: 1, text: 'a' });
    const turns = async (): Promise<void> => {
      for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    await turns();
    it.skip(2 * effectLeaseMs);
    it.house().directory.runDue(home);
    await turns();
    expect(outside.performed.map(textOf)).toEqual(['first']);
    files.releaseSyncs();
    expect(await asked).toMatchObject({ done: {} });
    await it.house().directory.settled();
    expect(outside.performed.map(textOf)).toEqual(['first', 'a']);
    expect((await it.look()).outbox).toEqual([]);
  });

  test('at most four are under way, the oldest first', async () => {
    const it = await open();
    it.outside.hold();
    for (const to of [1, 2, 3, 4, 5, 6]) await it.send('post', `${to}`, to);
    await it.turns();
    expect(it.outside.performed.map(textOf)).toEqual(['1', '2', '3', '4']);
    expect(it.house().directory.figures(home)?.outbox).toEqual({ waiting: 2, underWay: 4, failures: [] });
    it.outside.release();
    await it.settled();
    expect(it.outside.performed.map(textOf)).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('keeps its order in a channel, also behind one that is to be tried again', async () => {
    const it = await open((job, before) => (textOf(job) === 'a' && before === 0 ? { later: 30_000 } : undefined));
    for (const [text, to] of [
      ['a', 1],
      ['b', 1],
      ['c', 2],
    ] as const)
      await it.send('post', text, to);
    await it.settled();
    expect(it.outside.performed.map(textOf)).toEqual(['a', 'c']);
    await it.wait(29_999);
    expect(it.outside.performed.map(textOf)).toEqual(['a', 'c']);
    await it.wait(1);
    expect(it.outside.performed.map(textOf)).toEqual(['a', 'c', 'a', 'b']);
    expect(it.outside.performed.map(({ repeated }) => repeated)).toEqual([false, false, true, false]);
    expect((await it.look()).outbox).toEqual([]);
  });

  test('that fails ends with its reason', async () => {
    const it = await open(() => ({ failed: 'forbidden' }));
    await it.send('post', 'a');
    await it.settled();
    expect((await it.look()).notes).toEqual(['a forbidden']);
  });

  test('in passing trouble is tried ever later, as late as asked for, and given up in the end', async () => {
    const it = await open((_, before) => ({ later: before === 1 ? 3_600_000 : 0 }));
    await it.send('post', 'a');
    await it.settled();
    for (const delayMs of [5_000, 3_600_000, 80_000, 320_000]) {
      const [row] = (await it.look()).outbox;
      expect(row?.at).toBe(it.house().clock.now + delayMs);
      await it.wait(delayMs);
    }
    for (let day = 0; day < 3; day += 1) await it.wait(86_400_000);
    expect(it.outside.performed).toHaveLength(effectAttemptsMax);
    expect(await it.look()).toMatchObject({ notes: ['a gave up'], outbox: [] });
  });

  test.each(['throw', 'decline'])('ends though what follows does %s', async (text) => {
    const it = await open();
    await it.send('post', text);
    await it.settled();
    expect(await it.look()).toMatchObject({ notes: [], outbox: [] });
    expect(it.house().directory.figures(home)?.errors).toHaveLength(text === 'throw' ? 1 : 0);
    await it.crash();
    await it.wait(86_400_000);
    expect(it.outside.performed).toHaveLength(1);
  });

  test('ends though its performer breaks its word', async () => {
    const outside = testPerformer((_, before) => {
      if (before === 0) throw new Error('a bug in a performer');
      return undefined;
    });
    const it = await inhabit({ features: [clockwork()], performer: outside });
    await it.ask('clockwork.send', { kind: 'post', to: 1, text: 'a' });
    await it.house().directory.settled();
    await it.wait(5_000);
    expect((await it.look()).notes).toEqual(['a posted 300000000000000001']);
  });

  test('with a result of another form loses what follows, and is no more', async () => {
    const it = await open(() => ({ done: { another: 'form' } }));
    await it.send('post', 'a');
    await it.settled();
    expect(await it.look()).toMatchObject({ notes: [], outbox: [] });
    expect(it.house().directory.figures(home)?.errors).toHaveLength(1);
  });
});

describe('a crash', () => {
  test('before an effect was performed: it is when its lease is over, as one that may have been', async () => {
    const it = await open();
    it.outside.hold();
    await it.send('post', 'a');
    await it.turns();
    await it.crash();
    it.outside.release();
    await it.wait(effectLeaseMs - 1);
    expect(it.outside.performed).toHaveLength(1);
    await it.wait(1);
    expect(it.outside.performed.map(({ id, repeated }) => [id, repeated])).toEqual([
      [it.outside.performed[0]?.id, false],
      [it.outside.performed[0]?.id, true],
    ]);
    expect(await it.look()).toMatchObject({ notes: ['a posted 300000000000000001'], outbox: [] });
  });

  test('while one that is never to be repeated is under way: it ends, unknown, without being performed', async () => {
    const it = await open();
    it.outside.hold();
    await it.send('message', 'a');
    await it.turns();
    expect(it.outside.performed).toHaveLength(1);
    expect((await it.look()).outbox).toMatchObject([{ begun: true }]);
    await it.crash();
    await it.wait(effectLeaseMs);
    expect(it.outside.performed).toHaveLength(1);
    expect(await it.look()).toMatchObject({ notes: ['a unknown'], outbox: [] });
  });

  test('one that is never to be repeated is begun on the disk before it is performed', async () => {
    const it = await open();
    const { files } = it.disks();
    await it.send('message', 'first');
    await it.settled();
    it.outside.performed.length = 0;
    it.outside.hold();
    const asked = it.send('message', 'a');
    await asked;
    // From here on nothing reaches the disk: what begins cannot be known to have begun.
    files.holdSyncs();
    await it.turns();
    const performed = it.outside.performed.length;
    await it.crash();
    const { outbox } = await it.look();
    expect(outbox).toHaveLength(1);
    expect(outbox[0]?.begun).toBe(performed === 1);
  });

  test('in passing trouble one that is never to be repeated is tried again', async () => {
    const it = await open((_, before) => (before === 0 ? { later: 0 } : undefined));
    await it.send('message', 'a');
    await it.settled();
    await it.crash();
    await it.wait(5_000);
    expect(await it.look()).toMatchObject({ notes: ['a sent'], outbox: [] });
    expect(it.outside.performed).toHaveLength(2);
  });

  test('an end that did not reach the disk comes again', async () => {
    const it = await open();
    it.outside.hold();
    await it.send('post', 'a');
    await it.turns();
    it.disks().files.holdSyncs();
    it.outside.release();
    await it.turns();
    await it.crash();
    expect(await it.look()).toMatchObject({ notes: [], outbox: [{}] });
    await it.wait(effectLeaseMs);
    expect(await it.look()).toMatchObject({ notes: ['a posted 300000000000000001'], outbox: [] });
    expect(it.outside.performed.map(({ repeated }) => repeated)).toEqual([false, true]);
  });

  test('leaves the order of a channel as it was', async () => {
    const it = await open();
    it.outside.hold();
    for (const text of ['a', 'b', 'c']) await it.send('post', text);
    await it.turns();
    await it.crash();
    it.outside.release();
    await it.send('post', 'd');
    await it.turns();
    expect(it.outside.performed.map(textOf)).toEqual(['a']);
    await it.wait(effectLeaseMs);
    expect(it.outside.performed.map(textOf)).toEqual(['a', 'a', 'b', 'c', 'd']);
  });
});

describe('a lease', () => {
  test('is extended as long as the effect is under way', async () => {
    const it = await open();
    it.outside.hold();
    await it.send('post', 'a');
    await it.send('post', 'b');
    await it.turns();
    for (let minute = 0; minute < 5; minute += 1) {
      it.skip(effectLeaseMs);
      for (const guild of it.house().store.dueGuilds(it.house().clock.now, 10)) it.house().directory.runDue(guild);
      await it.turns();
    }
    expect(it.outside.performed.map(textOf)).toEqual(['a']);
    const { outbox } = await it.look();
    expect(outbox.map(({ at }) => at)).toEqual(outbox.map(() => it.house().clock.now + effectLeaseMs));
    expect(it.house().store.dueGuilds(it.house().clock.now, 10)).toEqual([]);
    it.outside.release();
    await it.settled();
    expect(it.outside.performed.map(textOf)).toEqual(['a', 'b']);
  });
});

describe('the market', () => {
  test('is told once, however often it is tried', async () => {
    const it = await open();
    await it.send('tell', 'a');
    await it.settled();
    expect((await it.look()).notes).toEqual(['a told']);
    expect(await it.look(marketRealm)).toMatchObject({ notes: ['a'], errands: 1 });
    expect(it.outside.performed).toEqual([]);
  });

  test('is told once, when a crash leaves nobody knowing of it', async () => {
    const it = await open();
    const { files } = it.disks();
    await it.send('tell', 'a');
    // The market's commit is on the disk, the end of the guild's effect is not.
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (it.house().directory.figures(marketRealm)?.answersWaiting === 0) {
        files.holdSyncs();
        break;
      }
    }
    await it.turns();
    await it.crash();
    await it.wait(effectLeaseMs);
    await it.wait(effectLeaseMs);
    expect((await it.look(marketRealm)).notes).toEqual(['a']);
    expect(await it.look()).toMatchObject({ notes: ['a told'], outbox: [] });
  });

  test('is told by each guild for itself', async () => {
    const it = await open();
    await it.send('tell', 'a');
    await it.ask('clockwork.send', { kind: 'tell', to: 1, text: 'b' }, elsewhere);
    await it.settled();
    expect((await it.look(marketRealm)).notes).toHaveLength(2);
  });
});

describe('stopping', () => {
  test('waits for what is under way, and leaves the rest to the next process', async () => {
    const it = await open();
    it.outside.hold();
    await it.send('post', 'a');
    await it.send('post', 'b');
    await it.turns();
    const stopped = it.house().stop();
    await it.turns();
    it.outside.release();
    await stopped;
    expect(it.outside.performed.map(textOf)).toEqual(['a']);
    await it.crash();
    expect(await it.look()).toMatchObject({ notes: ['a posted 300000000000000001'], outbox: [{}] });
    await it.wait(effectLeaseMs);
    expect(it.outside.performed.map(textOf)).toEqual(['a', 'b']);
  });
});

const passing: Performance = { later: 0 };
test('an operation that follows and is declared by nobody any more is left out', async () => {
  const it = await open((_, before) => (before === 0 ? passing : undefined));
  await it.send('post', 'a');
  await it.settled();
  const gone = { ...clockwork(), operations: clockwork().operations.filter(({ name }) => name !== 'clockwork.ended') };
  await it.crash({ features: [gone] });
  await it.wait(5_000);
  expect(await it.look()).toMatchObject({ notes: [], outbox: [] });
});
