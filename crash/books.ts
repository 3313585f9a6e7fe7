import { holdings } from '../src/features/stocks/state.ts';
import { accounts, type Line, ledger, requests, supply, supplyKey, vaults } from '../src/features/wallet/state.ts';
import type { AnyCollection } from '../src/kernel/collection.ts';
import { guildId } from '../src/kernel/ids.ts';
import { decodeKey, encodeKey } from '../src/kernel/key.ts';
import type { GuildState } from '../src/storage/contract.ts';
import { verifyGuild } from '../src/storage/verify.ts';
import type { StoppedStore } from './stopped-store.ts';

const chunkRows = 1_000;

/** One line of a member's history, and when it was booked. */
export interface Entry {
  readonly at: number;
  readonly line: Line;
}

/** What the disk says of one member's money. */
export interface MemberBooks {
  readonly wallet: number;
  readonly bank: number;
  /** How many lines the account says there are. */
  readonly entries: number;
  /** Oldest first, each leading to the one before. */
  readonly history: readonly Entry[];
  /** Shares by symbol. */
  readonly shares: ReadonlyMap<string, number>;
}

/** What the disk says of one server's money. */
export interface Books {
  readonly lastAt: number;
  readonly minted: bigint;
  readonly burned: bigint;
  /** The sum of all accounts as they stand, and the one that the store keeps. */
  readonly held: bigint;
  readonly total: bigint;
  readonly members: ReadonlyMap<string, MemberBooks>;
  /** Open requests for coins by who asks and id. */
  readonly requests: ReadonlyMap<
    string,
    { readonly asked: string; readonly coins: number; readonly expiresAt: number }
  >;
  /** Whether rows and head agree. */
  readonly verified: boolean;
}

type RowOf<C extends AnyCollection> = ReturnType<C['schema']['parse']>;

const allRows = function* <C extends AnyCollection>(
  state: GuildState,
  collection: C,
): Generator<readonly [readonly (string | number)[], RowOf<C>]> {
  let after: string | undefined;
  for (;;) {
    const found = state.scan(collection, { prefix: '', after, reverse: false, limit: chunkRows });
    for (const [key, row] of found) yield [decodeKey(collection.key, key), row as RowOf<C>];
    after = found.at(-1)?.[0];
    if (found.length < chunkRows) return;
  }
};

/** How a request is found in the books. */
export const requestKey = (by: string, id: string): string => `${by} ${id}`;

/** Reads one server's books from a stopped store. */
export const readBooks = ({ store, rows }: StoppedStore, guild: string): Books => {
  const id = guildId(guild);
  const { sound } = verifyGuild(rows, id);
  const state = store.open(id);
  const bookings = new Map([...allRows(state, ledger)].map(([[key], booking]) => [String(key), booking]));
  const shares = new Map<string, Map<string, number>>();
  for (const [[member, symbol], { shares: count }] of allRows(state, holdings)) {
    const own = shares.get(String(member)) ?? new Map<string, number>();
    shares.set(String(member), own.set(String(symbol), count));
  }
  const historyOf = (member: string, newest: string | undefined): readonly Entry[] => {
    const history: Entry[] = [];
    for (let next: string | null = newest ?? null; next !== null; ) {
      const booking = bookings.get(next);
      next = null;
      for (const line of booking?.lines.toReversed() ?? []) {
        if (line[0] !== member) continue;
        history.push({ at: booking?.at ?? 0, line });
        next = line[8];
      }
    }
    return history.toReversed();
  };
  const members = new Map<string, MemberBooks>();
  let held = 0n;
  for (const [[key], { wallet, bank, entries, newest }] of allRows(state, accounts)) {
    const member = String(key);
    held += BigInt(wallet) + BigInt(bank);
    const history = historyOf(member, newest);
    members.set(member, { wallet, bank, entries, history, shares: shares.get(member) ?? new Map() });
  }
  for (const [, { coins }] of allRows(state, vaults)) held += BigInt(coins);
  const made = state.row(supply, encodeKey(supply.key, supplyKey)) as RowOf<typeof supply> | undefined;
  return {
    lastAt: state.lastAt,
    minted: made?.minted ?? 0n,
    burned: made?.burned ?? 0n,
    held,
    total: state.total(accounts, 'held') + state.total(vaults, 'held'),
    members,
    requests: new Map(
      [...allRows(state, requests)].map(([[by, one], row]) => [requestKey(String(by), String(one)), row]),
    ),
    verified: sound,
  };
};
