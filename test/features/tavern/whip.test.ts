import { expect, test } from 'vitest';
import { lines } from '../../../src/features/tavern/lines.ts';
import { discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, createTable, member, type Table } from '../table.ts';

const crack = (table: Table): Answered => {
  table.wait(5_000);
  return table.say(alice, 'tavern whip');
};
const lineOf = (answered: Answered): string => /“(.*)”/.exec(answered.words)?.[1] ?? answered.words;

test('there are a hundred lines and more, each another, none with what an ICU message would read', () => {
  expect(lines.length).toBeGreaterThanOrEqual(100);
  expect(new Set(lines).size).toBe(lines.length);
  for (const line of lines) expect(line).not.toMatch(/[{}'<>|#]/);
});

test('every line is said once before any is said again, and none twice running', () => {
  const table = createTable();
  let seed = 0;
  table.draw(() => {
    seed += 1;
    return new Uint8Array(16).fill(seed % 256);
  });
  const rounds = [0, 1].map(() => lines.map(() => lineOf(crack(table))));
  for (const said of rounds) expect(new Set(said)).toEqual(new Set(lines));
  expect(rounds[0]).not.toEqual(rounds[1]);
  expect(rounds[0]?.at(-1)).not.toBe(rounds[1]?.[0]);
});

test('is a public card that says who, and how many lines are left', () => {
  const table = createTable();
  const answered = crack(table);
  expect(answered.reply.private).toBe(false);
  expect(answered.words).toContain(`<@${alice}>`);
  expect(answered.words).toContain(`Reply 1 of ${lines.length}, ${lines.length - 1} unused left`);
  expect(answered.reply.mentions).toBeUndefined();
  expect(discordRefuses(answered.reply)).toEqual([]);
});

test.each([
  { waitMs: 4_999, who: alice, refused: 'economy.tavern.cooldown' },
  { waitMs: 5_000, who: alice, refused: undefined },
  { waitMs: 0, who: bob, refused: undefined },
])('after $waitMs ms: $refused', ({ waitMs, who, refused }) => {
  const table = createTable();
  crack(table);
  table.wait(waitMs);
  expect(table.say(who, 'tavern whip').refused).toBe(refused);
});

test('is closed where the server wants it closed', () => {
  const table = createTable();
  table.set('tavern.enabled', 'off');
  expect(table.say(member(7), 'tavern whip').refused).toBe('economy.tavern.off');
});
