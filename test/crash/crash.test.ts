import { expect, test } from 'vitest';
import { crash } from '../../crash/crash.ts';

// `npm run crash -- --kills 100` is the long one.
test.skipIf(process.platform !== 'linux')(
  'SIGKILL at six moments: all that was answered is on the disk, and nothing that nobody asked for',
  { timeout: 120_000 },
  async () => {
    const kills = 6;
    const { lost, created, refusals, answers, linesRead, ...report } = await crash({
      kills,
      seed: 7,
      say: () => undefined,
    });
    expect(lost).toEqual([]);
    expect(created).toEqual([]);
    expect(refusals).toBe(0);
    expect([...report.kills.values()].reduce((sum, { bot, everything }) => sum + bot + everything, 0)).toBe(kills);
    expect(answers).toBeGreaterThan(0);
    expect(linesRead).toBeGreaterThan(0);
  },
);
