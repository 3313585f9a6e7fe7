// The administration over the real actors and a real store: it outlives power cuts, also in the middle of a reset.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/actors/request.ts';
import { administration } from '../../../src/features/administration/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import type { Feature } from '../../../src/kernel/feature.ts';
import { dumpGuild } from '../../house/house.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../../house/people.ts';
import { member, person } from '../table.ts';

const own: readonly Feature[] = [wallet, administration(() => own)];

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: own });
});

const doneOf = <T>(answer: Answer): T => {
  if (!('done' in answer)) throw new Error(answer.refused);
  return answer.done as T;
};

const give = async (number: number, amount = '10', guild = home): Promise<string> =>
  doneOf<{ readonly id: string }>(
    await it.ask('economy.staff.give-coins', { member: person(member(number)), amount }, guild),
  ).id;

const walletOf = async (number: number, guild = home): Promise<number> =>
  doneOf<{ readonly wallet: number }>(await it.ask('economy.balance', { member: person(member(number)) }, guild))
    .wallet;

describe('an undo button that is older than the process', () => {
  test('undoes once, in its own server', async () => {
    const id = await give(7, '500');
    await give(7, '500', elsewhere);
    await it.crash();
    expect(await it.ask('economy.staff.preview-undo', { id })).toMatchObject({ done: { id } });
    expect(await it.ask('economy.staff.undo', { id })).toHaveProperty('done');
    expect(await walletOf(7)).toBe(0);
    expect(await walletOf(7, elsewhere)).toBe(500);
    await it.crash();
    expect(await it.ask('economy.staff.undo', { id })).toMatchObject({ refused: 'economy.staff.undo.twice' });
    expect(await walletOf(7)).toBe(0);
  });

  test('pressed twice at once, undoes once', async () => {
    const id = await give(7, '500');
    await give(7, '500');
    const answers = await Promise.all([it.ask('economy.staff.undo', { id }), it.ask('economy.staff.undo', { id })]);
    expect(answers.filter((answer) => 'done' in answer)).toHaveLength(1);
    expect(await walletOf(7)).toBe(500);
  });
});

test('frozen stays frozen, and banned banned', async () => {
  await it.ask('economy.staff.freeze', { on: true });
  await it.crash();
  expect(await it.ask('economy.daily')).toMatchObject({ refused: 'economy.frozen' });
  await it.ask('economy.staff.freeze', { on: false });
  await it.crash();
  expect(await it.ask('economy.daily')).toHaveProperty('done');
});

describe('a reset', () => {
  const members = 120;
  /** Runs what is due once, as an alarm does, and cuts the power. */
  const stepAndCrash = async (chance: () => number): Promise<void> => {
    it.house().directory.runDue(home);
    await it.house().directory.settled();
    await it.crash(undefined, chance);
  };
  const begin = async (): Promise<string> =>
    doneOf<{ readonly id: string }>(
      await it.ask('economy.staff.reset-run', { until: it.house().clock.now, typed: 'reset 0001' }),
    ).id;
  /** As they are on the disk: a guild's rows are read by its actor or by nobody else. */
  const accounts = async (): Promise<unknown> => {
    await it.crash();
    const dump = dumpGuild(it.house(), home);
    await it.crash();
    return dump['economy.account'];
  };

  test.each([0, 0.9])('goes on after each power cut, there and back (%d)', async (part) => {
    for (let number = 1; number <= members; number += 1) await give(1_000 + number);
    await give(2, '77', elsewhere);
    const before = await accounts();
    const id = await begin();
    for (let cuts = 0; cuts < 6; cuts += 1) await stepAndCrash(() => part);
    await it.fall();
    expect(await walletOf(1_001)).toBe(0);
    expect(await it.ask('economy.staff.reset-progress', { id })).toMatchObject({
      done: { reset: { stage: 'kept' }, accounts: 0 },
    });
    await it.ask('economy.staff.undo', { id });
    for (let cuts = 0; cuts < 6; cuts += 1) await stepAndCrash(() => part);
    await it.fall();
    expect(await accounts()).toEqual(before);
    expect(await walletOf(2, elsewhere)).toBe(77);
  });
});
