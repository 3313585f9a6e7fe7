import type { Query } from '../../kernel/context.ts';
import type { Dotted } from '../../kernel/ids.ts';
import { InputError, type Option } from '../../kernel/option.ts';
import { itemOf, items } from './catalogue.ts';
import type { Item } from './kinds.ts';
import { countOf } from './owning.ts';

/** Characters of an item that are read. */
const charactersMax = 32;

/** A key as it is shown while somebody types, where words in their language are not at hand: `Luck potion`. */
const title = (key: string): string => `${key[0]?.toUpperCase() ?? ''}${key.slice(1).replaceAll('_', ' ')}`;

/** The key meant by what was typed: the key itself or its words, in any case. */
const keyOf = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

/** An item by its key. Suggests those that `among` takes; what else is typed is read as well. */
export const itemOption = (spec: {
  readonly describe: Dotted;
  /** Which items are suggested to the asker; all of them unless said. */
  readonly among?: (query: Query, item: Item) => boolean;
}): Option<Item> => ({
  type: 'text',
  required: true,
  describe: spec.describe,
  max: charactersMax,
  complete: (query, typed) => {
    const wanted = keyOf(typed);
    return items
      .filter((item) => item.key.includes(wanted) && (spec.among?.(query, item) ?? true))
      .map(({ key }) => ({ name: title(key), value: key }));
  },
  parse: (input) => {
    const item = typeof input === 'string' && input.length <= charactersMax ? itemOf(keyOf(input)) : undefined;
    if (item === undefined) throw new InputError('economy.item.unknown');
    return item;
  },
});

/** Whether the asker has an item to hand. */
export const isOwned = (query: Query, { key }: Item): boolean => countOf(query, query.actor.member, key) > 0;
