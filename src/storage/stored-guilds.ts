import { type GuildId, guildId } from '../kernel/ids.ts';
import { keySeparator } from '../kernel/key.ts';
import type { Rows } from './ports.ts';
import { keysUnder, systemMark } from './row-keys.ts';

/** Guilds that have anything in the rows, in the order of their ids, behind `after`: at most `limit`. */
export const storedGuilds = (rows: Rows, after: GuildId | undefined, limit: number): readonly GuildId[] => {
  const found: GuildId[] = [];
  let last = after;
  while (found.length < limit) {
    const from = last === undefined ? '' : keysUnder(`${last}${keySeparator}`).to;
    const [first] = rows.range({ from, to: systemMark, reverse: false, limit: 1 });
    if (!first) break;
    last = guildId(first[0].split(keySeparator, 1)[0] ?? '');
    found.push(last);
  }
  return found;
};
