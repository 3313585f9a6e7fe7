// What is told of an actor's work to whoever looks at the inside.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ObservedWork } from '../../src/actors/observation.ts';
import { clockwork } from '../house/clockwork.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../house/people.ts';

const minuteMs = 60_000;
let works: ObservedWork[];
let it: Inhabited;
beforeEach(async () => {
  works = [];
  it = await inhabit({ features: [clockwork()], observe: (work) => works.push(work) });
});

const send = (text: string, guild = home) => it.ask('clockwork.send', { kind: 'post', to: 1, text }, guild);
const named = (operation: string) => works.filter((work) => work.operation === operation);

describe('an observed actor', () => {
  test('tells who asked what, the rows it changed, and when each part of it was over', async () => {
    await it.ask('clockwork.set', { task: 'strike', key: 'a', inMs: minuteMs });
    const [work] = named('clockwork.set');
    expect(work).toMatchObject({ guild: home, origin: 'request', member: '200000000000000001' });
    expect(work?.interaction).toMatch(/^\d+$/);
    expect(work?.refused).toBeUndefined();
    expect(work?.changes.map(({ collection, before }) => [collection.name, before])).toEqual([
      ['core.timer', undefined],
    ]);
    const { queuedAtMs, begunAtMs, handledAtMs, releasedAtMs } = work ?? {};
    const times = [queuedAtMs, begunAtMs, handledAtMs, releasedAtMs];
    expect(new Set(times).size).toBe(4);
    expect(times).toEqual(times.toSorted((one, other) => Number(one) - Number(other)));
  });

  test('tells a refusal by its code, without rows', async () => {
    await send('lost');
    expect(named('clockwork.send')).toMatchObject([{ refused: 'clockwork.declined', changes: [] }]);
  });

  test('tells timers and what follows effects, which nobody asked for', async () => {
    await it.ask('clockwork.set', { task: 'strike', key: 'a', inMs: minuteMs });
    await send('hello');
    await it.wait(minuteMs);
    const [timer] = named('clockwork.strike');
    expect(timer).toMatchObject({ origin: 'timer' });
    expect(timer?.interaction).toBeUndefined();
    expect(timer?.changes.map(({ collection }) => collection.name)).toContain('core.timer');
    const effects = works.filter(({ origin }) => origin === 'effect');
    expect(effects.length).toBe(1);
    expect(effects[0]?.changes.map(({ collection }) => collection.name)).toContain('core.outbox');
  });

  test('tells work of one guild in the order in which it ran, one after another, and each guild for itself', async () => {
    const asking = Array.from({ length: 40 }, (_, index) => send(`n${index}`, index % 4 === 0 ? elsewhere : home));
    await Promise.all(asking);
    const here = named('clockwork.send').filter(({ guild }) => guild === home);
    expect(here.length).toBe(30);
    for (const [index, work] of here.entries()) {
      expect(work.begunAtMs).toBeGreaterThanOrEqual(here[index - 1]?.handledAtMs ?? 0);
    }
    expect(named('clockwork.send').filter(({ guild }) => guild === elsewhere).length).toBe(10);
  });
});
