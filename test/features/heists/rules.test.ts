import { describe, expect, test } from 'vitest';
import {
  type Approach,
  amountOf,
  approaches,
  difficultyClass,
  difficultyOf,
  drawSpan,
  type Gear,
  type Role,
  rightPlaces,
  seenBelow,
  seenDraws,
  soloGain,
  teamGain,
  teamGear,
  unseenShare,
} from '../../../src/features/heists/rules.ts';
import { daysToSunday, localTime, nextSunday } from '../../../src/features/heists/sunday.ts';
import { drawTask, readAnswer } from '../../../src/features/heists/tasks.ts';
import type { Coins } from '../../../src/kernel/ids.ts';
import { seededRandom } from '../../../src/kernel/random.ts';

const coins = (amount: number): Coins => amount as Coins;

describe('amounts', () => {
  test.each([
    { named: 0, treasury: 1_001, most: 750, amount: 500 },
    { named: 0, treasury: 1_000, most: 100, amount: 100 },
    { named: 0, treasury: 1_000, most: 99, amount: undefined },
    { named: 100, treasury: 1_000, most: 750, amount: 100 },
    { named: 99, treasury: 1_000, most: 750, amount: undefined },
    { named: 751, treasury: 1_000, most: 750, amount: 750 },
    { named: 1_000_000_000_000_000, treasury: 1_333, most: 999, amount: 999 },
  ])('$named of $treasury, at most $most: $amount', ({ named, treasury, most, amount }) =>
    expect(amountOf(named, coins(treasury), coins(most))).toBe(amount),
  );
});

describe('difficulty', () => {
  test.each([
    { amount: 100, gear: {}, percent: 36, class: 'easy' },
    { amount: 166, gear: {}, percent: 39.96, class: 'easy' },
    { amount: 167, gear: {}, percent: 40.02, class: 'medium' },
    { amount: 500, gear: {}, percent: 60, class: 'medium' },
    { amount: 750, gear: {}, percent: 75, class: 'hard' },
    { amount: 1_000, gear: {}, percent: 90, class: 'hard' },
    { amount: 500, gear: { stealth: 2_000 }, percent: 50, class: 'medium' },
    { amount: 500, gear: { security: 5_000 }, percent: 45, class: 'medium' },
    { amount: 100, gear: { stealth: 9_000, security: 7_000 }, percent: 15, class: 'easy' },
  ])('of $amount in 1,000 with $gear: $percent %', ({ amount, gear, percent, class: kind }) => {
    const difficulty = difficultyOf(coins(amount), coins(1_000), gear);
    expect(difficulty).toBe(Math.round(percent * 100));
    expect(difficultyClass(difficulty)).toBe(kind);
  });
});

describe('gear', () => {
  test('of a team is 0.6 of all, at most 1.5 of the best single one', () => {
    const one = { sum: { stealth: 3_000, speed: 2_000 }, best: { stealth: 2_000, speed: 2_000 } };
    const other = { sum: { stealth: 4_000 }, best: { stealth: 3_000 } };
    expect(teamGear([one, other])).toEqual({ stealth: 4_200, speed: 1_200 });
    expect(teamGear([one, one, one, one, one])).toEqual({ stealth: 3_000, speed: 3_000 });
  });

  test.each<{ approach: Approach; gear: Gear; noise: readonly number[]; progress: readonly number[] }>([
    { approach: 'stealth', gear: {}, noise: [5, 15], progress: [15, 25] },
    { approach: 'stealth', gear: { stealth: 3_000, speed: 2_000 }, noise: [0, 9], progress: [17, 27] },
    { approach: 'stealth', gear: { stealth: 10_000 }, noise: [0, 0], progress: [15, 25] },
    { approach: 'fast', gear: {}, noise: [20, 35], progress: [30, 45] },
    { approach: 'fast', gear: { noise: 1_000, speed: 2_000 }, noise: [19, 34], progress: [34, 49] },
    { approach: 'tech', gear: {}, noise: [10, 20], progress: [20, 35] },
    { approach: 'tech', gear: { security: 5_000 }, noise: [0, 8], progress: [35, 50] },
    { approach: 'tech', gear: { progress: 1_500 }, noise: [10, 20], progress: [23, 40] },
  ])('$approach alone with $gear', ({ approach, gear, noise, progress }) => {
    const gain = soloGain(approach, gear);
    expect([gain.noise.least, gain.noise.most, gain.progress.least, gain.progress.most]).toEqual([
      ...noise,
      ...progress,
    ]);
  });

  test.each<{ role: Role; own: Gear; team: Gear; noise: readonly number[]; progress: readonly number[] }>([
    { role: 'leader', own: { speed: 5_000 }, team: { speed: 5_000 }, noise: [5, 15], progress: [25, 40] },
    { role: 'hacker', own: { security: 2_000 }, team: { security: 3_000 }, noise: [5, 15], progress: [39, 54] },
    { role: 'muscle', own: {}, team: { speed: 2_000 }, noise: [5, 15], progress: [28, 43] },
    { role: 'driver', own: { escape: 2_500 }, team: {}, noise: [5, 15], progress: [37, 52] },
    { role: 'scout', own: { stealth: 3_000 }, team: {}, noise: [0, 9], progress: [40, 55] },
  ])('a $role with $own in a team with $team', ({ role, own, team, noise, progress }) => {
    const gain = teamGain(role, own, team);
    expect([gain.noise.least, gain.noise.most, gain.progress.least, gain.progress.most]).toEqual([
      ...noise,
      ...progress,
    ]);
  });

  test.each<{ gear: Gear; approach: Approach; phase: number; unseen: number }>([
    { gear: {}, approach: 'fast', phase: 0, unseen: 0 },
    { gear: { stealth: 2_000, detection: 1_500, evasion: 2_000 }, approach: 'fast', phase: 0, unseen: 4_500 },
    { gear: { escape: 2_500 }, approach: 'fast', phase: 1, unseen: 0 },
    { gear: { escape: 2_500 }, approach: 'fast', phase: 2, unseen: 2_500 },
    { gear: { security: 5_000 }, approach: 'fast', phase: 1, unseen: 2_500 },
    { gear: { security: 5_000 }, approach: 'fast', phase: 2, unseen: 0 },
    { gear: { tech: 2_500 }, approach: 'tech', phase: 0, unseen: 2_500 },
    { gear: { tech: 2_500 }, approach: 'fast', phase: 0, unseen: 0 },
    { gear: { detection: 9_000 }, approach: 'tech', phase: 0, unseen: 6_000 },
  ])('$gear turn away $unseen in phase $phase', ({ gear, approach, phase, unseen }) =>
    expect(unseenShare(gear, approach, phase)).toBe(unseen),
  );
});

/** The exact chance that somebody alone who makes no mistake gets away with it. */
const chanceAlone = (approach: Approach, gear: Gear, difficulty: number): number => {
  const { noise: noises, progress: steps } = soloGain(approach, gear);
  const known = new Map<string, number>();
  const from = (phase: number, noise: number, progress: number): number => {
    const key = [phase, noise, progress].join();
    const before = known.get(key);
    if (before !== undefined) return before;
    let sum = 0;
    for (let more = noises.least; more <= noises.most; more += 1) {
      for (let step = steps.least; step <= steps.most; step += 1) {
        const heard = Math.min(100, noise + more);
        const unseen = 1 - seenBelow({ approach, phase, noise: heard, gear, difficulty }) / seenDraws;
        if (progress + step < 100) sum += unseen * from(phase, heard, progress + step);
        else sum += unseen * (phase === 2 ? 1 : from(phase + 1, Math.floor(heard / 2), 0));
      }
    }
    const chance = sum / ((noises.most - noises.least + 1) * (steps.most - steps.least + 1));
    known.set(key, chance);
    return chance;
  };
  return from(0, 0, 0);
};

describe('played alone without a mistake', () => {
  test.each<{ approach: Approach; bare: number; half: number }>([
    { approach: 'stealth', bare: 0.7, half: 0.84 },
    { approach: 'fast', bare: 0.6, half: 0.77 },
    { approach: 'tech', bare: 0.65, half: 0.81 },
  ])('$approach succeeds as the guide says: $bare, $half with R at a half', ({ approach, bare, half }) => {
    expect(Math.abs(chanceAlone(approach, {}, 5_000) - bare)).toBeLessThan(0.01);
    expect(Math.abs(chanceAlone(approach, { detection: 5_000 }, 5_000) - half)).toBeLessThan(0.01);
  });

  test('is harder the more is at stake, and never sure', () => {
    for (const approach of approaches) {
      expect(chanceAlone(approach, {}, 9_000)).toBeLessThan(chanceAlone(approach, {}, 1_500));
      expect(chanceAlone(approach, { detection: 9_000 }, 1_500)).toBeLessThan(1);
    }
  });
});

describe('a team without gear', () => {
  /** The chance of a team that fails each task with a chance, by simulation with a seed. */
  const simulate = (size: number, failing: number, runs: number): number => {
    const random = seededRandom(new Uint8Array(16));
    const role = (['leader', 'hacker', 'muscle', 'driver', 'scout'] as const).slice(0, size);
    let won = 0;
    for (let run = 0; run < runs; run += 1) won += Number(isWon());
    return won / runs;

    function isWon(): boolean {
      let noise = 0;
      for (let phase = 0; phase < 3; phase += 1) {
        let mistakes = 0;
        const progress = role.map(() => 0);
        while (progress.some((one) => one < 100)) {
          const who = progress.findIndex((one) => one < 100);
          if (random.int(1_000) < failing * 1_000) {
            mistakes += 1;
            noise += 20 * size;
            if (mistakes > 1) return false;
          } else {
            const gain = teamGain(role[who] ?? 'leader', {}, {});
            noise += drawSpan(gain.noise, random);
            progress[who] = (progress[who] ?? 0) + drawSpan(gain.progress, random);
          }
          if (noise >= 100 * size) return false;
        }
        noise = Math.floor(noise / 2);
      }
      return true;
    }
  };

  test.each([
    { size: 2, failing: 0, least: 0.98, most: 1 },
    { size: 5, failing: 0, least: 0.999, most: 1 },
    { size: 5, failing: 0.03, least: 0.65, most: 0.8 },
    { size: 3, failing: 0.05, least: 0.65, most: 0.8 },
    { size: 5, failing: 0.3, least: 0, most: 0.01 },
  ])('of $size that fails $failing of its tasks: $least to $most', ({ size, failing, least, most }) => {
    const won = simulate(size, failing, 500);
    expect(won).toBeGreaterThanOrEqual(least);
    expect(won).toBeLessThanOrEqual(most);
  });
});

describe('tasks', () => {
  const random = seededRandom(new Uint8Array(16).fill(7));
  const drawn = (kind: Parameters<typeof drawTask>[0]) => Array.from({ length: 400 }, () => drawTask(kind, random));

  test('of arithmetic are as they are written', () => {
    for (const { given, answer } of drawn('arithmetic')) {
      const [left = '', sign = '', right = ''] = given.split(' ');
      const [one, other] = [Number(left), Number(right)];
      const [least, most] = sign === '×' ? [5, 15] : [10, 50];
      for (const number of [one, other]) expect(number >= least && number <= most).toBe(true);
      expect(Number(answer)).toBe(sign === '+' ? one + other : sign === '×' ? one * other : one - other);
      expect(Number(answer)).toBeGreaterThanOrEqual(0);
    }
  });

  test('of digits add up', () => {
    for (const { given, answer } of drawn('sum')) {
      const digits = given.split(' ').map(Number);
      expect(digits).toHaveLength(4);
      expect(digits.every((digit) => digit >= 1 && digit <= 9)).toBe(true);
      expect(Number(answer)).toBe(digits.reduce((sum, digit) => sum + digit, 0));
    }
  });

  test('of locks tell the sum, and which digits are right in place', () => {
    for (const { given, answer } of drawn('lock')) {
      expect(answer).toMatch(/^[1-5]{3}$/);
      expect(Number(given)).toBe(Array.from(answer, Number).reduce((sum, digit) => sum + digit, 0));
    }
    expect(rightPlaces('123', '321')).toEqual([false, true, false]);
  });

  test('of patterns have the right one among eight, which stands anywhere', () => {
    const all = drawn('pattern');
    for (const { given, answer, choices } of all) {
      expect(given).toBe(answer);
      expect(new Set(choices).size).toBe(8);
      expect(choices).toContain(answer);
    }
    expect(new Set(all.map(({ answer, choices }) => choices.indexOf(answer))).size).toBe(8);
  });

  test('of reaction name one of four buttons', () => {
    for (const { answer, choices } of drawn('reaction')) {
      expect(choices.toSorted()).toEqual(['0', '1', '2', '3']);
      expect(choices).toContain(answer);
    }
  });

  test.each([
    ['sum', ' 17 ', '17'],
    ['sum', '017', '17'],
    ['sum', '+17', undefined],
    ['sum', '-1', undefined],
    ['sum', '1e1', undefined],
    ['sum', '1_7', undefined],
    ['sum', '١٧', undefined],
    ['sum', '²', undefined],
    ['sum', '', undefined],
    ['lock', '1 2-3', '123'],
    ['lock', '126', undefined],
    ['lock', '12', undefined],
    ['pattern', 'rrrr', 'rrrr'],
    ['pattern', 'r', undefined],
    ['pattern', 'yyyy', undefined],
  ] as const)('%s takes %j as %j', (kind, typed, read) =>
    expect(readAnswer({ kind, choices: ['rrrr', 'bbbb'] }, typed)).toBe(read),
  );
});

describe('Sundays', () => {
  test.each([
    { zone: 'UTC', at: '2026-08-01T23:59:59.999Z', date: '2026-08-01', days: 1, next: '2026-08-02T00:00:00.000Z' },
    { zone: 'UTC', at: '2026-08-02T00:00:00.000Z', date: '2026-08-02', days: 0, next: '2026-08-09T00:00:00.000Z' },
    { zone: 'UTC', at: '2026-08-03T00:00:00.000Z', date: '2026-08-03', days: 6, next: '2026-08-09T00:00:00.000Z' },
    {
      zone: 'Pacific/Kiritimati',
      at: '2026-08-01T10:00:00.000Z',
      date: '2026-08-02',
      days: 0,
      next: '2026-08-08T10:00:00.000Z',
    },
    {
      zone: 'America/New_York',
      at: '2026-08-02T03:59:00.000Z',
      date: '2026-08-01',
      days: 1,
      next: '2026-08-02T04:00:00.000Z',
    },
    // Clocks go forward on 29 March and back on 25 October, both Sundays.
    {
      zone: 'Europe/Paris',
      at: '2026-03-29T12:00:00.000Z',
      date: '2026-03-29',
      days: 0,
      next: '2026-04-04T22:00:00.000Z',
    },
    {
      zone: 'Europe/Paris',
      at: '2026-10-21T12:00:00.000Z',
      date: '2026-10-21',
      days: 4,
      next: '2026-10-24T22:00:00.000Z',
    },
    {
      zone: 'Europe/Paris',
      at: '2026-10-25T12:00:00.000Z',
      date: '2026-10-25',
      days: 0,
      next: '2026-10-31T23:00:00.000Z',
    },
  ])('in $zone at $at', ({ zone, at, date, days, next }) => {
    const now = Date.parse(at);
    expect(localTime(zone, now).date).toBe(date);
    expect(daysToSunday(zone, now)).toBe(days);
    expect(new Date(nextSunday(zone, now)).toISOString()).toBe(next);
  });
});
