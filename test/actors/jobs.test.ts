import { describe, expect, test } from 'vitest';
import { epochMs, marketRealm } from '../../src/kernel/ids.ts';
import type { Job } from '../../src/kernel/job.ts';
import { clockwork } from '../house/clockwork.ts';
import { jobs } from '../house/jobs.ts';
import { elsewhere, type Inhabited, inhabit } from '../house/people.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Noon of 15 January 2026, UTC. */
const open = async (...declared: readonly Job[]): Promise<Inhabited> => {
  const it = await inhabit({ features: [clockwork(...declared)] });
  await it.ask('clockwork.mend');
  return it;
};
const jobNotes = async (it: Inhabited): Promise<readonly string[]> => (await it.look()).notes;

describe('a job', () => {
  test('is planned by a guild’s first change, runs at its times, and once each', async () => {
    const it = await open(jobs.daily);
    expect((await it.look()).jobs).toEqual({
      'clockwork.daily': { schedule: '0 9 * * * UTC', nextAt: Date.UTC(2026, 0, 16, 9) },
    });
    await it.wait(21 * hourMs - 1);
    expect(await jobNotes(it)).toEqual([]);
    await it.wait(1);
    await it.wait(hourMs);
    await it.wait(dayMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-16 09:00 0', 'daily 2026-01-17 09:00 0']);
    expect((await it.look()).jobs).toMatchObject({
      'clockwork.daily': { nextAt: Date.UTC(2026, 0, 18, 9), lastDate: '2026-01-17' },
    });
  });

  test('is not planned where nobody changes anything', async () => {
    const it = await open(jobs.daily);
    expect((await it.look(elsewhere)).jobs).toEqual({});
  });

  test('fault 49: runs missed while the bot was down are made up for by one, which knows how many there were', async () => {
    const it = await open(jobs.daily);
    await it.wait(dayMs);
    it.skip(5 * dayMs);
    await it.crash();
    await it.fall();
    await it.fall();
    expect(await jobNotes(it)).toEqual(['daily 2026-01-16 09:00 0', 'daily 2026-01-21 09:00 4']);
    await it.wait(dayMs);
    expect((await jobNotes(it)).at(-1)).toBe('daily 2026-01-22 09:00 0');
  });

  test('fault 49: runs that are too late to be of use are left out, the others run each', async () => {
    const it = await open(jobs.hourly);
    await it.wait(5 * hourMs);
    expect(await jobNotes(it)).toEqual(['hourly 2026-01-15 15:30 0', 'hourly 2026-01-15 16:30 0']);
    await it.wait(40 * 60_000);
    expect((await jobNotes(it)).at(-1)).toBe('hourly 2026-01-15 17:30 0');
    expect(await jobNotes(it)).toHaveLength(3);
  });

  test('all of whose missed runs are too late waits for the next time', async () => {
    const it = await open({ ...jobs.hourly, missed: { skip: { lateMs: 60_000 } } });
    await it.wait(10 * dayMs);
    expect(await jobNotes(it)).toEqual([]);
    expect((await it.look()).jobs).toMatchObject({
      'clockwork.hourly': { nextAt: Date.UTC(2026, 0, 25, 12, 30) },
    });
    await it.wait(30 * 60_000);
    expect(await jobNotes(it)).toEqual(['hourly 2026-01-25 12:30 0']);
  });

  test('follows the guild’s time zone from the operation on that changes it', async () => {
    const it = await open(jobs.daily);
    await it.ask('core.settings.set', { key: 'core.timezone', value: 'America/New_York' });
    expect((await it.look()).jobs).toMatchObject({
      'clockwork.daily': { schedule: '0 9 * * * America/New_York', nextAt: Date.UTC(2026, 0, 15, 14) },
    });
    await it.wait(2 * hourMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-15 14:00 0']);
  });

  test('fault 50: does not run twice for a date, though the zone brings it again', async () => {
    const it = await open(jobs.daily);
    await it.ask('core.settings.set', { key: 'core.timezone', value: 'Asia/Tokyo' });
    await it.wait(13 * hourMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-16 00:00 0']);
    await it.ask('core.settings.set', { key: 'core.timezone', value: 'America/New_York' });
    await it.wait(14 * hourMs);
    expect(await jobNotes(it)).toHaveLength(1);
    await it.wait(dayMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-16 00:00 0', 'daily 2026-01-17 14:00 0']);
  });

  test('fault 50: does not run for a date before the last one, where the zone brings that again', async () => {
    const it = await open({ ...jobs.daily, pattern: '0 1,12 * * *' });
    await it.ask('core.settings.set', { key: 'core.timezone', value: 'Asia/Tokyo' });
    await it.wait(4 * hourMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-16 16:00 0']);
    await it.ask('core.settings.set', { key: 'core.timezone', value: 'America/New_York' });
    await it.wait(hourMs);
    expect((await it.look()).jobs).toMatchObject({ 'clockwork.daily': { nextAt: Date.UTC(2026, 0, 16, 6) } });
    expect(await jobNotes(it)).toHaveLength(1);
  });

  test('fault 50: does not run twice for a date, though its pattern names it twice or its time was moved', async () => {
    const it = await open({ ...jobs.daily, pattern: '0 9,15 * * *' });
    await it.wait(4 * hourMs);
    await it.wait(20 * hourMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-15 15:00 0', 'daily 2026-01-16 09:00 0']);
    await it.wait(hourMs * 4);
    expect(await jobNotes(it)).toHaveLength(2);
    await it.crash({ features: [clockwork({ ...jobs.daily, pattern: '0 20 * * *' })] });
    await it.ask('clockwork.mend');
    await it.wait(10 * hourMs);
    expect(await jobNotes(it)).toHaveLength(2);
  });

  test('fault 50: the clock set back brings no run again', async () => {
    const it = await open({ ...jobs.hourly, missed: 'once' });
    await it.wait(hourMs);
    const before = await jobNotes(it);
    it.skip(-2 * hourMs);
    await it.fall();
    await it.wait(2 * hourMs);
    expect(await jobNotes(it)).toEqual(before);
    await it.wait(hourMs);
    expect(await jobNotes(it)).toHaveLength(before.length + 1);
  });

  test('that fails is tried again for the same date, and its next time comes all the same', async () => {
    const it = await inhabit({ features: [clockwork(jobs.faulty)] });
    await it.ask('clockwork.set', { task: 'strike', key: 'x', inMs: 1e12 });
    await it.wait(dayMs);
    expect(await it.look()).toMatchObject({
      notes: [],
      timers: [
        { operation: 'clockwork.faulty', attempts: 1 },
        { operation: 'clockwork.strike' },
        { operation: 'core.run-job', at: Date.UTC(2026, 0, 17, 9) },
      ],
    });
    await it.ask('clockwork.mend');
    await it.wait(60_000);
    await it.wait(dayMs);
    expect(await jobNotes(it)).toEqual(['faulty 2026-01-16 09:00 0', 'faulty 2026-01-17 09:00 0']);
  });

  test('with another pattern in the next version runs by that', async () => {
    const it = await open(jobs.daily);
    await it.crash({ features: [clockwork({ ...jobs.daily, pattern: '0 13 * * *' })] });
    await it.ask('clockwork.mend');
    await it.wait(2 * hourMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-15 13:00 0']);
  });

  test('that nobody declares any more runs no more, and runs again when it is back', async () => {
    const it = await open(jobs.daily);
    await it.crash({ features: [clockwork()] });
    await it.wait(dayMs);
    expect(await it.look()).toMatchObject({ notes: [], timers: [] });
    await it.crash({ features: [clockwork(jobs.daily)] });
    await it.ask('clockwork.mend');
    await it.wait(dayMs);
    expect(await jobNotes(it)).toEqual(['daily 2026-01-17 09:00 0']);
  });

  test('of the market runs there alone, without anybody asking the market anything', async () => {
    const it = await open(jobs.lax);
    await it.house().directory.settled();
    await it.wait(dayMs);
    expect((await it.look()).jobs).toEqual({});
    expect(await it.look(marketRealm)).toMatchObject({
      notes: ['lax 2026-01-16 09:00 0'],
      jobs: { 'clockwork.lax': { lastDate: '2026-01-16' } },
    });
  });

  test('with a pattern that never comes is found at the start', async () => {
    await expect(open({ ...jobs.daily, pattern: '0 0 30 2 *' })).rejects.toThrow('30 2');
  });

  test('planned for the millisecond of the operation itself is planned for the next time', async () => {
    const it = await inhabit({ features: [clockwork(jobs.daily)], startAt: epochMs(Date.UTC(2026, 0, 15, 9)) });
    await it.ask('clockwork.mend');
    expect((await it.look()).jobs).toMatchObject({ 'clockwork.daily': { nextAt: Date.UTC(2026, 0, 16, 9) } });
  });
});
