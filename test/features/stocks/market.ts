// The market beside a guild's table: it has rows of its own, and what it publishes is carried to the guild by hand.
import { quotes } from '../../../src/features/stocks/worlds.ts';
import { epochMs, marketRealm } from '../../../src/kernel/ids.ts';
import { type WorldView, worlds } from '../../../src/kernel/world.ts';
import { createTable, startOfTime, type Table } from '../table.ts';

export const tickMs = 15 * 60_000;

/** The market's own rows. Each tick has a seed of its own unless a test draws otherwise. */
export const createMarket = () => {
  const realm = createTable(undefined, marketRealm);
  let drawn = 0;
  realm.draw(() => {
    drawn += 1;
    const seed = new Uint8Array(16);
    new DataView(seed.buffer).setUint32(0, drawn);
    return seed;
  });
  return {
    realm,
    open: (): void => realm.runTask('market.open', {}),
    /** The next tick, which stands for `missed` earlier ones as well. */
    tick: (missed = 0): void => {
      realm.clock.now = epochMs((Math.floor(realm.clock.now / tickMs) + 1 + missed) * tickMs);
      const dueAt = realm.clock.now;
      realm.runTask('market.tick', { date: new Date(dueAt).toISOString().slice(0, 10), dueAt, missed });
    },
    /** What was published last, by the world's name. */
    published: (): ReadonlyMap<string, WorldView<unknown>> =>
      realm.state.rows(worlds) as ReadonlyMap<string, WorldView<unknown>>,
    /** Carries what was published to a guild. */
    reach: (table: Table): void => {
      for (const [name, view] of realm.state.rows(worlds)) table.worlds.set(name, view as WorldView<unknown>);
    },
  };
};

export type Market = ReturnType<typeof createMarket>;

/** Puts quotes of a test's own before a guild, as the version given. */
export const quote = (
  table: Table,
  prices: Readonly<Record<string, number>>,
  { version = 1, listed = true }: { readonly version?: number; readonly listed?: boolean } = {},
): void => {
  const value = {
    quotes: Object.entries(prices).map(([symbol, price]) => ({
      symbol,
      sector: 'technology',
      price,
      previous: price,
      dayAgo: price,
      listed,
    })),
  };
  table.worlds.set(quotes.name, {
    version,
    at: epochMs(startOfTime + version * tickMs),
    value: quotes.schema.parse(value),
  });
};
