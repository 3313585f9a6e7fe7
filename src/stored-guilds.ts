import { type GuildId, guildId } from './kernel/ids.ts';
import { keySeparator } from './kernel/key.ts';
import type { Rows } from './storage/ports.ts';
import { keysUnder } from './storage/row-keys.ts';

/** Behind the keys of all guilds: ids are digits, and names of the store's own rows begin with this. */
const behindGuilds = '~';

/** Guilds that have anything in the rows, in the order of their ids, behind `after`: at most `limit`. */
export const storedGuilds = (rows: Rows, after: GuildId | undefined, limit: number): readonly GuildId[] => {
  const found: GuildId[] = [];
  let last = after;
  while (found.length < limit) {
    const from = last === undefined ? '' : keysUnder(`${last}${keySeparator}`).to;
    const [first] = rows.range({ from, to: behindGuilds, reverse: false, limit: 1 });
    if (!first) break;
    last = guildId(first[0].split(keySeparator, 1)[0] ?? '');
    found.push(last);
  }
  return found;
};
