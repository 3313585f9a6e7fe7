import { extension } from '../../kernel/extension.ts';
import { statisticsOf, worthBeside } from '../wallet/api.ts';
import { drunkBy, wornBy } from './effects.ts';
import { itemsValue } from './owning.ts';

/** What a member's things add to what they are worth. */
export const itemsWorth = extension(worthBeside, (query, { member }) => itemsValue(query, member) || undefined);

/** What `/stats` tells of a member's things. */
export const statistics = extension(statisticsOf, (query, { member }) => {
  const worn = wornBy(query, member).length;
  const active = drunkBy(query, member).length;
  if (worn + active === 0) return undefined;
  return [
    { title: 'economy.inventory.wearing', text: 'economy.item.count', args: { count: worn } },
    { title: 'economy.inventory.active', text: 'economy.item.count', args: { count: active } },
  ] as const;
});
