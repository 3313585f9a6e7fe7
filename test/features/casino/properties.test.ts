import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { playHand, shuffle } from '../../../src/features/casino/blackjack/rules.ts';
import { hands } from '../../../src/features/casino/blackjack/state.ts';
import { flights } from '../../../src/features/casino/crash/state.ts';
import { roundRandom } from '../../../src/features/casino/fairness/draw.ts';
import { rounds } from '../../../src/features/casino/fairness/rounds.ts';
import { netOf, type Player, players } from '../../../src/features/casino/state.ts';
import { accounts } from '../../../src/features/wallet/state.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { answerRefused } from '../limits.ts';
import { type Answered, alice, bob, createTable, dayMs, minuteMs, person, type Table } from '../table.ts';
import { buttonsOf, seedsOf } from './gambler.ts';

const gamblers = [alice, bob] as const;
const anybody = fc.constantFrom(...gamblers);
const bet = fc.constantFrom('10', '25', '333', 'all', 'half', '25%', '1,000,000', '7');

type Step =
  | { readonly kind: 'say'; readonly who: MemberId; readonly path: string; readonly input: Record<string, unknown> }
  | { readonly kind: 'press'; readonly who: MemberId; readonly which: number }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'wait'; readonly ms: number };

const say = (path: string, input: fc.Arbitrary<Record<string, unknown>> = fc.constant({})): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant('say' as const), who: anybody, path: fc.constant(path), input });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: say('casino slots', fc.record({ bet })) },
  { weight: 4, arbitrary: say('casino coinflip', fc.record({ bet, side: fc.constantFrom('heads', 'tails') })) },
  { weight: 4, arbitrary: say('casino roulette', fc.record({ bet, on: fc.constantFrom('red', '0', 'corner 1-5') })) },
  { weight: 6, arbitrary: say('casino blackjack', fc.record({ bet })) },
  { weight: 4, arbitrary: say('casino crash', fc.record({ bet, auto: fc.constantFrom('1.01', '2', '100') })) },
  { weight: 1, arbitrary: say('casino hub') },
  { weight: 2, arbitrary: say('fair rotate') },
  { weight: 1, arbitrary: say('casino limits', fc.record({ loss: fc.constantFrom('500', 'none') })) },
  { weight: 1, arbitrary: say('daily') },
  { weight: 2, arbitrary: say('rob', fc.record({ member: anybody.map((who) => person(who)) })) },
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('press' as const), who: anybody, which: fc.nat(6) }) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(0, 2_500, 4_000, 20_000, minuteMs, 5 * minuteMs, dayMs)
      .map((ms) => ({ kind: 'wait' as const, ms })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(['casino.min_bet', '1'], ['coinflip.payout', '200%'], ['casino.max_bet', '1,000,000,000,000'])
      .map(([key = '', value = '']) => ({ kind: 'set' as const, key, value })),
  },
);

/** The newest buttons, of whosever card they are. */
class Buttons {
  #ids: readonly string[] = [];
  remember(answered: Answered): void {
    this.#ids = [...buttonsOf(answered).map(({ customId }) => customId), ...this.#ids].slice(0, 7);
  }
  at(which: number): string | undefined {
    return this.#ids[which];
  }
}

const take = (table: Table, buttons: Buttons, one: Step): void => {
  const answer = (answered: Answered): void => {
    expect(answerRefused(answered)).toEqual([]);
    expect(answered.words).not.toContain('core.bug');
    buttons.remember(answered);
  };
  switch (one.kind) {
    case 'say':
      return answer(table.say(one.who, one.path, one.input));
    case 'press': {
      const id = buttons.at(one.which);
      return id === undefined ? undefined : answer(table.press(one.who, id));
    }
    case 'set':
      return table.set(one.key, one.value);
    case 'wait':
      table.wait(one.ms);
      table.fall();
  }
};

/**
 * Coins of stakes whose games are not over, insurance with them: doubling and splitting end a hand, so that none of
 * those is open.
 */
const openStakes = (table: Table, who: MemberId): number =>
  [hands, flights].reduce((sum, collection) => {
    const open = table.state.row(collection, encodeKey(['member'], [who])) as
      | { readonly stake: number; readonly moves?: readonly string[] }
      | undefined;
    const insured = open?.moves?.[0] === 'I';
    return sum + (open?.stake ?? 0) + (insured ? Math.floor((open?.stake ?? 0) / 2) : 0);
  }, 0);

const check = (table: Table): void => {
  const { minted, burned } = table.supply();
  expect(table.state.total(accounts, 'held')).toBe(minted - burned);
  expect(table.state.total(accounts, 'overdrawn')).toBe(0n);
  for (const who of gamblers) {
    const player = (table.state.row(players, encodeKey(players.key, [who])) ?? players.initial) as Player;
    const booked = table
      .ledgerRows()
      .filter((line) => line.member === who && /-(stake|payout)$/.test(line.kind))
      .reduce((sum, { wallet, bank, debt }) => sum + wallet + bank - debt, 0);
    expect(booked).toBe(netOf(player) - openStakes(table, who));
  }
};

describe('any games in any order', () => {
  test.prop(
    [fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), fc.uint8Array({ minLength: 16, maxLength: 16 })],
    {
      numRuns: 120,
    },
  )('conserve coins, book what is counted, and end as their seeds say', (steps, seed) => {
    const table = createTable();
    table.fund(alice, 20_000, 5_000);
    table.fund(bob, 1_000_000);
    let drawn = 0;
    table.draw(() => {
      drawn += 1;
      return seed.map((byte, index) => (index === 0 ? byte + drawn : byte));
    });
    for (const who of gamblers) table.say(who, 'fair seed');
    const buttons = new Buttons();
    for (const one of steps) {
      take(table, buttons, one);
      check(table);
    }
    table.wait(10 * minuteMs);
    table.fall();
    check(table);
    for (const who of gamblers) {
      expect(openStakes(table, who)).toBe(0);
      table.say(who, 'fair rotate');
      const { nonce } = seedsOf(table, who);
      const kept = [...table.state.rows(rounds).keys()].filter((key) => key.startsWith(who)).length;
      expect(kept).toBe(nonce);
      for (let round = 0; round < nonce; round += 1) {
        const { refused, words } = table.say(who, 'fair verify', { round });
        if (refused === undefined) expect(words).toContain('that is what its draws come to');
        else expect(refused).toBe('core.fair.verify.secret');
      }
    }
  });
});

describe('draws', () => {
  const dealt = (nonce: number) =>
    shuffle(roundRandom({ serverSeed: 'a'.repeat(64), clientSeed: 'c', nonce, game: 'blackjack' }));

  test('a deck has each card once, and each card is as often at each place', () => {
    const decks = 5_200;
    const seen = Array.from({ length: 52 }, () => new Uint32Array(52));
    for (let nonce = 0; nonce < decks; nonce += 1) {
      const deck = dealt(nonce);
      expect(new Set(deck).size).toBe(52);
      for (const [place, card] of deck.entries()) (seen[place] as Uint32Array)[card] = (seen[place]?.[card] ?? 0) + 1;
    }
    // 2,704 counts of 100 on average: the chi-squared sum has a mean of 2,601 and a deviation of 72.
    const chi = seen.flatMap((row) => [...row]).reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(Math.abs(chi - 2_601)).toBeLessThan(5 * 72);
  });

  test('hands go by the deck: four cards first, then one for each hit, then the dealer’s', () => {
    for (let nonce = 0; nonce < 300; nonce += 1) {
      const deck = dealt(nonce);
      const { player, dealer } = playHand(deck, ['H', 'H', 'S']);
      const [first, second, ...hits] = player;
      const [hidden, open, ...drawn] = dealer;
      expect([first, hidden, second, open, ...hits, ...drawn]).toEqual(deck.slice(0, player.length + dealer.length));
    }
  });
});
