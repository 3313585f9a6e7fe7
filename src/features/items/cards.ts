import type { Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Embed } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { mention } from '../wallet/api.ts';
import type { Item, Rarity } from './kinds.ts';
import { itemText, rarityMark, worksLines } from './words.ts';

/** Why a control of somebody else's card does nothing for the asker. */
export const refuseOther = (query: Query, by: MemberId): Outcome<never> | undefined =>
  by === query.actor.member ? undefined : refuse('economy.item.not-yours', { member: mention(by) });

const colours: Readonly<Record<Rarity, number>> = {
  common: 0x9aa0a6,
  rare: 0x3b7dd8,
  epic: 0x8e44ad,
  legendary: 0xe0b13c,
};

/** The colour of a card about something of a rarity. */
export const rarityColor = (rarity: Rarity): number => colours[rarity];

/** A rarity with its mark. */
export const rarityText = (rarity: Rarity, text: Text): string =>
  `${rarityMark(rarity)} ${text(`economy.item.rarity-${rarity}`)}`;

/** A card about an item: what it does, how rare it is, where it is worn. */
export const itemEmbed = (
  item: Item,
  text: Text,
): Required<Pick<Embed, 'title' | 'description' | 'color' | 'fields'>> => ({
  title: itemText(item.key, text),
  description: worksLines(item, text).join('\n'),
  color: rarityColor(item.rarity),
  fields: [
    { name: text('economy.item.field.rarity'), value: rarityText(item.rarity, text), inline: true },
    ...(item.slot
      ? [{ name: text('economy.item.field.slot'), value: text(`economy.item.slot-${item.slot}`), inline: true }]
      : []),
  ],
});
