// Races of the past, worked out again by the bot and by the program of docs/fairness.md, which knows nothing of the bot.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type PastRace, pastRaces } from '../../../src/features/races/state.ts';
import { racesKept } from '../../../src/features/races/tuning.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, carol, createTable, type Table } from '../table.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/fairness.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'fair-'));
afterAll(() => rmSync(folder, { recursive: true }));
const program = join(folder, 'fair.mjs');
writeFileSync(program, /```js\n(.*?)```/s.exec(page)?.[1] ?? '');
const run = (...words: readonly string[]): string =>
  execFileSync(process.execPath, [program, ...words], { encoding: 'utf8' }).trim();

const secondMs = 1_000;
const keyOf = (id: string): string => encodeKey(pastRaces.key, [id]);
const pastIn = (table: Table, id: string): PastRace => table.state.row(pastRaces, keyOf(id)) as PastRace;

/** Runs a race on which three have bet, and gives its id and the words of its last card. */
const race = (table: Table, draw: number): { readonly id: string; readonly card: string } => {
  table.draw(() => new Uint8Array(16).fill(draw));
  const { words } = table.say(alice, 'ratrace');
  const id = /Race (\w+)/.exec(words)?.[1] ?? '';
  const at = 'server';
  for (const [rat, who] of [alice, bob, carol].entries()) {
    const bet = { at, race: id, rat, amount: '100' };
    const operation = table.registry.operations.get('races.bet');
    if (operation) table.perform(who, operation, bet);
  }
  let card = '';
  for (let second = 0; second < 300 && table.state.row(pastRaces, keyOf(id)) === undefined; second += 1) {
    table.wait(secondMs);
    table.fall();
  }
  const look = table.registry.operations.get('races.look');
  if (look) card = table.perform(bob, look, { at, race: id }).words;
  return { id, card };
};
const track = (): Table => {
  const table = createTable();
  for (const who of [alice, bob, carol]) table.fund(who, 100_000);
  return table;
};

describe('a race that is over', () => {
  test.each([1, 2, 3, 4, 5, 6])('is worked out from its card, outside and by the bot (%i)', (draw) => {
    const table = track();
    const { id, card } = race(table, draw);
    // All that is used here stands on the card.
    const [, serverSeed = '', clientSeed = ''] = /Server seed\n`(\w+)`\nClient seed\n`(\w+)`/.exec(card) ?? [];
    const rats = [...card.matchAll(/speed (\d+), stamina (\d+), luck (\d+)/g)].map(([, ...figures]) =>
      figures.join('/'),
    );
    const bets = [...card.matchAll(/<@(\d+)>: ([\d,]+) on rat (\d)/g)].map(
      ([, who, stake, rat]) => `${who}:${rat}:${stake?.replaceAll(',', '')}`,
    );
    expect(rats).toHaveLength(6);
    expect(bets).toHaveLength(3);
    expect(run('bets', ...bets)).toBe(clientSeed);
    const [, places = ''] = run(serverSeed, clientSeed, id, 'ratrace', ...rats).split('\n');
    const medals = places.split(' ').map((rat, place) => `${['🥇', '🥈', '🥉'][place]} Rat ${rat},`);
    const typed = { id, 'server-seed': serverSeed, 'client-seed': clientSeed, rats: rats.join(' ') };
    for (const input of [{ id }, typed]) {
      const verified = table.say(bob, 'fair verify', input);
      expect(discordRefuses(verified.reply)).toEqual([]);
      for (const medal of medals) expect(verified.words).toContain(medal);
    }
    expect(table.say(bob, 'fair verify', { id }).words).toContain('That is what was told and paid.');
    expect(table.say(bob, 'fair verify', { id }).words).toContain('The bets give the client seed.');
  });

  test('that another end was told of, or that paid who came nowhere, is found out', () => {
    const table = track();
    const { id } = race(table, 7);
    const past = pastIn(table, id);
    const lost = past.bets.findIndex(({ paid }) => paid === 0);
    const forged = [
      { ...past, home: past.home.toReversed() },
      { ...past, serverSeed: past.serverSeed.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      ...(lost < 0 ? [] : [{ ...past, bets: past.bets.map((bet, at) => (at === lost ? { ...bet, paid: 500 } : bet)) }]),
    ];
    for (const row of forged) {
      table.state.rows(pastRaces).set(keyOf(id), row);
      expect(table.say(bob, 'fair verify', { id }).words).toContain('Something else was told or paid.');
    }
  });

  test('is worked out though somebody who bet was forgotten, whose bet is gone', () => {
    const table = track();
    const { id } = race(table, 8);
    const forgotten = (pastRaces.forget as (row: PastRace, who: string) => PastRace)(pastIn(table, id), bob);
    expect(forgotten.bets.map(({ member }) => member)).toEqual([alice, carol]);
    table.state.rows(pastRaces).set(keyOf(id), forgotten);
    const { words } = table.say(alice, 'fair verify', { id });
    expect(words).toContain('That is what was told and paid.');
    expect(words).toContain('Members who bet were forgotten since');
  });

  test('is kept as one of the last, and by its card any is worked out', () => {
    const table = track();
    const { id } = race(table, 9);
    const past = pastIn(table, id);
    for (let other = 0; other < racesKept; other += 1) {
      table.state.rows(pastRaces).set(`zz${String(other).padStart(7, '0')}`, past);
    }
    race(table, 10);
    expect(table.say(bob, 'fair verify', { id }).refused).toBe('core.fair.verify.unknown-id');
    expect(table.state.rows(pastRaces).size).toBeLessThanOrEqual(racesKept);
    const seeds = { 'server-seed': past.serverSeed, 'client-seed': past.clientSeed };
    const rats = past.rats.map(({ speed, stamina, luck }) => `${speed}/${stamina}/${luck}`).join(', ');
    expect(table.say(bob, 'fair verify', { id, ...seeds, rats }).words).toContain('🥇');
  });

  test.each(['', '1/2/3', '87/45/60 '.repeat(5), '39/40/40 '.repeat(6), '101/40/40 '.repeat(6)])(
    'rats are not %j',
    (rats) => {
      const seeds = { 'server-seed': 'a', 'client-seed': 'b' };
      const { refused } = createTable().say(bob, 'fair verify', { id: '000000001', ...seeds, rats });
      expect(refused).toBe(rats === '' ? 'core.input.text' : 'economy.races.verify.no-rats');
    },
  );
});
