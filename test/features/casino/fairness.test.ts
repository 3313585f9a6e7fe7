import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { clientSeedOf } from '../../../src/features/casino/crash/channel/draws.ts';
import { roundRandom } from '../../../src/features/casino/fairness/draw.ts';
import { rounds } from '../../../src/features/casino/fairness/rounds.ts';
import { type Game, games } from '../../../src/features/casino/tuning.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { type Answered, alice, bob, createTable, field, minuteMs, type Table } from '../table.ts';
import { button, buttonsOf, casinoTable, seedsOf } from './gambler.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const bare = (value: string | undefined): string => (value ?? '').replaceAll('`', '');
const shown = (answered: Answered, embed: number, name: string): string =>
  bare(answered.reply.embeds?.[embed]?.fields?.find((one) => one.name === name)?.value);
const hashField = 'SHA-256 of the server seed';

const page = readFileSync(join(import.meta.dirname, '../../../docs/fairness.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'fair-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page’s programs', () => {
  const program = join(folder, 'fair.mjs');
  writeFileSync(program, /```js\n(.*?)```/s.exec(page)?.[1] ?? '');
  const run = (...words: readonly string[]): string =>
    execFileSync(process.execPath, words, { encoding: 'utf8' }).trim();
  const serverSeed = hashOf('a server seed');

  test.each(games)('work out the same as /fair verify for %s', (game) => {
    for (const round of [0, 1, 2, 77]) {
      const verified = createTable().say(bob, 'fair verify', {
        round,
        'server-seed': serverSeed,
        'client-seed': 'my.seed_1',
        game,
      });
      const [hash, ...lines] = run(program, serverSeed, 'my.seed_1', String(round), game).split('\n');
      expect(field(verified, hashField)).toBe(`\`${hash}\``);
      // Of a deck the bot shows the first twenty cards.
      const drawn = game === 'blackjack' ? (lines[0] ?? '').split(' ').slice(0, 20).join(' ') : lines.join('\n');
      expect(verified.words).toContain(game === 'roulette' ? `**${drawn}**` : drawn);
    }
  });

  test('work out the same for a crash round of a channel, from the bets on its card', () => {
    const id = '00000zz1k';
    const bets = [
      { member: alice, stake: 100, target: 10_000 },
      { member: bob, stake: 2_500, target: 250 },
    ] as const;
    const lines = bets.map(({ member, stake, target }) => `${member}:${stake}:${target}`);
    const clientSeed = run(program, 'bets', ...lines);
    expect(clientSeed).toBe(clientSeedOf(bets as never));
    const seeds = { 'server-seed': serverSeed, 'client-seed': clientSeed };
    const [hash, point] = run(program, serverSeed, clientSeed, id, 'crash').split('\n');
    const verified = createTable().say(bob, 'fair verify', { id, ...seeds });
    expect(verified.words).toContain(`The curve ended at ${point}×.`);
    expect(field(verified, hashField)).toBe(`\`${hash}\``);
  });

  test('the one line for roulette as well', () => {
    const code = /node -e '(.*)' SERVER_SEED/.exec(page)?.[1] ?? '';
    for (const round of [0, 5, 123]) {
      const random = roundRandom({ serverSeed, clientSeed: 'c', nonce: round, game: 'roulette' });
      expect(run('-e', code, serverSeed, 'c', String(round))).toBe(String(random.int(37)));
    }
  });
});

describe('a seed', () => {
  test('is committed to before the first bet: nothing is bet until its hash was shown', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    const first = table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
    expect(table.account(alice).wallet).toBe(1_000);
    expect(shown(first, 0, hashField)).toBe(hashOf(seedsOf(table, alice).serverSeed));
    const played = table.press(alice, button(first, 'Place the bet'));
    expect(field(played, 'Bet')).toBe('100 coins');
    expect(table.account(alice).wallet).not.toBe(1_000);
  });

  test.each([
    ['casino slots', { bet: '100' }],
    ['casino roulette', { bet: '100', on: 'six-line 31-36' }],
    ['casino blackjack', { bet: '100' }],
    ['casino crash', { bet: '100', auto: '1.5' }],
  ])('so it is with /%s', (path, input) => {
    const table = createTable();
    table.fund(alice, 1_000);
    const first = table.say(alice, path, input);
    expect(table.account(alice).wallet).toBe(1_000);
    table.press(alice, button(first, 'Place the bet'));
    expect(seedsOf(table, alice).nonce).toBe(1);
  });

  test('is revealed by rotating, and the next one is the one that was committed to', () => {
    const table = casinoTable(alice, 'coinflip');
    const before = table.say(alice, 'fair seed');
    table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
    const rotated = table.say(alice, 'fair rotate', { 'client-seed': 'mine' });
    const revealed = shown(rotated, 0, 'Server seed');
    expect(hashOf(revealed)).toBe(shown(before, 0, hashField));
    expect(shown(rotated, 1, hashField)).toBe(shown(before, 0, 'SHA-256 of the next server seed'));
    expect(shown(rotated, 1, 'Client seed')).toBe('mine');
  });

  test('is shown to nobody while it is in use', () => {
    const table = casinoTable(alice, 'coinflip');
    const { serverSeed, nextServerSeed } = seedsOf(table, alice);
    table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
    const said = [
      table.say(alice, 'fair seed'),
      table.say(alice, 'fair verify', { round: 0 }),
      table.say(alice, 'casino stats'),
    ];
    for (const { words } of said) {
      expect(words).not.toContain(serverSeed);
      expect(words).not.toContain(nextServerSeed);
    }
    expect(said[1]?.refused).toBe('core.fair.verify.secret');
  });

  test.each([
    ['blackjack', { bet: '10' }],
    ['crash', { bet: '10' }],
  ] as const)('is not revealed while a game of %s is open', (game, input) => {
    for (let tries = 0; tries < 50; tries += 1) {
      const table = casinoTable(alice, game, (draws) => draws(0).int(1_000) === tries);
      const answered = table.say(alice, `casino ${game}`, input);
      const isOpen = buttonsOf(answered).some(({ label }) => label === 'Stand' || label === 'Stop');
      expect(table.say(alice, 'fair rotate').refused).toBe(isOpen ? 'core.fair.rotate.open' : undefined);
      if (isOpen) return;
    }
    throw new Error('no game went on');
  });

  test.each(['', ' ', 'a:b', 'ä', 'a b', 'x'.repeat(33), '`'])('a client seed is no %j', (clientSeed) => {
    const table = createTable();
    expect(table.say(alice, 'fair rotate', { 'client-seed': clientSeed }).refused).toBe('core.fair.no-client-seed');
  });
});

describe('/fair verify', () => {
  const inputs: Record<Game, Record<string, unknown>> = {
    slots: { bet: '10' },
    coinflip: { bet: '10', side: 'heads' },
    roulette: { bet: '10', on: 'red' },
    blackjack: { bet: '10' },
    crash: { bet: '10', auto: '1.5' },
  };
  /** Plays a round of each game to its end. */
  const playAll = (table: Table): void => {
    for (const game of games) {
      const answered = table.say(alice, `casino ${game}`, inputs[game]);
      if (buttonsOf(answered).some(({ label }) => label === 'Hit')) {
        const hit = table.press(alice, button(answered, 'Hit'));
        if (buttonsOf(hit).some(({ label }) => label === 'Stand')) table.press(alice, button(hit, 'Stand'));
      }
      table.wait(2 * minuteMs);
      table.fall();
    }
  };

  test('finds what every round paid, of every game', () => {
    const table = casinoTable(alice, 'slots');
    for (let times = 0; times < 8; times += 1) playAll(table);
    table.say(alice, 'fair rotate');
    for (let round = 0; round < 40; round += 1) {
      expect(table.say(alice, 'fair verify', { round }).words).toContain('that is what its draws come to');
    }
  });

  test('says so where a round paid something else', () => {
    const table = casinoTable(alice, 'slots');
    table.say(alice, 'casino coinflip', inputs.coinflip);
    table.say(alice, 'fair rotate');
    const key = encodeKey(rounds.key, [alice, 0]);
    const round = table.state.row(rounds, key) as object;
    table.state.rows(rounds).set(key, { ...round, paid: 7 });
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('but its draws come to');
  });

  test('knows only rounds that are kept, and asks for what it needs', () => {
    const table = casinoTable(alice, 'slots');
    const verify = (input: Record<string, unknown>) => table.say(alice, 'fair verify', input).refused;
    expect(verify({ round: 5 })).toBe('core.fair.verify.unknown');
    expect(verify({})).toBe('core.fair.verify.which');
    expect(verify({ round: 5, game: 'slots' })).toBe('core.fair.verify.all');
  });
});
