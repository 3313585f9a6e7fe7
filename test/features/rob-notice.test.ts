import { describe, expect, test } from 'vitest';
import { directMessage, outbox } from '../../src/kernel/effect.ts';
import { discordRefuses } from './limits.ts';
import { alice, bob, createTable, hourMs, person, seedWhere, type Table } from './table.ts';

const succeeding = seedWhere((random) => random.int(10_000) < 500);
const failing = seedWhere((random) => random.int(10_000) >= 8_000);

/** What victims are told, in words, and who is. */
const notices = (table: Table) =>
  [...table.state.rows(outbox).values()].map((row) => {
    const { kind, payload, following } = row as Record<'kind' | 'payload' | 'following', unknown>;
    const { member, card } = directMessage.payload.parse(payload);
    const reply = table.registry.cards.get(card.card)?.view(card.value as never, table.registry.text('en'));
    if (!reply) throw new Error(`no card ${card.card}`);
    expect(discordRefuses(reply)).toEqual([]);
    return { kind, member, following, words: reply.embeds?.[0]?.description?.split('\n') };
  });

const robbed = (seed: Uint8Array, wallet: number, set: Readonly<Record<string, string>> = {}): Table => {
  const table = createTable();
  for (const [key, value] of Object.entries(set)) table.set(key, value);
  table.fund(alice, wallet);
  table.fund(bob, 10_000);
  table.draw(() => seed);
  expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBeUndefined();
  return table;
};

const where = 'This was in https://discord.com/channels/100000000000000001.';

describe('the victim’s notice', () => {
  test('tells in a direct message what was taken, and where', () => {
    const table = robbed(succeeding, 0);
    const stolen = table.account(alice).wallet;
    expect(notices(table)).toEqual([
      {
        kind: 'discord.direct-message',
        member: bob,
        following: undefined,
        words: [
          `<@${alice}> reached into your wallet and took **${stolen.toLocaleString('en')}** coins. What lies in the bank cannot be robbed.`,
          where,
        ],
      },
    ]);
  });

  test.each([
    { wallet: 5_000, owed: [] },
    { wallet: 400, owed: ['They had too little: 600 of it they owe you.'] },
  ])('tells what somebody who was caught with $wallet pays', ({ wallet, owed }) => {
    expect(notices(robbed(failing, wallet)).map(({ words }) => words)).toEqual([
      [`<@${alice}> was caught with a hand in your wallet: a fine of **1,000** coins goes to you.`, ...owed, where],
    ]);
  });

  test('a refused attempt tells nobody', () => {
    const table = robbed(succeeding, 0);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.cooldown');
    table.wait(2 * hourMs);
    expect(table.say(alice, 'rob', { member: person(bob, { bot: true }) }).refused).toBe('economy.rob.bot');
    expect(notices(table)).toHaveLength(1);
  });

  test('fault 20: an attempt delivered twice tells once', () => {
    const table = createTable();
    table.fund(bob, 10_000);
    const id = table.nextId();
    for (let delivery = 0; delivery < 2; delivery += 1) table.say(alice, 'rob', { member: person(bob) }, { id });
    expect(notices(table)).toHaveLength(1);
  });

  test('rob.notice off: nobody is told but by the card in the channel', () => {
    const table = robbed(succeeding, 0, { 'rob.notice': 'off' });
    expect(notices(table)).toEqual([]);
    expect(table.account(alice).wallet).toBeGreaterThan(0);
  });
});
