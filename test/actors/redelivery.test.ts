// An interaction that Discord delivers again, in a guild whose clock was wrong for a while in between.
import { expect, test } from 'vitest';
import type { Answer } from '../../src/actors/request.ts';
import { epochMs, guildId, memberId } from '../../src/kernel/ids.ts';
import { mutation } from '../../src/kernel/operation.ts';
import { options } from '../../src/kernel/option.ts';
import { done } from '../../src/kernel/outcome.ts';
import { freshDisks, openHouse, startOfTime } from '../house/house.ts';
import { add, counters, trial } from '../house/trial.ts';

const guild = guildId('100000000000000001');
const member = memberId('200000000000000001');
const minuteMs = 60_000;
const discordEpochMs = 1_420_070_400_000;
const idAt = (at: number, serial: number): string => String((BigInt(at - discordEpochMs) << 22n) | BigInt(serial));

/** A house where each interaction adds one. */
const openTrial = async () => {
  const house = await openHouse(freshDisks(), { alone: true, features: [trial] });
  const operation = house.registry.operations.get(add.name) ?? expect.unreachable();
  const ask = (id: string): Promise<Answer> =>
    house.directory.ask({
      id,
      guild,
      member,
      permissions: 0n,
      operation,
      input: { name: 'a', by: 1 },
      deadlineMs: Number.MAX_SAFE_INTEGER,
    });
  return { house, ask };
};

test('is not run a second time when the clock was put forward and back meanwhile', async () => {
  const { house, ask } = await openTrial();
  const count = (): unknown => {
    house.directory.evictIdle(0);
    const state = house.store.open(guild);
    const row = state.row(counters, 'a');
    house.store.close(state);
    return row;
  };

  const first = idAt(startOfTime, 1);
  const answer = await ask(first);
  expect(answer).toHaveProperty('done');
  house.clock.now = epochMs(startOfTime + 20 * minuteMs);
  expect(await ask(idAt(startOfTime + 1_000, 2))).toMatchObject({ refused: 'core.too-late' });
  expect(await ask(idAt(startOfTime + 10 * minuteMs, 3))).toHaveProperty('done');
  house.clock.now = epochMs(startOfTime + 11 * minuteMs);
  expect(await ask(first)).toEqual(answer);
  expect(count()).toMatchObject({ count: 2 });
  // Nobody else is locked out while the guild's time is ahead of the clock.
  expect(await ask(idAt(startOfTime + 11 * minuteMs, 4))).toHaveProperty('done');
  expect(count()).toMatchObject({ count: 3 });
  await house.stop();
});

test('is not run a second time when the clock was put back before and right again since', async () => {
  const { house, ask } = await openTrial();
  const first = idAt(startOfTime + 30 * minuteMs, 1);
  const answer = await ask(first);
  expect(answer).toMatchObject({ done: { count: 1 } });
  house.clock.now = epochMs(startOfTime + 40 * minuteMs);
  expect(await ask(idAt(startOfTime + 40 * minuteMs, 2))).toMatchObject({ done: { count: 2 } });
  expect(await ask(first)).toEqual(answer);
  // Nobody asks for what Discord made a window before, whatever the guild still knows of it.
  expect(await ask(idAt(startOfTime + 24 * minuteMs, 3))).toMatchObject({ refused: 'core.too-late' });
  await house.stop();
});

test('an outcome that would be another one when it was stored is a bug that tests meet', async () => {
  const handsOutFunctions = mutation({
    name: 'trial.function',
    version: 1,
    input: options({}),
    run: (m) => {
      m.put(counters, ['a'], { count: 1, marks: [] });
      return done({ choices: [{ on: () => true }] });
    },
    view: () => ({ private: true }),
  });
  const feature = { ...trial, operations: [...trial.operations, handsOutFunctions] };
  const house = await openHouse(freshDisks(), { alone: true, features: [feature] });
  const answer = await house.directory.ask({
    id: idAt(startOfTime, 1),
    guild,
    member,
    permissions: 0n,
    operation: house.registry.operations.get('trial.function') ?? expect.unreachable(),
    input: {},
    deadlineMs: Number.MAX_SAFE_INTEGER,
  });
  expect(answer).toMatchObject({ refused: 'core.bug' });
  await house.stop();
});
