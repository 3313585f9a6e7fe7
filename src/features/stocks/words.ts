import type { Dotted } from '../../kernel/ids.ts';
import type { Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { colors } from '../wallet/api.ts';
import { changePercent } from './rules.ts';
import type { Quote } from './worlds.ts';

/** Hundredths as the coins that texts show. */
export const inCoins = (hundredths: number): number => hundredths / 100;

/** A price as members read it: `150.32`. */
export const priceText = (hundredths: number, text: Text): string =>
  text('economy.stocks.price', { price: inCoins(hundredths) });

/** How a price changed, as members read it: `+1.20%`. */
export const changeText = (from: number, to: number, text: Text): string =>
  text('economy.stocks.change', { change: changePercent(from, to) });

/** Whether a price rose. */
export const trendOf = (from: number, to: number): 'up' | 'down' | 'same' => {
  if (from === to) return 'same';
  return to > from ? 'up' : 'down';
};

/** The colour of a card about a change. */
export const trendColor = (from: number, to: number): number => (to < from ? colors.loss : colors.money);

/** A sector's name. */
export const sectorText = (quote: Pick<Quote, 'sector'>, text: Text): string =>
  text(`economy.stocks.sector.${quote.sector}`);

/** A time of day as Discord shows it in each reader's zone. */
export const clockTime = (at: number): string => `<t:${Math.floor(at / 1000)}:t>`;

/** A field that stands beside others. */
export const inline = (name: Dotted, value: string, text: Text): Field => ({ name: text(name), value, inline: true });
