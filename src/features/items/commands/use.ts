import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors } from '../../wallet/api.ts';
import { rarityColor, refuseOther } from '../cards.ts';
import { itemOf } from '../catalogue.ts';
import type { Item } from '../kinds.ts';
import { isOwned, itemOption } from '../option.ts';
import { type Owned, ownedBy } from '../owning.ts';
import { choicesMax } from '../tuning.ts';
import { type Drunk, drink } from '../using.ts';
import { activeText, itemText, nameText, worksLines } from '../words.ts';

/** What can be used, to choose from. */
interface Choice {
  readonly kind: 'choice';
  readonly by: MemberId;
  readonly owned: readonly Owned[];
  /** What a select has no room for. */
  readonly more: number;
}
interface Used extends Drunk {
  readonly kind: 'used';
}

/** The potions that a member has, as many as a select takes. */
const choose = (query: Query): Outcome<Choice | Used> => {
  const by = query.actor.member;
  const all = ownedBy(query, by).filter(({ item }) => item?.kind === 'potion');
  if (all.length === 0) return refuse('economy.item.nothing-usable');
  const owned = all.slice(0, choicesMax);
  return done<Choice | Used>({ kind: 'choice', by, owned, more: all.length - owned.length });
};

const drinkUp = (m: Mutation, item: Item): Outcome<Choice | Used> => {
  const drunk = drink(m, item);
  return 'item' in drunk ? done<Choice | Used>({ kind: 'used', ...drunk }) : drunk;
};

/** `/item use`: drinks a potion, or shows those there are. */
export const use = mutation({
  name: 'items.use',
  version: 1,
  input: options({
    item: optional(
      itemOption({
        describe: 'economy.item.use.item',
        among: (query, item) => item.kind === 'potion' && isOwned(query, item),
      }),
    ),
  }),
  run: (m, { item }) => (item ? drinkUp(m, item) : choose(m)),
  view: (value, text) => reply(value, text),
});

/** Drinks what was chosen. */
export const useChosen = mutation({
  name: 'items.use-chosen',
  version: 1,
  input: controlInput(z.strictObject({ by: memberSchema, chosen: z.string() })),
  run: (m, { by, chosen }): Outcome<Choice | Used> => {
    const refused = refuseOther(m, by);
    if (refused) return refused;
    const item = itemOf(chosen);
    return item ? drinkUp(m, item) : refuse('economy.item.unknown');
  },
  view: (value, text) => ({ ...reply(value, text), replaces: true }),
});

const reply = (value: Choice | Used, text: Text): Reply => {
  if (value.kind === 'choice') return choiceReply(value, text);
  const { item, until, left } = value;
  return {
    private: true,
    embeds: [
      {
        title: text('economy.item.use.done', { item: itemText(item.key, text) }),
        description: [...worksLines(item, text), activeText(item.key, until, text)].join('\n'),
        color: rarityColor(item.rarity),
        footer: text('economy.item.left', { count: left }),
      },
    ],
  };
};

const choiceReply = ({ by, owned, more }: Choice, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.item.use.title'),
      description: [
        text('economy.item.use.which'),
        ...(more > 0 ? [text('economy.item.use.more', { count: more })] : []),
      ].join('\n'),
      color: colors.money,
    },
  ],
  rows: [
    [
      {
        kind: 'select',
        placeholder: text('economy.item.use.title'),
        customId: customId(useChosen, { by }),
        choices: owned.map(({ key, count }) => ({
          label: text('economy.item.counted', { item: nameText(key, text), count }),
          value: key,
        })),
      },
    ],
  ],
});

export const useCommand: Command = {
  path: 'item use',
  describe: 'economy.item.use.describe',
  operation: use,
  visibility: 'private',
};
