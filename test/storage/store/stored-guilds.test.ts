import { expect, test } from 'vitest';
import { type GuildId, guildId } from '../../../src/kernel/ids.ts';
import { ask, elsewhere, home } from '../../faults/people.ts';
import { freshDisks, openHouse } from '../../house/house.ts';

const third = guildId('99999999999999999');

test('guilds with anything in the rows are listed a page at a time, each once, in order, and nothing else is', async () => {
  const disks = freshDisks();
  const house = await openHouse(disks);
  expect(house.store.storedGuilds(undefined, 10)).toEqual([]);
  for (const guild of [home, elsewhere, third]) await ask(house, 'economy.balance', {}, { guild });
  await house.store.snapshot();
  const all = house.store.storedGuilds(undefined, 10);
  // The market has its rows as well, and comes first.
  expect(all.slice(-3)).toEqual([home, elsewhere, third]);
  expect(new Set(all).size).toBe(all.length);
  const paged: GuildId[] = [];
  for (let page = house.store.storedGuilds(undefined, 1); page.length > 0; page = house.store.storedGuilds(page[0], 1))
    paged.push(...page);
  expect(paged).toEqual(all);
  expect(house.store.storedGuilds(home, 1)).toEqual([elsewhere]);
  await house.stop();
});
