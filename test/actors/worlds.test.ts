import { beforeEach, describe, expect, test } from 'vitest';
import { epochMs, marketRealm } from '../../src/kernel/ids.ts';
import { clockwork, hours } from '../house/clockwork.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../house/people.ts';

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [clockwork()] });
});

const publish = (hour: number): Promise<unknown> => it.run('clockwork.publish', { hour }, { guild: marketRealm });
const hourIn = (guild = home): Promise<unknown> => it.ask('clockwork.hour', {}, guild);
const version = (number: number, hour: number) => ({
  name: hours.name,
  view: { version: number, at: epochMs(number), value: { hour } },
});

describe('a world', () => {
  test('is its initial value before the first publication', async () => {
    expect(await hourIn()).toEqual({ done: { version: 0, hour: -1 } });
    expect(it.house().directory.worldsSeen(home)).toEqual({});
    expect(it.house().directory.worldsSeen(elsewhere)).toBeUndefined();
  });

  test('reaches every live guild when it is published, and guilds that start later', async () => {
    await hourIn();
    await publish(7);
    await publish(8);
    expect(it.house().directory.worldsSeen(home)).toEqual({ 'clockwork.hours': 2 });
    expect(await hourIn()).toEqual({ done: { version: 2, hour: 8 } });
    expect(await hourIn(elsewhere)).toEqual({ done: { version: 2, hour: 8 } });
    expect(it.house().directory.figures(home)?.worlds).toEqual({
      versions: { 'clockwork.hours': 2 },
      gaps: 0,
      repeats: 0,
    });
  });

  test('is no other before its publication is durable', async () => {
    await hourIn();
    it.disks().files.holdSyncs();
    const published = publish(7);
    for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(it.house().directory.worldsSeen(home)).toEqual({});
    it.disks().files.releaseSyncs();
    await published;
    expect(it.house().directory.worldsSeen(home)).toEqual({ 'clockwork.hours': 1 });
  });

  test('is not published when the disk breaks', async () => {
    it = await inhabit({ features: [clockwork()], onError: () => undefined });
    await hourIn();
    it.disks().files.failWrite(1, 'EIO');
    expect(await publish(7)).toMatchObject({ refused: 'core.storage-failed' });
    expect(it.house().directory.worldsSeen(home)).toEqual({});
  });

  test('is there after a restart, before anybody asked the market', async () => {
    await publish(7);
    await it.crash();
    expect(await hourIn()).toEqual({ done: { version: 1, hour: 7 } });
    await publish(8);
    expect(await hourIn()).toEqual({ done: { version: 2, hour: 8 } });
  });

  test('can be published by the market alone', async () => {
    expect(await it.run('clockwork.publish', { hour: 1 })).toMatchObject({ refused: 'core.bug' });
    expect(await hourIn()).toEqual({ done: { version: 0, hour: -1 } });
  });
});

describe('fault 57: on its way to a guild', () => {
  test('a version that comes again, or late, is ignored', async () => {
    await hourIn();
    const { directory } = it.house();
    directory.hear(version(1, 1));
    directory.hear(version(2, 2));
    directory.hear(version(2, 99));
    directory.hear(version(1, 98));
    expect(await hourIn()).toEqual({ done: { version: 2, hour: 2 } });
    expect(await hourIn(elsewhere)).toEqual({ done: { version: 2, hour: 2 } });
    expect(directory.figures(home)?.worlds).toMatchObject({ gaps: 0, repeats: 2 });
  });

  test('a version that is lost is a gap, and the next one stands', async () => {
    await hourIn();
    const { directory } = it.house();
    directory.hear(version(1, 1));
    directory.hear(version(4, 4));
    expect(await hourIn()).toEqual({ done: { version: 4, hour: 4 } });
    expect(directory.figures(home)?.worlds).toMatchObject({ gaps: 2, repeats: 0 });
  });

  test('a guild waits for no version, however many requests it has', async () => {
    const asked = Array.from({ length: 500 }, () => hourIn());
    it.house().directory.hear(version(1, 1));
    expect(new Set((await Promise.all(asked)).map((answer) => JSON.stringify(answer))).size).toBeLessThanOrEqual(2);
    expect(it.house().directory.worldsSeen(home)).toEqual({ 'clockwork.hours': 1 });
  });
});
