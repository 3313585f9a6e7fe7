// Figures that the specification allows and that have a price: the answer to who sets them says so.
import { expect, test } from 'vitest';
import { administrator, alice, createTable } from '../table.ts';

test.each([
  { key: 'coinflip.payout', value: '200%', says: 'the house keeps nothing' },
  { key: 'coinflip.payout', value: '199.99%', says: undefined },
  { key: 'trade.fee', value: '0', says: 'can earn by pushing a price' },
  { key: 'trade.fee', value: '0.99%', says: 'can earn by pushing a price' },
  { key: 'trade.fee', value: '1%', says: undefined },
])('/settings set $key $value', ({ key, value, says }) => {
  const answered = createTable().say(alice, 'settings set', { key, value }, { permissions: administrator });
  expect(answered.refused).toBeUndefined();
  if (says === undefined) expect(answered.words.split('\n')).toHaveLength(1);
  else expect(answered.words).toContain(says);
});

test('the odds of a coin that pays twice say that the house keeps nothing', () => {
  const table = createTable();
  const odds = () => table.say(alice, 'casino paytable', { game: 'coinflip' }).words;
  expect(odds()).not.toContain('keeps nothing');
  table.set('coinflip.payout', '200%');
  expect(odds()).toContain('the house keeps nothing');
  expect(odds()).toContain('100.00%');
});
