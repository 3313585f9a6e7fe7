// A guild that never gets through its inbox leaves the others half of the processor.
import { beforeEach, describe, expect, test } from 'vitest';
import { inboxRequestsMax } from '../../src/actors/guild.ts';
import { type ActorSystem, startActorSystem } from '../../src/actors/system.ts';
import { lastingAfter } from '../../src/schedule/waits.ts';
import { elsewhere, home, inhabit } from '../house/people.ts';
import { trial } from '../house/trial.ts';

interface Rest {
  readonly ms: number;
  readonly end: () => void;
}

/** Rests last until they are ended. */
const restingSystem = (rests: Rest[]): ActorSystem => {
  const system = startActorSystem(lastingAfter);
  return {
    spawn: (name, drain) => {
      const actor = system.spawn(name, drain);
      return {
        wake: (afterMs) => {
          if (afterMs > 0) rests.push({ ms: afterMs, end: () => actor.wake(0) });
          else actor.wake(0);
        },
        stop: () => actor.stop(),
      };
    },
  };
};

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const open = async (rests: Rest[]) => {
  const it = await inhabit({ features: [trial], system: restingSystem(rests) });
  let answered = 0;
  return {
    directory: it.house().directory,
    add: async (guild = home): Promise<void> => {
      expect(await it.ask('trial.add', { name: 'a', by: 1 }, guild)).toHaveProperty('done');
      answered += 1;
    },
    answered: () => answered,
    /** Ends rests until nobody takes one. */
    goOn: async (): Promise<void> => {
      for (let nth = 0; nth < rests.length; nth += 1) {
        rests[nth]?.end();
        await turns();
      }
    },
  };
};

describe('a guild of which more is asked than it does in one turn', () => {
  const rests: Rest[] = [];
  let it: Awaited<ReturnType<typeof open>>;

  beforeEach(async () => {
    rests.length = 0;
    it = await open(rests);
  });

  test('rests as long as it had, and does nothing until then, however much more is asked of it', async () => {
    const asked = Array.from({ length: 200 }, () => it.add());
    await turns();
    expect(rests).toHaveLength(1);
    expect(rests[0]?.ms).toBeGreaterThan(0);
    const before = it.answered();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(200);
    asked.push(it.add());
    await turns();
    expect(it.answered()).toBe(before);
    expect(rests).toHaveLength(1);
    await it.goOn();
    await Promise.all(asked);
    expect(it.answered()).toBe(201);
  });

  test('leaves the others their turns meanwhile', async () => {
    const asked = Array.from({ length: inboxRequestsMax }, () => it.add());
    await turns();
    await it.add(elsewhere);
    expect(it.answered()).toBeLessThan(200);
    await it.goOn();
    await Promise.all(asked);
  });

  test('is not idle while it rests: nobody lets go of it', async () => {
    const asked = Array.from({ length: 200 }, () => it.add());
    await turns();
    expect(it.directory.evictIdle(0)).toBe(0);
    let stopped = false;
    const stop = it.directory.stop().then(() => {
      stopped = true;
    });
    await turns();
    expect(stopped).toBe(false);
    await it.goOn();
    await Promise.all([...asked, stop]);
    expect(it.answered()).toBe(200);
  });

  test('does not rest when it is through', async () => {
    for (let nth = 0; nth < 100; nth += 1) await it.add();
    await Promise.all(Array.from({ length: 10 }, () => it.add()));
    expect(rests).toEqual([]);
  });
});

test('an actor wakes by itself when its rest is over', async () => {
  let drains = 0;
  let heard = (): void => undefined;
  const drained = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const actor = startActorSystem(lastingAfter).spawn('resting', () => {
    drains += 1;
    heard();
  });
  actor.wake(5);
  await turns();
  await drained;
  expect(drains).toBe(1);
  actor.stop();
});
