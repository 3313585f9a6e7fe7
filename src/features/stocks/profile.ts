import { profileSection } from '../../kernel/profile.ts';
import { coinsField } from '../wallet/api.ts';
import { positionsOf, worthOfAll } from './positions.ts';
import { inline } from './words.ts';
import { marketOf } from './worlds.ts';

/** What `/profile` shows of a member's shares: what they are worth, not what they earned. */
export const stocksSection = profileSection({
  name: 'stocks',
  order: 300,
  title: 'economy.stocks.market.title',
  read: (query, member) => {
    const positions = positionsOf(query, member, marketOf(query));
    return positions.length === 0 ? undefined : { companies: positions.length, worth: worthOfAll(positions) };
  },
  view: ({ companies, worth }, text) => ({
    fields: [
      coinsField('economy.field.stocks-worth', worth, text),
      inline('economy.stocks.field.companies', text('economy.stocks.companies', { companies }), text),
    ],
  }),
});
