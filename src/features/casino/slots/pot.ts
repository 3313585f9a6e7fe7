import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import { extension } from '../../../kernel/extension.ts';
import { type Coins, isRowId, type RowId, rowId } from '../../../kernel/ids.ts';
import { coins, coinsMax } from '../../../kernel/money.ts';
import { coinsOfVault, openVault, statusFigures, type VaultPosting } from '../../wallet/api.ts';
import { potEntry } from '../entries.ts';
import { jackpotEnabled } from '../settings.ts';
import { potFreeSpins, type Reels, reelsCount, slotsClasses, slotsReturn } from './rules.ts';

/** What is in the pot at first, and what the house fills it up to when it was won. */
export const potSeed = coins(10_000);
/** The hundredth part of every stake goes into the pot. */
const potPart = 100;
/**
 * The most stakes that the pot pays. Without it the house's 10,000 alone would make spins for a coin a gain, and so
 * would any pot that others have filled.
 */
export const potStakesMax = 5_000;

/** Where the pot lies: one row, from the first spin for it. */
export const pots = collection({
  name: 'casino.pot',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    vault: z.custom<RowId>((value) => typeof value === 'string' && isRowId(value)),
    /** Parts of stakes too small for a coin, in hundredths of one. */
    hundredths: z.int().min(0).lt(potPart),
  }),
  initial: { vault: rowId(0), hundredths: 0 },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

const potKey = ['slots'] as const;

/** Coins in the pot; what it begins with where nobody has spun for it yet. */
export const potOf = (query: Query): Coins => {
  const row = query.find(pots, potKey);
  return row ? coinsOfVault(query, row.vault) : potSeed;
};

/** Whether a paid spin wins the pot. */
export const winsPot = (reels: Reels): boolean => reels.every((symbol) => symbol === 'scatter');

/** What the pot pays on a stake; the rest stays in it. */
export const potPaid = (pot: number, stake: number): Coins => coins(Math.min(pot, stake * potStakesMax));

/** The chance of the pot on a paid spin: exactly. */
export const potChance = (): number =>
  slotsClasses(potFreeSpins).find(({ symbol, count }) => symbol === 'scatter' && count === reelsCount)?.chance ?? 0;

/** What comes back of a stake on average, with so much in the pot when it is spun for. */
export const potReturn = (pot: number, stake: number): number =>
  slotsReturn(potFreeSpins).total + (potChance() * potPaid(pot, stake)) / stake;

/** The most that comes back on average, however much is in the pot. */
export const potReturnMax = (): number => potReturn(coinsMax, 1);

/** What a spin moves in the pot. */
export interface PotMove {
  /** From the pot to the player. */
  readonly out: Coins;
  /** Made for the pot: the part of the stake, and what the house fills up. */
  readonly made: Coins;
  readonly vaults: readonly VaultPosting[];
}

/**
 * Puts a spin's part into the pot, takes out what it pays, and fills it up to what it begins with. The coins move in the
 * booking of the round.
 */
export const movePot = (m: Mutation, stake: Coins, out: Coins): PotMove => {
  const known = m.find(pots, potKey);
  const row = known ?? { vault: m.newId(), hundredths: 0 };
  if (!known) openVault(m, row.vault, { ranked: false });
  const held = coinsOfVault(m, row.vault);
  const parts = row.hundredths + (stake % potPart);
  const part = Math.floor(stake / potPart) + Math.floor(parts / potPart);
  const after = Math.min(coinsMax, Math.max((known ? held : potSeed) - out, potSeed) + part);
  m.put(pots, potKey, { ...row, hundredths: parts % potPart });
  return {
    out,
    made: coins(after - (held - out)),
    vaults: after === held ? [] : [{ vault: row.vault, change: after - held, entry: potEntry }],
  };
};

/** What is in the pot, for the staff. */
export const potFigure = extension(statusFigures, (query) => {
  if (!query.setting(jackpotEnabled) && query.find(pots, potKey) === undefined) return undefined;
  return [
    { title: 'economy.casino.pot.title', text: 'economy.casino.pot.coins', args: { coins: potOf(query) } },
  ] as const;
});
