// Tables at which whoever leaves is forgotten when the grace is over, and what still names them then.
import { features } from '../../src/features/index.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { createTable, hourMs, type Table } from './table.ts';

/** A table of every feature that forgets. */
export const forgetful = (): Table => {
  const table: Table = createTable([
    ...features,
    forgettingFeature({
      registry: () => table.registry,
      hash: (_, who) => `hash-${BigInt(who) * 7n}`,
      guildRetentionDays: 30,
    }),
  ]);
  return table;
};

/** Somebody leaves and does not come back before the grace is over. */
export const leaveForGood = (table: Table, who: MemberId): void => {
  table.runTask('core.member-left', { member: who });
  table.wait(72 * hourMs);
  table.fall();
};

const written = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}` : one));

/** The collection of every row that names somebody, in its key or what it holds. */
export const rowsNaming = (table: Table, who: MemberId): readonly string[] =>
  [...table.registry.collections.values()].flatMap((collection) =>
    [...table.state.rows(collection)].filter((row) => written(row).includes(who)).map(() => collection.name),
  );
