// The drill: back up under load, destroy, restore, compare; to a point in time; one server alone.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextTurn } from '../../src/storage/folders.ts';
import { headKey } from '../../src/storage/row-keys.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';
import { dayMs, guild, hourMs, Installation, member, type Running, rowsOf } from './installation.ts';

const guilds = [1, 2, 3].map(guild);
const people = [1, 2, 3, 4, 5].map(member);
const [alice, bob, carol] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];

let house: Installation;
let bot: Running | undefined;

beforeEach(async () => {
  house = await Installation.make();
  bot = await house.start();
});
afterEach(async () => {
  await bot?.stop();
  await house.remove();
});

const running = (): Running => {
  if (bot === undefined) throw new Error('no bot runs');
  return bot;
};
const stop = async (): Promise<void> => {
  await bot?.stop();
  bot = undefined;
};
const inhabit = async (): Promise<void> => {
  for (const one of guilds) for (const who of people) await running().ask(one, who, 'economy.daily');
};
const pay = (where: (typeof guilds)[0] | undefined, from = alice, to = bob, amount = '1') =>
  running().ask(where ?? guild(1), from, 'economy.pay', { member: { id: to, bot: false, present: true }, amount });
const rows = (): readonly string[] => rowsOf(running(), guilds);
/** Without what only the runtime itself keeps. */
const features = (): readonly string[] => rows().filter((row) => !/^\d+ core\./.test(row));
/** Has people ask and ask for as long as something else takes. */
const underLoad = async <T>(ask: () => Promise<void>, work: () => Promise<T>): Promise<T> => {
  const over = new AbortController();
  const load = (async () => {
    while (!over.signal.aborted) {
      house.pass(1);
      await ask();
      await nextTurn();
    }
  })();
  try {
    return await work();
  } finally {
    over.abort();
    await load;
  }
};
const backups = (): string => join(house.data, 'backups');

describe('a backup', () => {
  test('taken under load is restored to what was answered before it, and nothing is half there', async () => {
    await inhabit();
    const bookings = (): number => rows().filter((row) => row.includes(' economy.booking ')).length;
    let asked = 0;
    const askAll = async (): Promise<void> => {
      asked += 1;
      const [from, to] = asked % 2 === 0 ? [bob, alice] : [alice, bob];
      for (const answer of await Promise.all(guilds.map((one) => pay(one, from, to)))) {
        expect(answer).toHaveProperty('done');
      }
    };
    for (let count = 0; count < 10; count += 1) await askAll();
    const answeredBefore = bookings();
    const said = await underLoad(askAll, () => house.run('backup'));
    const answeredAfter = bookings();
    expect(answeredAfter).toBeGreaterThan(answeredBefore);
    expect(said[0]).toMatch(/^Backed up 3 servers \(\d+ rows, [\d.]+ (KiB|MiB)\) in [\d.]+ s: /);
    await stop();
    const saved = join(house.home, 'saved');
    await rename(backups(), saved);
    await rm(house.data, { recursive: true });
    const restored = await house.run('restore', '--from', saved);
    expect(restored[0]).toMatch(/^Restored \d+ rows and \d+ later operations as of .* in [\d.]+ s: /);
    // Conservation, boards, and every row against the journal.
    expect(await house.run('verify')).toContainEqual(expect.stringMatching(/^Checked 3 servers and \d+ rows in/));
    bot = await house.start();
    expect(bookings()).toBeGreaterThanOrEqual(answeredBefore);
    expect(bookings()).toBeLessThanOrEqual(answeredAfter);
    expect(await pay(guild(1), carol, bob)).toHaveProperty('done');
  });

  test('of a quiet bot is restored row for row, with its boards, and goes on', async () => {
    await inhabit();
    await pay(guild(2), alice, bob, '7');
    await house.run('backup');
    const before = rows();
    await pay(guild(2), bob, carol, '9');
    await stop();
    await house.run('restore', '--from', backups(), '--to', join(house.home, 'other'));
    bot = await house.start(join(house.home, 'other'));
    expect(rows()).toEqual(before);
    expect(await pay(guild(2))).toHaveProperty('done');
    expect(rows()).not.toEqual(before);
  });

  test('is the same without a bot', async () => {
    await inhabit();
    const before = rows();
    await stop();
    await house.run('backup', '--to', join(house.home, 'elsewhere'));
    await house.run('restore', '--from', join(house.home, 'elsewhere'), '--to', join(house.home, 'other'));
    bot = await house.start(join(house.home, 'other'));
    expect(rows()).toEqual(before);
  });

  test('that is damaged or was cut short is refused in one line, whichever file it is', async () => {
    await inhabit();
    await house.run('backup');
    await stop();
    const [name = ''] = await readdir(backups());
    const folder = join(backups(), name);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files).toHaveLength(4);
    for (const file of files) {
      const good = await readFile(file);
      for (const bad of [
        good.subarray(0, -2),
        Buffer.concat([good.subarray(0, 40), Buffer.from('!'), good.subarray(41)]),
      ]) {
        await writeFile(file, bad);
        const attempt = house.run('restore', '--from', folder, '--to', join(house.home, 'other'));
        await expect(attempt).rejects.toThrow(/^.*is a damaged backup.*Nothing was changed\.$/);
      }
      await writeFile(file, good);
    }
    await rename(folder, `${folder}.unfinished`);
    await expect(
      house.run('restore', '--from', `${folder}.unfinished`, '--to', join(house.home, 'other')),
    ).rejects.toThrow(/cut short/);
    await expect(house.run('restore', '--from', backups(), '--to', join(house.home, 'other'))).rejects.toThrow(
      /no backup/,
    );
    expect(await readdir(house.home)).toEqual(['data']);
  });

  test('that was killed, and a command that was, leave nothing for longer than the next start', async () => {
    await inhabit();
    await house.run('backup');
    const [name = ''] = await readdir(backups());
    await stop();
    await mkdir(join(backups(), `${name}.unfinished`));
    await mkdir(join(house.data, `work-${randomUUID()}`));
    bot = await house.start();
    expect(await readdir(backups())).toEqual([name]);
    expect((await readdir(house.data)).filter((one) => one.startsWith('work-'))).toEqual([]);
  });

  test('expires with the history, and only what is a backup goes', async () => {
    await inhabit();
    await house.run('backup');
    await mkdir(join(backups(), 'mine'));
    house.pass(29 * dayMs);
    await house.run('backup');
    await running().upkeep.run();
    expect(await readdir(backups())).toHaveLength(3);
    house.pass(1.5 * dayMs);
    await running().upkeep.run();
    expect((await readdir(backups())).filter((name) => name !== 'mine')).toHaveLength(1);
    expect(await readdir(backups())).toContain('mine');
  });
});

describe('a point in time', () => {
  /** Three days with a backup on the first, the journal renewed each day. */
  const live = async (): Promise<{ readonly at: string; readonly rows: readonly string[] }[]> => {
    const points: { readonly at: string; readonly rows: readonly string[] }[] = [];
    await inhabit();
    await house.run('backup');
    for (let day = 0; day < 3; day += 1) {
      house.pass(dayMs);
      await running().fall();
      await pay(guild(1), alice, bob, String(day + 1));
      await pay(guild(2), bob, carol, String(day + 1));
      points.push({ at: house.at(), rows: rows() });
      house.pass(1);
      await running().upkeep.run();
    }
    return points;
  };

  test('between backups comes from the history, for all servers', async () => {
    const points = await live();
    expect((await readdir(join(house.data, 'archive'))).length).toBeGreaterThanOrEqual(2);
    await stop();
    for (const [index, point] of points.entries()) {
      const to = join(house.home, `restored-${index}`);
      await house.run('restore', '--from', backups(), '--at', point.at, '--to', to);
      bot = await house.start(to);
      expect(rows()).toEqual(point.rows);
      await stop();
    }
  });

  test('is refused outside history: before the first backup, in the future, and behind a gap', async () => {
    await live();
    await stop();
    const to = ['--to', join(house.home, 'other')];
    const attempt = (at: string): Promise<unknown> => house.run('restore', '--from', backups(), '--at', at, ...to);
    await expect(attempt('2026-07-01T00:00:00Z')).rejects.toThrow(/outside history: the oldest backup/);
    await expect(attempt('2030-07-01T00:00:00Z')).rejects.toThrow(/outside history: it is not over/);
    const [, gap = ''] = await readdir(join(house.data, 'archive'));
    await rm(join(house.data, 'archive', gap));
    await expect(attempt(house.at())).rejects.toThrow(/outside history, which goes up to/);
    expect(await readdir(house.home)).toEqual(['data']);
  });

  test('needs whole segments: one that is cut off is found', async () => {
    await live();
    await stop();
    const [first = ''] = await readdir(join(house.data, 'archive'));
    const path = join(house.data, 'archive', first);
    await truncate(path, (await stat(path)).size - 3);
    const attempt = house.run('restore', '--from', backups(), '--at', house.at(), '--to', join(house.home, 'other'));
    await expect(attempt).rejects.toThrow(/cut off/);
  });

  test('a restored store begins a history of its own, in which the other timeline has no part', async () => {
    const [first, second] = await live();
    await stop();
    const to = join(house.home, 'restored');
    await house.run('restore', '--from', backups(), '--at', first?.at ?? '', '--to', to);
    bot = await house.start(to);
    await pay(guild(1), alice, bob, '5');
    await stop();
    const attempt = house.run(
      'restore',
      '--from',
      backups(),
      '--at',
      second?.at ?? '',
      '--history',
      to,
      '--to',
      `${to}2`,
    );
    await expect(attempt).rejects.toThrow(/not the one/);
  });
});

describe('one server', () => {
  test('goes back while the bot runs, in one operation, and the others do not notice', async () => {
    await inhabit();
    await running().ask(guild(1), alice, 'purse.poll', { voters: [bob] });
    await house.run('backup');
    house.pass(hourMs);
    // Between the operations that are restored there are those of others.
    await pay(guild(2), alice, bob, '2');
    await pay(guild(1), alice, bob, '3');
    const then = features().filter((row) => row.startsWith(guild(1)));
    const at = house.at();
    house.pass(hourMs);
    await pay(guild(1), bob, alice, '20');
    await running().ask(guild(1), carol, 'purse.poll', { voters: [] });
    await pay(guild(2), alice, bob, '4');
    const others = rows().filter((row) => !row.startsWith(guild(1)));
    const now = rows();
    const args = ['restore-guild', '--from', backups(), '--guild', guild(1), '--at', at] as const;

    const wouldBe = await house.run(...args, '--dry-run');
    expect(wouldBe).toContainEqual(expect.stringMatching(/^economy\.account: 0 added, 2 changed, 0 removed$/));
    expect(wouldBe).toContainEqual(expect.stringMatching(/^purse\.poll: 0 added, 0 changed, 1 removed$/));
    expect(wouldBe).toContainEqual(expect.stringMatching(new RegExp(`^member ${alice}: \\d+ coins now, \\d+ then$`)));
    expect(wouldBe.at(-1)).toMatch(/would change 4 rows. Nothing was changed\.$/);
    expect(rows()).toEqual(now);

    const before = running().store.figures().durablePosition;
    expect((await house.run(...args)).at(-1)).toMatch(
      /^Restored server \d+ to .*: 4 rows changed of \d+, in [\d.]+ s\.$/,
    );
    expect(running().store.figures().durablePosition).toBe(before + 1);
    expect(features().filter((row) => row.startsWith(guild(1)))).toEqual(then);
    expect(rows().filter((row) => !row.startsWith(guild(1)))).toEqual(others);
    expect(await pay(guild(1))).toHaveProperty('done');
    await stop();
    await house.run('verify');
  });

  test('keeps what is of the present: effects that ended, and the timers of the runtime; timers of features go back', async () => {
    const core = (name: string): readonly string[] => rows().filter((row) => row.includes(` ${name} `));
    await inhabit();
    await running().directory.settled();
    house.pass(1);
    const before = house.at();
    house.pass(1);
    house.outside = { later: hourMs };
    await running().ask(guild(1), alice, 'purse.remind');
    await running().directory.settled();
    expect(core('core.outbox')).toHaveLength(2);
    expect(core('core.timer').filter((row) => row.includes('purse.remind-now'))).toHaveLength(2);
    await house.run('backup');
    const then = house.at();
    house.outside = { failed: 'gone' };
    house.pass(2 * hourMs);
    await running().fall();
    await running().tell(guild(1), 'core.member-left', { member: carol });
    expect(core('core.outbox')).toEqual([]);
    const timers = core('core.timer');

    await house.run('restore-guild', '--from', backups(), '--guild', guild(1), '--at', then);
    expect(core('core.outbox')).toEqual([]);
    expect(core('core.timer')).toEqual(timers);
    expect(core('core.departure')).toHaveLength(1);
    await expect(house.run('restore-guild', '--from', backups(), '--guild', guild(1), '--at', before)).rejects.toThrow(
      /outside history/,
    );

    await running().ask(guild(1), bob, 'purse.remind');
    await running().directory.settled();
    const more = core('core.timer');
    expect(more.length).toBeGreaterThan(timers.length);
    house.pass(1);
    await house.run('restore-guild', '--from', backups(), '--guild', guild(1), '--at', then);
    expect(core('core.timer')).toEqual(timers);
  });

  test('goes back without a bot, and what was restored is itself in the history', async () => {
    await inhabit();
    await house.run('backup');
    house.pass(hourMs);
    await pay(guild(1), alice, bob, '3');
    const at = house.at();
    const mistaken = features();
    house.pass(hourMs);
    await stop();
    const start = new Date(house.clock.now - 2 * hourMs).toISOString();
    await house.run('restore-guild', '--from', backups(), '--guild', guild(1), '--at', start);
    house.pass(hourMs);
    await house.run('restore-guild', '--from', backups(), '--guild', guild(1), '--at', at);
    bot = await house.start();
    expect(features()).toEqual(mistaken);
  });

  test('goes back while its members are at it: every answer is durable before or undone after', async () => {
    await inhabit();
    await house.run('backup');
    house.pass(1000);
    let refused = 0;
    const over = new AbortController();
    // Whoever has an answer asks again at once: something of the server is on its way at any time.
    const askOn = async (...who: readonly [where: (typeof guilds)[0], from: typeof alice, to: typeof bob]) => {
      while (!over.signal.aborted) {
        const answer = await pay(...who);
        if ('refused' in answer && answer.refused.startsWith('core.')) refused += 1;
      }
    };
    const members = [askOn(guild(1), alice, bob), askOn(guild(1), bob, alice), askOn(guild(2), alice, bob)];
    const restored = house.run('restore-guild', '--from', backups(), '--guild', guild(1)).finally(() => over.abort());
    const said = await underLoad(nextTurn, () => restored);
    await Promise.all(members);
    expect(refused).toBe(0);
    expect(said.at(-1)).toMatch(/^Restored server/);
    expect(running().directory.quarantines()).toEqual([]);
    await stop();
    await house.run('verify');
  });

  test('that cannot be read any more is put back while no bot runs, and its history goes on', async () => {
    await inhabit();
    await house.run('backup');
    house.pass(hourMs);
    await pay(guild(1), alice, bob, '3');
    const at = house.at();
    const then = features();
    house.pass(hourMs);
    await pay(guild(1), alice, bob, '5');
    await stop();
    const damaged = await openLmdbRows({ folder: join(house.data, 'rows') });
    await damaged.write([{ key: headKey(guild(1)), value: Buffer.from([1, 2, 3]) }]);
    await damaged.close();
    const args = ['restore-guild', '--from', backups(), '--guild', guild(1), '--at', at] as const;
    bot = await house.start();
    await expect(house.run(...args)).rejects.toThrow(/cannot be read: stop the bot/);
    await stop();
    await expect(house.run('verify')).rejects.toThrow(/problem/);
    expect((await house.run(...args, '--dry-run')).at(-1)).toMatch(/would change .* Nothing was changed/);
    await expect(house.run('verify')).rejects.toThrow(/problem/);
    house.pass(1000);
    expect((await house.run(...args)).join(' ')).toMatch(/cannot be read: .* Restored server .* Backed up 3 servers/);
    await house.run('verify');
    bot = await house.start();
    expect(features()).toEqual(then);
    house.pass(hourMs);
    expect(await pay(guild(1), alice, bob, '1')).toHaveProperty('done');
    const later = features();
    await stop();
    const to = join(house.home, 'other');
    await house.run('restore', '--from', backups(), '--at', house.at(), '--to', to);
    bot = await house.start(to);
    expect(features()).toEqual(later);
  });
});
