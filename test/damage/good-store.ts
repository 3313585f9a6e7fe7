import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStopped, type StoppedStore } from '../../crash/stopped-store.ts';
import { accounts, ledger } from '../../src/features/wallet/state.ts';
import { type Coins, type EpochMs, epochMs, type GuildId, guildId, memberId, rowId } from '../../src/kernel/ids.ts';
import { encodeKey } from '../../src/kernel/key.ts';
import type { Change, GuildState } from '../../src/storage/contract.ts';
import { openSegmentJournal } from '../../src/storage/journal/segment-journal.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';

export const guilds: readonly GuildId[] = [guildId('100000000000000001'), guildId('100000000000000002')];
const membersPerGuild = 40;
/** Small, so that there are several files. */
const segmentBytesMax = 16_384;
const startAt = Date.UTC(2026, 0, 15);

const members = Array.from({ length: membersPerGuild }, (_, index) =>
  memberId(String(200_000_000_000_000_000n + BigInt(index))),
);

/** Wallet and bank by member. */
export type Balances = Readonly<Record<string, readonly [number, number]>>;

/** What a guild's members are told: their balances, or nothing, and why. */
export type Told = { readonly balances: Balances } | { readonly refused: string };

/** What a start tells. */
export interface Look {
  readonly guilds: readonly Told[];
  /** Bytes at the end of the journal that it cut off, and tells the operator of. */
  readonly tornBytes: number;
}

/** How the last process on a store ended: with everything in a snapshot, or with a part in the journal alone. */
export type End = 'stopped' | 'killed';

interface Opened extends StoppedStore {
  readonly tornBytes: number;
}

const open = async (folder: string): Promise<Opened> => {
  const journal = await openSegmentJournal({ folder: join(folder, 'journal'), durability: 'power', segmentBytesMax });
  try {
    const stopped = await openStopped(journal, await openLmdbRows({ folder: join(folder, 'rows') }));
    return { ...stopped, tornBytes: journal.tornBytes };
  } catch (error) {
    await journal.close();
    throw error;
  }
};

const change = (member: number, round: number, state: GuildState): readonly Change[] => {
  const id = members[member] ?? members[0];
  const key = encodeKey(accounts.key, [String(id)]);
  const before = state.row(accounts, key);
  const wallet = (100 * round + member) as Coins;
  const bank = (7 * member + round) as Coins;
  const at = epochMs(startAt + round);
  const booking = encodeKey(ledger.key, [rowId(round * membersPerGuild + member)]);
  const after = { ...accounts.initial, wallet, bank, activeAt: at, entries: round };
  return [
    { collection: accounts, key, before, after },
    {
      collection: ledger,
      key: booking,
      before: undefined,
      after: { at, lines: [[id, 'daily', wallet, bank, 0, wallet, bank, null, null]] },
    },
  ];
};

/** A store, what a start on it tells, and what one would have told a round earlier. */
export interface MadeStore {
  readonly folder: string;
  readonly good: Look;
  readonly before: Look;
}

/** Makes a store in a fresh folder whose last process ended so. */
export const makeStore = async (end: End): Promise<MadeStore> => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-damage-'));
  const opened = await open(folder);
  const { store, journal, rows } = opened;
  let before: Look = { guilds: [], tornBytes: 0 };
  const rounds = 4;
  for (let round = 1; round <= rounds; round += 1) {
    for (const guild of guilds) {
      const state = store.open(guild);
      for (let member = 0; member < membersPerGuild; member += 1) {
        const sequence = state.sequence + 1;
        await new Promise<unknown>((resolve) => {
          const at = (startAt + round) as EpochMs;
          const answered = { request: String(round * 1_000_000 + member), outcome: Buffer.from('answer') };
          const changes = change(member, round, state);
          store.commit(state, { operation: 'test.deed', at, sequence, changes, answered, seed: undefined }, resolve);
        });
      }
      store.close(state);
    }
    if (round === rounds) continue;
    await store.snapshot();
    before = { guilds: guilds.map((guild) => tell(opened, guild)), tornBytes: 0 };
  }
  if (end === 'stopped') await store.shutdown();
  else {
    await journal.close();
    await rows.close();
  }
  return { folder, good: await look(folder), before };
};

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

const tell = ({ store }: StoppedStore, guild: GuildId): Told => {
  const balances: Record<string, readonly [number, number]> = {};
  try {
    const state = store.open(guild);
    for (const member of members) {
      const row = state.row(accounts, encodeKey(accounts.key, [member])) as
        | Partial<typeof accounts.initial>
        | undefined;
      balances[member] = [row?.wallet ?? 0, row?.bank ?? 0];
    }
  } catch (error) {
    return { refused: `guild ${guild}: ${reasonOf(error)}` };
  }
  return { balances };
};

/** What the members of each guild are told after a start on this folder. A start that is refused tells nobody anything. */
export const look = async (folder: string): Promise<Look> => {
  let opened: Opened;
  try {
    opened = await open(folder);
  } catch (error) {
    return { guilds: guilds.map(() => ({ refused: `the start: ${reasonOf(error)}` })), tornBytes: 0 };
  }
  try {
    return { guilds: guilds.map((guild) => tell(opened, guild)), tornBytes: opened.tornBytes };
  } finally {
    await opened.journal.close();
    await opened.rows.close();
  }
};
