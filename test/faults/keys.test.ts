import { describe, expect, test } from 'vitest';
import { freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { trial } from '../house/trial.ts';
import { alice, ask, home } from './people.ts';

// Fault 41: texts of people that become keys, all the way to the disk and back.

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

const expectUntouched = (): void => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['count']).toBeUndefined();
};

const look = (house: House, name: string) => ask(house, 'trial.look', { name, by: 0 });

describe('fault 41: a name of every object', () => {
  test('is a row’s key like any other, in memory, in the journal, in a snapshot and on a board', async () => {
    let disks = freshDisks();
    let house = await openHouse(disks, { features: [trial] });
    for (const name of names) expect(await look(house, name)).toMatchObject({ done: { count: 0, rows: 0 } });
    for (const [index, name] of names.entries()) await ask(house, 'trial.add', { name, by: index + 1 });
    const expected = names.map((name, index) => [[name], index + 1]).toReversed();
    for (const snapshot of [false, true]) {
      if (snapshot) await house.store.snapshot();
      disks = reopened(disks);
      house = await openHouse(disks, { features: [trial] });
      for (const [index, name] of names.entries()) {
        expect(await look(house, name)).toMatchObject({ done: { count: index + 1, rank: 3 - index, sum: 10n } });
      }
      expect(await look(house, 'x')).toMatchObject({ done: { count: 0, top: expected, rows: 4 } });
    }
    await ask(house, 'trial.remove', { name: '__proto__', by: 0 });
    expect(await look(house, '__proto__')).toMatchObject({ done: { count: 0, rows: 3 } });
    expectUntouched();
    await house.stop();
  });

  test.each(names)('(%s) is no option, setting, board, topic or command', async (name) => {
    const house = await openHouse(freshDisks(), { features: [trial] });
    const forged = JSON.parse(`{"${name}": {"count": 1}}`) as object;
    const asked: readonly (readonly [string, unknown])[] = [
      ['economy.pay', forged],
      ['economy.balance', forged],
      ['economy.pay', { member: { id: name, bot: false, present: true }, amount: '1' }],
      ['economy.pay', { member: name, amount: name }],
      ['core.settings.set', { key: name, value: '1' }],
      ['core.settings.reset', { key: name }],
      ['core.settings.view', { key: name }],
      ['core.leaderboard.open', { board: name }],
      ['core.leaderboard.turn', { board: name, page: 1, by: alice }],
      ['core.help.open', { topic: name }],
      ['core.help.open', { command: name }],
      ['core.help.topic', { chosen: name }],
    ];
    for (const [operation, input] of asked) {
      const answer = await ask(house, operation, input);
      expect([operation, 'refused' in answer && answer.refused]).toEqual([
        operation,
        expect.stringMatching(/^core\.(input|settings|leaderboard|help)\./),
      ]);
    }
    expect(house.directory.figures(home)?.errors).toEqual([]);
    expectUntouched();
    await house.stop();
  });
});
