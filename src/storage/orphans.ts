import type { EncodedKey } from '../kernel/key.ts';
import { unpack } from './codec.ts';
import type { OrphanRow } from './contract.ts';
import { type Guild, tableOf } from './guild.ts';
import { scanTable } from './scan.ts';

/** Rows of collections that no feature declares any more, in the order of their collections and keys, behind `after`. */
export const orphansOf = (guild: Guild, after: OrphanRow | undefined, limit: number): readonly OrphanRow[] => {
  const found: OrphanRow[] = [];
  const names = [...guild.catalogue.values()]
    .filter(({ name, collection }) => collection === undefined && (after === undefined || name >= after.collection))
    .map(({ name }) => name)
    .sort();
  for (const name of names) {
    const table = tableOf(guild, name);
    if (table.count === 0 && table.sound) continue;
    const { keyKinds, forget } = table.definition;
    const behind: EncodedKey | undefined = after?.collection === name ? after.key : undefined;
    const request = { prefix: '', after: behind, reverse: false, limit: limit - found.length };
    for (const [key, bytes] of scanTable(table, request)) {
      const values = unpack(bytes as Uint8Array, table.prefix + key);
      found.push({ collection: name, key, keyKinds, forget, values });
    }
    if (found.length === limit) break;
  }
  return found;
};
