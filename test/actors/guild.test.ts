import { beforeEach, describe, expect, test } from 'vitest';
import { inboxRequestsMax } from '../../src/actors/guild.ts';
import type { Answer, Request } from '../../src/actors/request.ts';
import { type GuildId, guildId, memberId } from '../../src/kernel/ids.ts';
import { type Disks, freshDisks, type House, openHouse, reopened, startOfTime } from '../house/house.ts';
import { trial } from '../house/trial.ts';

const home = guildId('100000000000000001');
const elsewhere = guildId('100000000000000002');
const someone = memberId('200000000000000001');

let disks: Disks;
let house: House;
let serial = 0;

const open = async (): Promise<void> => {
  house = await openHouse(disks, { features: [trial] });
};
beforeEach(async () => {
  disks = freshDisks();
  await open();
});

const request = (operation: string, input: unknown, changes: Partial<Request> = {}): Request => {
  serial += 1;
  const found = house.registry.operations.get(operation);
  if (!found) throw new Error(`no operation ${operation}`);
  return {
    id: String((BigInt(house.clock.now - 1_420_070_400_000) << 22n) | BigInt(serial)),
    guild: home,
    member: someone,
    permissions: 0n,
    operation: found,
    input,
    deadlineMs: Number.MAX_SAFE_INTEGER,
    ...changes,
  };
};
const ask = (operation: string, input: unknown, changes?: Partial<Request>): Promise<Answer> =>
  house.directory.ask(request(operation, input, changes));
const add = (name: string, by: number, guild: GuildId = home): Promise<Answer> =>
  ask('trial.add', { name, by }, { guild });
const count = async (name: string, guild: GuildId = home): Promise<unknown> =>
  ((await ask('trial.look', { name, by: 0 }, { guild })) as { done: { count: number } }).done.count;

describe('one guild', () => {
  test('runs requests one after another: a thousand at once add up to a thousand', async () => {
    await Promise.all(Array.from({ length: 1000 }, () => add('a', 1)));
    expect(await count('a')).toBe(1000);
  });

  test('is invisible to another', async () => {
    await add('a', 5);
    expect(await count('a', elsewhere)).toBe(0);
  });

  test('a refusal leaves no trace', async () => {
    expect(await ask('trial.refuse', { name: 'a', by: 7 })).toEqual({ refused: 'trial.refused', with: { by: 7 } });
    expect(await count('a')).toBe(0);
  });

  test('a throw leaves no trace, is an incident with an id, and the next request runs', async () => {
    const answer = await ask('trial.throw', { name: 'a', by: 7 });
    const { errors = [] } = house.directory.figures(home) ?? {};
    expect(errors).toMatchObject([{ operation: 'trial.throw', message: 'a bug in a handler' }]);
    expect(answer).toEqual({ refused: 'core.bug', with: { incident: errors[0]?.incident } });
    expect(await count('a')).toBe(0);
    expect(await add('a', 2)).toMatchObject({ done: { count: 2 } });
  });

  test('a broken invariant is a bug and leaves no trace', async () => {
    await add('a', -12);
    expect(await add('b', -1)).toMatchObject({ refused: 'core.bug' });
    expect(await count('b')).toBe(0);
    expect(await add('b', 2)).toMatchObject({ done: { count: 2 } });
  });

  test('more rows than a collection may have are a bug of the feature', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await add(name, 1);
    expect(await add('f', 1)).toMatchObject({ refused: 'core.bug' });
    expect(await add('a', 1)).toMatchObject({ done: { count: 2 } });
  });

  test('a row changed in place fails at once', async () => {
    await add('a', 1);
    expect(await ask('trial.change-in-place', { name: 'a', by: 0 })).toMatchObject({ refused: 'core.bug' });
  });

  test('a transaction sees its own changes in pages, boards, totals and counts', async () => {
    for (const [name, by] of [
      ['a', 10],
      ['b', 20],
      ['c', 30],
    ] as const)
      await add(name, by);
    expect(await ask('trial.inside', { name: 'd', by: 25 })).toEqual({
      done: {
        page: [
          ['a', 10],
          ['c', 30],
          ['d', 25],
        ],
        newest: ['d', 'c'],
        top: [
          [['c'], 30],
          [['d'], 25],
          [['a'], 10],
        ],
        second: [[['d'], 25]],
        rank: 1,
        sum: 65n,
        rows: 3,
      },
    });
  });

  test('reactions run in the same operation, may refuse it, and must end', async () => {
    await add('echo', 3);
    expect(await count('echoed')).toBe(3);
    expect(await add('forbidden', 3)).toEqual({ refused: 'trial.forbidden', with: {} });
    expect(await count('forbidden')).toBe(0);
    expect(await add('endless', 3)).toMatchObject({ refused: 'core.bug' });
  });

  test('an extension point gives what the features answer, and the answers see the guild', async () => {
    await add('a', 3);
    expect(await ask('trial.ask', { name: 'a', by: 1 })).toEqual({ done: [3, -1] });
    expect(await ask('trial.ask', { name: 'silent', by: 1 })).toEqual({ done: [0] });
  });

  test.each([[null], ['text'], [{ name: 'a' }], [{ name: 'a', by: '1' }], [{ name: 'a', by: 1, more: 1 }]])(
    'fault 30: the input %j is a typed refusal',
    async (input) => {
      expect(await ask('trial.add', input)).toMatchObject({ refused: expect.stringMatching(/^core\.input\./) });
    },
  );
});

describe('redelivery', () => {
  test('faults 20 and 21: the same interaction gets the stored outcome and has no second effect', async () => {
    const once = request('trial.add', { name: 'a', by: 1 });
    const first = await house.directory.ask(once);
    expect(await house.directory.ask(once)).toEqual(first);
    expect(await count('a')).toBe(1);
  });

  test('at the same moment, too', async () => {
    const once = request('trial.add', { name: 'a', by: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => house.directory.ask(once)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count('a')).toBe(1);
  });

  test('a refusal delivered again stays a refusal, even when it would now succeed', async () => {
    await add('a', 12);
    const refused = request('trial.refuse', { name: 'b', by: 1 });
    const first = await house.directory.ask(refused);
    expect(await house.directory.ask(refused)).toEqual(first);
  });

  test('across a restart', async () => {
    const once = request('trial.add', { name: 'a', by: 1 });
    const first = await house.directory.ask(once);
    await house.stop();
    disks = reopened(disks);
    await open();
    expect(await house.directory.ask({ ...once, operation: request('trial.add', {}).operation })).toEqual(first);
    expect(await count('a')).toBe(1);
  });

  test('an interaction older than 15 minutes is refused', async () => {
    const old = request('trial.add', { name: 'a', by: 1 });
    house.clock.now = (startOfTime + 15 * 60_000 + 1) as House['clock']['now'];
    expect(await house.directory.ask(old)).toMatchObject({ refused: 'core.too-late' });
    expect(await count('a')).toBe(0);
  });

  test('fault 17: the guild’s time does not fall when the clock does', async () => {
    await add('a', 1);
    const later = request('trial.nothing', { name: 'a', by: 0 });
    house.clock.now = (startOfTime - 3_600_000) as House['clock']['now'];
    expect(await house.directory.ask(later)).toMatchObject({ done: { now: startOfTime } });
  });
});

describe('bounds', () => {
  test('a full inbox answers busy, and everything taken is answered', async () => {
    const answers = await Promise.all(Array.from({ length: inboxRequestsMax + 50 }, () => add('a', 1)));
    expect(answers.filter((answer) => 'refused' in answer)).toEqual(
      Array.from({ length: 50 }, () => ({ refused: 'core.busy', with: {} })),
    );
    expect(await count('a')).toBe(inboxRequestsMax);
  });

  test('a request past its deadline is dropped unexecuted', async () => {
    expect(await ask('trial.add', { name: 'a', by: 1 }, { deadlineMs: -1 })).toMatchObject({
      refused: 'core.too-late',
    });
    expect(await count('a')).toBe(0);
  });

  test('an idle guild leaves memory and comes back with its rows', async () => {
    await add('a', 4);
    await house.directory.settled();
    const { incarnation = 0 } = house.directory.figures(home) ?? {};
    expect(house.directory.evictIdle(0)).toBeGreaterThanOrEqual(1);
    expect(house.directory.actorsInMemory()).toBe(0);
    expect(house.directory.figures(home)).toBeUndefined();
    expect(await count('a')).toBe(4);
    expect(house.directory.figures(home)?.incarnation).toBeGreaterThan(incarnation);
  });

  test('guilds are looked at in turn, some at a time', async () => {
    const guilds = ['1', '2', '3', '4', '5'].map((digit) => `10000000000000000${digit}` as GuildId);
    const { directory } = house;
    await directory.settled();
    directory.evictIdle(0);
    expect(directory.actorsInMemory()).toBe(0);
    for (const guild of guilds) await ask('trial.add', { name: 'a', by: 1 }, { guild });
    await directory.settled();
    const left = (): readonly GuildId[] => guilds.filter((guild) => directory.figures(guild));
    // None is due to go, and these two have been looked at.
    expect(directory.evictIdle(60_000, 2)).toBe(0);
    expect(directory.evictIdle(0, 2)).toBe(2);
    expect(left()).toEqual([guilds[0], guilds[1], guilds[4]]);
    expect(directory.evictIdle(0, 2)).toBe(2);
    expect(left()).toEqual([guilds[1]]);
    expect(directory.evictIdle(0)).toBe(1);
    expect(directory.evictIdle(0, 2)).toBe(0);
  });

  test('a stopped directory refuses, after answering what it took', async () => {
    const taken = Array.from({ length: 100 }, () => add('a', 1));
    const stopped = house.directory.stop();
    expect(await add('a', 1)).toMatchObject({ refused: 'core.stopping' });
    await stopped;
    expect((await Promise.all(taken)).every((answer) => 'done' in answer)).toBe(true);
  });
});

describe('authority is checked when the operation runs (fault 42)', () => {
  test.each([
    ['trial.staff', 0n, { refused: 'core.only.staff', with: {} }],
    ['trial.staff', 1n << 5n, { done: undefined }],
    ['trial.staff', 1n << 3n, { done: undefined }],
    ['trial.owner', 1n << 3n, { refused: 'core.only.owner', with: {} }],
  ])('%s with permissions %d', async (operation, permissions, expected) => {
    expect(await ask(operation, { name: 'a', by: 0 }, { permissions })).toEqual(expected);
  });
});
