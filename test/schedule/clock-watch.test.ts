import { Writable } from 'node:stream';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { type EpochMs, epochMs } from '../../src/kernel/ids.ts';
import { type ClockWatch, watchClock } from '../../src/schedule/clock-watch.ts';

const startAt = Date.UTC(2026, 0, 15, 12);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Trial {
  readonly watch: ClockWatch;
  readonly kept: EpochMs[];
  readonly log: string[];
  /** Lets time pass: both clocks go on, and the watch is asked often. */
  readonly pass: (ms: number) => void;
  /** Lets time pass without anybody asking. */
  readonly sleep: (ms: number) => void;
  /** Puts the machine's clock forward or back. */
  readonly jump: (ms: number) => void;
  /** Moves the local Discord's time. */
  readonly advance: (ms: number) => void;
  readonly now: () => number;
}

const start = (spec: { readonly lastSeenAt?: number; readonly graceMs?: number } = {}): Trial => {
  let monotonicMs = 1_000;
  let machineAt = startAt;
  let offsetMs = 0;
  const kept: EpochMs[] = [];
  const log: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, taken) => {
      log.push((JSON.parse(chunk.toString()) as { msg: string }).msg);
      taken();
    },
  });
  const watch = watchClock({
    machine: { now: () => epochMs(machineAt), monotonicMs: () => monotonicMs },
    clock: { now: () => epochMs(machineAt + offsetMs), monotonicMs: () => monotonicMs },
    lastSeenAt: spec.lastSeenAt === undefined ? undefined : epochMs(spec.lastSeenAt),
    keep: async (at) => void kept.push(at),
    graceMs: spec.graceMs ?? minuteMs,
    log: pino({ level: 'info' }, sink),
  });
  const sleep = (ms: number): void => {
    monotonicMs += ms;
    machineAt += ms;
  };
  return {
    watch,
    kept,
    log,
    sleep,
    pass: (ms) => {
      for (let passed = 0; passed < ms; passed += 250) {
        sleep(250);
        watch.dueUntil();
      }
    },
    jump: (ms) => {
      machineAt += ms;
    },
    advance: (ms) => {
      offsetMs += ms;
    },
    now: () => machineAt + offsetMs,
  };
};

describe('a clock that goes as it should', () => {
  test('holds nothing, and deadlines fall up to now', () => {
    const { watch, pass, now, log } = start();
    pass(2 * hourMs);
    expect(watch.dueUntil()).toBe(now());
    expect(watch.hold()).toBeUndefined();
    expect(watch.release()).toBe(false);
    expect(log).toEqual([]);
  });

  test('that is put right by a few minutes holds nothing', () => {
    const { watch, pass, jump, now } = start();
    pass(minuteMs);
    jump(5 * minuteMs);
    expect(watch.dueUntil()).toBe(now());
  });

  test('that a person moves on the local Discord holds nothing', () => {
    const { watch, pass, advance, now } = start();
    pass(minuteMs);
    advance(30 * 24 * hourMs);
    expect(watch.dueUntil()).toBe(now());
  });

  test('is not seen to jump after the process stood still for long', () => {
    const { watch, pass, sleep, now } = start();
    pass(minuteMs);
    sleep(hourMs);
    expect(watch.dueUntil()).toBe(now());
  });
});

describe('a clock that jumps forward by more than five minutes', () => {
  test('holds deadlines for the grace, with one line in the log', () => {
    const { watch, pass, jump, now, log } = start();
    pass(minuteMs);
    jump(5 * minuteMs + 1);
    expect(watch.dueUntil()).toBeUndefined();
    pass(minuteMs - 250);
    expect(watch.dueUntil()).toBeUndefined();
    expect(watch.hold()).toEqual({ jumpMs: 5 * minuteMs + 1, leftMs: 250 });
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('deadlines are held');
    pass(250);
    expect(watch.dueUntil()).toBe(now());
    expect(watch.hold()).toBeUndefined();
  });

  test("lets them fall at the operator's word", () => {
    const { watch, pass, jump, now } = start();
    pass(minuteMs);
    jump(hourMs);
    expect(watch.dueUntil()).toBeUndefined();
    expect(watch.release()).toBe(true);
    expect(watch.dueUntil()).toBe(now());
    expect(watch.release()).toBe(false);
  });

  test('and is put right meanwhile lets fall what is due by the right time', () => {
    const { watch, pass, jump, now } = start({ graceMs: 10 * hourMs });
    pass(minuteMs);
    jump(24 * hourMs);
    pass(minuteMs);
    expect(watch.dueUntil()).toBeUndefined();
    jump(-24 * hourMs);
    expect(watch.dueUntil()).toBe(now());
  });

  test('again meanwhile is one jump of both', () => {
    const { watch, pass, jump } = start();
    jump(hourMs);
    pass(1_000);
    jump(hourMs);
    expect(watch.dueUntil()).toBeUndefined();
    expect(watch.hold()?.jumpMs).toBe(2 * hourMs);
  });

  test('holds nothing where there is no grace', () => {
    const { watch, jump, now } = start({ graceMs: 0, lastSeenAt: startAt - hourMs });
    jump(hourMs);
    expect(watch.dueUntil()).toBe(now());
  });
});

describe('a start', () => {
  test('an hour after the newest time kept holds deadlines for the grace', () => {
    const { watch, pass, now } = start({ lastSeenAt: startAt - hourMs });
    expect(watch.dueUntil()).toBeUndefined();
    expect(watch.hold()?.jumpMs).toBe(hourMs);
    pass(minuteMs);
    expect(watch.dueUntil()).toBe(now());
  });

  test('a minute after it, or the very first one, holds nothing', () => {
    expect(start({ lastSeenAt: startAt - minuteMs }).watch.dueUntil()).toBe(startAt);
    expect(start().watch.dueUntil()).toBe(startAt);
  });
});

describe('a clock that goes back', () => {
  test('lets fall what guilds may have set at the newest time', () => {
    const { watch, pass, jump, now } = start();
    pass(minuteMs);
    const before = now();
    jump(-hourMs);
    const until = watch.dueUntil();
    expect(until).toBeGreaterThanOrEqual(before);
    expect(until).toBeLessThanOrEqual(before + minuteMs);
    pass(hourMs);
    expect(watch.dueUntil()).toBe(now());
  });

  test('between two runs does so too', () => {
    const { watch } = start({ lastSeenAt: startAt + hourMs });
    expect(watch.dueUntil()).toBe(startAt + hourMs + minuteMs);
    expect(watch.hold()).toBeUndefined();
  });
});

describe('the newest time', () => {
  test('is kept each minute and at the end', async () => {
    const { watch, pass, kept, now } = start();
    pass(3 * minuteMs + 1_000);
    await watch.stop();
    expect(kept.slice(0, -1).map((at) => Math.floor((at - startAt) / minuteMs))).toEqual([0, 1, 2, 3]);
    expect(kept.at(-1)).toBe(now());
  });

  test('is not one that is held', async () => {
    const { watch, pass, jump, kept } = start({ graceMs: hourMs });
    pass(minuteMs);
    jump(24 * hourMs);
    pass(5 * minuteMs);
    await watch.stop();
    expect(kept.length).toBeGreaterThan(0);
    expect(Math.max(...kept)).toBeLessThanOrEqual(startAt + minuteMs);
  });
});
