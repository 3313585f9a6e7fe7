import type { Coins, MemberId } from '../../kernel/ids.ts';
import type { Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';

/** Colours of cards, as 0xRRGGBB. */
export const colors = { money: 0x2f9e63, gold: 0xe0b13c, loss: 0xc4504a } as const;

/** How a member is named in a text: a mention, which pings nobody unless the reply says so. */
export const mention = (member: MemberId): string => `<@${member}>`;

/** A time as Discord shows it in words to each reader: `in 5 minutes`. */
export const relativeTime = (at: number): string => `<t:${Math.floor(at / 1000)}:R>`;

/** The fields of what a member holds, with the exact numbers. */
export const balanceFields = (
  account: { readonly wallet: Coins; readonly bank: Coins },
  text: Text,
): readonly Field[] => [
  coinsField('economy.field.wallet', account.wallet, text),
  coinsField('economy.field.bank', account.bank, text),
  coinsField('economy.field.total', account.wallet + account.bank, text),
];

/** One amount as a field of a card. */
export const coinsField = (name: `economy.field.${string}`, amount: number, text: Text): Field => ({
  name: text(name),
  value: text('economy.coins', { coins: amount }),
  inline: true,
});
