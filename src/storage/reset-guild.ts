import type { EpochMs, GuildId } from '../kernel/ids.ts';
import { emptyHead, encodeHead } from './head.ts';
import type { Position, Rows, RowWrite } from './ports.ts';
import { allKeysOf, dueRange, guildOfDueKey, headKey, justBehind } from './row-keys.ts';

const batchRows = 1_000;

const keysIn = function* (rows: Rows, { from, to }: { readonly from: string; readonly to: string }): Generator<string> {
  let next = from;
  for (;;) {
    const found = rows.range({ from: next, to, reverse: false, limit: batchRows });
    for (const [key] of found) {
      next = justBehind(key);
      yield key;
    }
    if (found.length < batchRows) return;
  }
};

/**
 * Empties a guild whose stored data cannot be used. Entries of the journal up to `position` are not applied to it any
 * more, and its time and sequence go on. The head comes last: cut short, the guild is as damaged as it was before.
 */
export const resetGuild = async (
  rows: Rows,
  guild: GuildId,
  start: { readonly position: Position; readonly sequence: number; readonly lastAt: EpochMs },
): Promise<void> => {
  const head = headKey(guild);
  let batch: RowWrite[] = [];
  const remove = async (key: string): Promise<void> => {
    batch.push({ key, value: undefined });
    if (batch.length < batchRows) return;
    await rows.write(batch);
    batch = [];
  };
  for (const key of keysIn(rows, allKeysOf(guild))) if (key !== head) await remove(key);
  for (const key of keysIn(rows, dueRange)) if (guildOfDueKey(key) === guild) await remove(key);
  await rows.write([...batch, { key: head, value: encodeHead({ ...emptyHead, ...start }) }]);
};
