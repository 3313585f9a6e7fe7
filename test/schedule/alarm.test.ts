import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { type EpochMs, epochMs, type GuildId, guildId } from '../../src/kernel/ids.ts';
import { type Alarm, startAlarm } from '../../src/schedule/alarm.ts';
import { type FakeWaits, fakeWaits } from './fake-waits.ts';

const startAt = Date.UTC(2026, 0, 15, 12);
const dayMs = 86_400_000;

const guild = (number: number): GuildId => guildId(String(200_000_000_000_000_000n + BigInt(number)));

interface Trial {
  readonly waits: FakeWaits;
  readonly alarm: Alarm;
  /** The least alarm of each guild. */
  readonly due: Map<GuildId, number>;
  /** Who was told, and when after the start. */
  readonly told: (readonly [GuildId, number])[];
  readonly now: () => EpochMs;
}

/** An alarm over guilds that do their work at once, unless `runDue` says otherwise. */
const start = (
  runDue: (guild: GuildId, trial: Trial) => boolean = (each, { due }) => {
    due.delete(each);
    return true;
  },
  dueUntil?: (now: EpochMs) => EpochMs | undefined,
): Trial => {
  const waits = fakeWaits();
  const due = new Map<GuildId, number>();
  const told: (readonly [GuildId, number])[] = [];
  const given = new Map<GuildId, number>();
  let calls = 0;
  const now = (): EpochMs => epochMs(startAt + waits.nowMs());
  const alarm = startAlarm({
    store: {
      dueGuilds: (until, limit) => {
        const found = [...due]
          .filter(([, at]) => at <= until)
          .toSorted(([one, a], [other, b]) => (given.get(one) ?? 0) - (given.get(other) ?? 0) || a - b)
          .slice(0, limit)
          .map(([each]) => each);
        calls += 1;
        for (const each of found) given.set(each, calls);
        return found;
      },
      isDue: (each, until) => (due.get(each) ?? Number.POSITIVE_INFINITY) <= until,
      nextDueAt: () => (due.size === 0 ? undefined : epochMs(Math.min(...due.values()))),
    },
    directory: {
      runDue: (each) => {
        told.push([each, waits.nowMs()]);
        return runDue(each, trial);
      },
    },
    dueUntil: () => (dueUntil ? dueUntil(now()) : now()),
    monotonicMs: waits.nowMs,
    waits,
    log: pino({ level: 'silent' }),
  });
  const trial: Trial = { waits, alarm, due, told, now };
  return trial;
};

/** Steps without any time passing, until nothing is left or the limit is reached. */
const stepAll = (waits: FakeWaits): number => {
  let steps = 0;
  while (waits.step()) {
    steps += 1;
    if (steps > 10_000) throw new Error('the timers spin');
  }
  return steps;
};

describe('what is due', () => {
  test('wakes its guild when it is due: not before, not twice, and no other guild', () => {
    const { waits, due, told } = start();
    due.set(guild(1), startAt + 10_000).set(guild(2), startAt + dayMs);
    waits.pass(9_999);
    expect(told).toEqual([]);
    waits.pass(1);
    expect(told).toEqual([[guild(1), 10_000]]);
    waits.pass(60_000);
    expect(told).toHaveLength(1);
  });

  test('may come nearer while the alarm sleeps', () => {
    const { waits, due, told } = start();
    due.set(guild(1), startAt + dayMs);
    waits.pass(5_000);
    due.set(guild(1), startAt + 5_100);
    waits.pass(1_000);
    expect(told).toHaveLength(1);
  });

  test('fault 46: what is due in more than 24.8 days falls then, and not at once', () => {
    const { waits, due, told } = start();
    due.set(guild(1), startAt + 30 * dayMs);
    waits.pass(60_000);
    expect(told).toEqual([]);
    // The days between, without four looks for each of their seconds.
    due.set(guild(1), startAt + waits.nowMs() + 2 ** 31);
    waits.pass(60_000);
    expect(told).toEqual([]);
    due.set(guild(1), startAt + waits.nowMs() + 1);
    waits.pass(1_000);
    expect(told).toHaveLength(1);
  });

  test('was due long ago falls at the start, the oldest first', () => {
    const { waits, due, told } = start();
    due.set(guild(1), startAt - 1_000).set(guild(2), startAt - dayMs);
    waits.pass(0);
    expect(told.map(([each]) => each)).toEqual([guild(2), guild(1)]);
  });

  test('is not looked for in a hot loop when there is nothing', () => {
    const { waits } = start();
    expect(waits.pass(60_000)).toBeLessThanOrEqual(60 * 4 + 2);
  });
});

describe('many guilds at once', () => {
  test('all are woken, two before others have their turn', () => {
    const { waits, due, told } = start();
    for (let number = 0; number < 1_000; number += 1) due.set(guild(number), startAt - number);
    let most = 0;
    for (let ms = 0; ms < 2_000; ms += 1) {
      for (let before = told.length; waits.step(); before = told.length) most = Math.max(most, told.length - before);
      waits.pass(1);
    }
    expect(new Set(told.map(([each]) => each)).size).toBe(1_000);
    expect(told).toHaveLength(1_000);
    expect(most).toBe(2);
  });

  test('eight are at work, the next ones when these are done', () => {
    const { waits, due, told } = start(() => true);
    for (let number = 0; number < 100; number += 1) due.set(guild(number), startAt - number);
    stepAll(waits);
    expect(told).toHaveLength(8);
    for (const [each] of told.slice(0, 5)) due.delete(each);
    waits.pass(5);
    expect(told).toHaveLength(13);
  });

  test('those that wait for the world outside keep no place', () => {
    const { waits, due, told } = start((each, trial) => {
      if (Number(trial.due.get(each)) <= startAt) return true;
      trial.due.delete(each);
      return true;
    });
    for (let number = 0; number < 64; number += 1) due.set(guild(number), startAt - number);
    stepAll(waits);
    due.set(guild(1_000), startAt + 1);
    waits.pass(500);
    expect(told.some(([each]) => each === guild(1_000))).toBe(true);
  });
});

describe('a guild that is told and has something due all the same', () => {
  test('is told again a second later', () => {
    const { waits, due, told } = start(() => true);
    due.set(guild(1), startAt);
    waits.pass(3_500);
    expect(told.map(([, atMs]) => Math.floor(atMs / 1000))).toEqual([0, 1, 2, 3]);
  });

  test('is told more rarely where there are many', () => {
    const { waits, due, told } = start(() => true);
    for (let number = 0; number < 3_000; number += 1) due.set(guild(number), startAt);
    waits.pass(20_000);
    const first = told.length;
    expect(new Set(told.map(([each]) => each)).size).toBe(3_000);
    waits.pass(10_000);
    expect(told.length - first).toBeLessThanOrEqual(11_000);
    due.set(guild(5_000), startAt);
    waits.pass(250);
    expect(told.some(([each]) => each === guild(5_000))).toBe(true);
  });
});

describe('a guild that cannot take its work', () => {
  test('is tried again, ever more rarely, and no other waits for it', () => {
    let refusing = true;
    const { waits, due, told } = start((each, trial) => {
      if (each === guild(1) && refusing) return false;
      trial.due.delete(each);
      return true;
    });
    due.set(guild(1), startAt - 5).set(guild(2), startAt);
    waits.pass(1_000);
    expect(told.filter(([each]) => each === guild(2))).toHaveLength(1);
    const tries = told.filter(([each]) => each === guild(1)).length;
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(5);
    waits.pass(600_000);
    expect(told.length).toBeLessThan(40);
    refusing = false;
    waits.pass(30_000);
    expect(due.size).toBe(0);
  });

  test('throws, and no other waits for it', () => {
    const { waits, due, told } = start((each, trial) => {
      if (each === guild(1)) throw new Error('broken');
      trial.due.delete(each);
      return true;
    });
    due.set(guild(1), startAt - 5).set(guild(2), startAt);
    waits.pass(1_000);
    expect(told.filter(([each]) => each === guild(2))).toHaveLength(1);
    expect([...due.keys()]).toEqual([guild(1)]);
  });
});

describe('while deadlines are held', () => {
  test('nobody is woken, and everybody afterwards', () => {
    let held = true;
    const { waits, due, told, alarm } = start(undefined, (now) => (held ? undefined : now));
    due.set(guild(1), startAt);
    expect(waits.pass(10_000)).toBeLessThan(50);
    expect(told).toEqual([]);
    expect(alarm.busy()).toBe(false);
    held = false;
    waits.pass(250);
    expect(told).toHaveLength(1);
  });
});

describe('a clock that goes back', () => {
  test('makes the alarm neither spin nor stop', () => {
    let backMs = 0;
    const { waits, due, told } = start(undefined, (now) => epochMs(now - backMs));
    waits.pass(1_000);
    backMs = 3_600_000;
    due.set(guild(1), startAt);
    expect(waits.pass(3_590_000)).toBeLessThan(3_600 * 4 + 10);
    expect(told).toEqual([]);
    waits.pass(10_000);
    expect(told).toHaveLength(1);
  });
});

describe('settled', () => {
  test('waits for what is due, and for no guild that has refused often', async () => {
    const { waits, due, alarm } = start((each, trial) => {
      if (each === guild(1)) return false;
      trial.due.delete(each);
      return true;
    });
    due
      .set(guild(1), startAt)
      .set(guild(2), startAt)
      .set(guild(3), startAt + dayMs);
    let isSettled = false;
    const settled = alarm.settled().then(() => {
      isSettled = true;
    });
    stepAll(waits);
    await Promise.resolve();
    expect(isSettled).toBe(false);
    waits.pass(10_000);
    await settled;
    expect([...due.keys()]).toEqual([guild(1), guild(3)]);
  });

  test('resolves when the alarm is stopped, which then wakes nobody', async () => {
    const { waits, due, told, alarm } = start(() => true);
    due.set(guild(1), startAt);
    const settled = alarm.settled();
    alarm.stop();
    await settled;
    waits.pass(10_000);
    expect(told).toEqual([]);
  });
});

test('a store that fails once does not end the alarm', () => {
  let fails = true;
  const { waits, due, told } = start(undefined, (now) => {
    if (!fails) return now;
    fails = false;
    throw new Error('broken');
  });
  due.set(guild(1), startAt);
  waits.pass(1_000);
  expect(told).toHaveLength(1);
});
