import type { Dotted } from '../../kernel/ids.ts';
import { shareUnits } from '../../kernel/money.ts';
import type { Text } from '../../kernel/text.ts';
import { relativeTime } from '../wallet/api.ts';
import { itemOf } from './catalogue.ts';
import { heistTraits, type Item, type Rarity } from './kinds.ts';

/** The key of an item's name. */
export const nameKey = (key: string): Dotted => `economy.item-name.${key.replaceAll('_', '-')}`;

/** An item's name; the bare key of one that nobody knows any more. */
export const nameText = (key: string, text: Text): string => (itemOf(key) ? text(nameKey(key)) : `\`${key}\``);

const marks: Readonly<Record<Rarity, string>> = { common: '⚪', rare: '🔵', epic: '🟣', legendary: '🟡' };

/** The mark of a rarity. */
export const rarityMark = (rarity: Rarity): string => marks[rarity];

/** An item as a line of a list begins: its picture and name. */
export const itemText = (key: string, text: Text): string => {
  const item = itemOf(key);
  return item ? `${item.picture} ${nameText(key, text)}` : nameText(key, text);
};

const percent = (units: number): number => (units * 100) / shareUnits;

const gameLines = ({ works: { game } }: Item, text: Text): readonly string[] => {
  if (game === undefined) return [];
  const at = game.at === 'all' ? text('economy.item.at-all') : text(`economy.casino.${game.at}.name`);
  const lines: string[] = [];
  if (game.profit !== undefined) lines.push(text('economy.item.works-profit', { percent: percent(game.profit), at }));
  if (game.insurance !== undefined) {
    lines.push(text('economy.item.works-insurance', { percent: percent(game.insurance), at }));
  }
  if (game.chance !== undefined) lines.push(text('economy.item.works-chance', { points: percent(game.chance), at }));
  if (game.hint) lines.push(text('economy.item.works-hint'));
  return lines;
};

const otherLines = ({ works }: Item, text: Text): readonly string[] => {
  const { reward, rob, guard, interest, race, mimic } = works;
  const lines: string[] = [];
  if (reward) {
    const on = reward.on.map((one) => text(`economy.item.payout-${one}`)).join(', ');
    lines.push(text('economy.item.works-reward', { percent: percent(reward.share), on, most: reward.most ?? 0 }));
  }
  if (rob !== undefined) lines.push(text('economy.item.works-rob', { points: percent(rob) }));
  if (guard?.blocks) lines.push(text('economy.item.works-block'));
  else if (guard) lines.push(text('economy.item.works-guard', { points: percent(guard.points) }));
  if (interest !== undefined) lines.push(text('economy.item.works-interest', { points: percent(interest) }));
  if (race !== undefined) lines.push(text('economy.item.works-race', { percent: percent(race) }));
  if (mimic) lines.push(text('economy.item.works-mimic'));
  return lines;
};

const heistLines = ({ works: { heist } }: Item, text: Text): readonly string[] =>
  heistTraits.flatMap((trait) => {
    const value = heist?.[trait];
    return value === undefined ? [] : [text(`economy.item.heist-${trait}`, { percent: percent(value) })];
  });

const hourMs = 60 * 60_000;

const spanLines = ({ kind, once, lastsMs }: Item, text: Text): readonly string[] => {
  if (kind !== 'potion') return [];
  return [text('economy.item.span', { once: once ? 'once' : 'no', hours: (lastsMs ?? 0) / hourMs })];
};

/** What an item does, exactly: a line for each thing, in the words of who reads it. */
export const worksLines = (item: Item, text: Text): readonly string[] => [
  ...(item.kind === 'chest' ? [text('economy.item.works-chest')] : []),
  ...(item.kind === 'gear' && Object.keys(item.works).length === 0 ? [text('economy.item.works-not')] : []),
  ...gameLines(item, text),
  ...otherLines(item, text),
  ...heistLines(item, text),
  ...spanLines(item, text),
];

/** A potion that works, and until when. */
export const activeText = (key: string, until: number | undefined, text: Text): string =>
  text('economy.item.active-line', {
    item: itemText(key, text),
    limit: until === undefined ? 'no' : 'yes',
    at: relativeTime(until ?? 0),
  });
