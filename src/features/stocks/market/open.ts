import { z } from 'zod';
import { realmOf } from '../../../kernel/ids.ts';
import { task } from '../../../kernel/operation.ts';
import { done } from '../../../kernel/outcome.ts';
import { worlds } from '../../../kernel/world.ts';
import { quotes } from '../worlds.ts';
import { companiesOf, enlist, publishMarket, recordPrices } from './publish.ts';

/**
 * Opens the market, at each start of the bot: publishes the base prices where nothing was published yet, and again when
 * this release lists other companies than the last one. Changes nothing otherwise.
 */
export const openMarket = task({
  name: 'market.open',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    if (realmOf(m.guild) !== 'market') return done();
    const changed = enlist(m);
    const opened = m.find(worlds, [quotes.name]) !== undefined;
    if (!changed && opened) return done();
    if (!opened) recordPrices(m, m.now, companiesOf(m));
    publishMarket(m);
    return done();
  },
});
