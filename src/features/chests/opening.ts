import type { Mutation, Query } from '../../kernel/context.ts';
import { type Coins, type EpochMs, epochMs, type MemberId } from '../../kernel/ids.ts';
import { addCoins, coins, coinsMax, leastCoins, noCoins } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { countOf, giveItem, itemOf, priceOf, refuseMore, takeItem, takeRewardBonus } from '../items/api.ts';
import { begin, book, moneyOf, refuseAtRest, relativeTime, serveIncome, take } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { chestCooldownSeconds } from './settings.ts';
import { lootTableOf, openers } from './state.ts';
import { chestKey, drawLoot, isMimic, type LootTable, lootPools, mimicBite, type Tier } from './tables.ts';

/** What one chest turned out to be. */
export interface Opened {
  /** Whether it was a mimic, and whether something kept it off. */
  readonly mimic: 'no' | 'blocked' | 'bit';
  /** What it gave; nothing of a mimic that bit. */
  readonly coins: Coins;
  /** What of the coins a potion added. */
  readonly bonus: Coins;
  readonly item: string | undefined;
  /** What a mimic took beyond the chest. */
  readonly lost: Coins;
}

/** What some chests turned out to be. */
export interface Opening {
  readonly by: MemberId;
  readonly tier: Tier;
  readonly chests: readonly Opened[];
  readonly debtPaid: number;
  readonly wallet: Coins;
  /** How many chests like these are left. */
  readonly left: number;
}

/** What keeps mimics off, cheapest first. */
const shields = ['mimic_repellent', 'mimic_protection'];

const takeShield = (m: Mutation, by: MemberId): boolean => shields.some((key) => takeItem(m, by, key, 1) === 1);

/** When the member may open chests again. */
export const readyAt = (query: Query, member: MemberId): EpochMs => {
  const last = query.find(openers, [member]);
  return last === undefined ? query.now : epochMs(last.at + query.setting(chestCooldownSeconds) * 1_000);
};

/** Why what may come of it has no room. Asked before the draw: a refusal after it would allow another. */
const refuseRoom = (
  m: Mutation,
  by: MemberId,
  tier: Tier,
  { most }: LootTable,
  count: number,
): Outcome<never> | undefined => {
  // No potion adds more than the coins themselves.
  const mostCoins = Math.min(most * 2 * count, Number.MAX_SAFE_INTEGER);
  if (mostCoins > coinsMax || addCoins(moneyOf(m, by).wallet, coins(mostCoins)) === undefined) {
    return refuse('economy.money.full', { member: by });
  }
  for (const key of lootPools[tier]) {
    const refused = refuseMore(m, by, key, count);
    if (refused) return refused;
  }
  return undefined;
};

/** The most that a potion adds to coins of chests: what such a potion costs now, so that none is worth drinking for it. */
const bonusMax = (query: Query): Coins => {
  const tonic = itemOf('fortune_tonic');
  return tonic ? priceOf(query, tonic) : noCoins;
};

interface Paid {
  readonly opened: Opened;
  readonly debtPaid: number;
}

const bitten = (m: Mutation, by: MemberId, price: Coins): Outcome<never> | Paid => {
  const lost = leastCoins(mimicBite(price), moneyOf(m, by).wallet);
  const refused =
    lost > 0 ? book(m, { postings: [take(by, 'wallet', lost, { entry: entries.mimic })], burned: lost }) : undefined;
  if (refused) return refused;
  return { opened: { mimic: 'bit', coins: noCoins, bonus: noCoins, item: undefined, lost }, debtPaid: 0 };
};

const emptied = (
  m: Mutation,
  by: MemberId,
  tier: Tier,
  table: LootTable,
  mimic: 'no' | 'blocked',
): Outcome<never> | Paid => {
  const loot = drawLoot(m.random, tier, table);
  if (loot.kind === 'item') {
    const refused = giveItem(m, by, loot.key, 1);
    const opened = { mimic, coins: noCoins, bonus: noCoins, item: loot.key, lost: noCoins };
    return refused ?? { opened, debtPaid: 0 };
  }
  const bonus = takeRewardBonus(m, by, 'chest', { base: loot.coins, most: bonusMax(m) });
  const all = coins(loot.coins + bonus);
  const opened = { mimic, coins: all, bonus, item: undefined, lost: noCoins };
  if (all === 0) return { opened, debtPaid: 0 };
  const { booking, debtPaid } = serveIncome(m, by, { coins: all, entry: entries.chest });
  return book(m, { ...booking, minted: all }) ?? { opened, debtPaid };
};

/**
 * Opens chests of the member who acts, one after another. A mimic takes the chest and a share of its price out of the
 * wallet, unless something keeps it off: that is used up, and the mimic gives what another chest would.
 */
export const openChests = (m: Mutation, tier: Tier, count: number): Outcome<Opening> => {
  const by = m.actor.member;
  const key = chestKey(tier);
  const chest = itemOf(key);
  const held = countOf(m, by, key);
  if (held === 0 || chest === undefined) return refuse('economy.chest.none', { tier });
  if (held < count) return refuse('economy.chest.few', { tier, count, held });
  const at = readyAt(m, by);
  if (m.now < at) return refuse('economy.chest.cooldown', { at: relativeTime(at) });
  const atRest = refuseAtRest(m);
  if (atRest) return atRest;
  begin(m);
  const table = lootTableOf(m, tier);
  const full = refuseRoom(m, by, tier, table, count);
  if (full) return full;
  takeItem(m, by, key, count);
  m.put(openers, [by], { at: m.now });
  const price = priceOf(m, chest);
  const chests: Opened[] = [];
  let debts = 0;
  for (let place = 0; place < count; place += 1) {
    const mimic = isMimic(m.random, table);
    const one =
      mimic && !takeShield(m, by) ? bitten(m, by, price) : emptied(m, by, tier, table, mimic ? 'blocked' : 'no');
    if (!('opened' in one)) return one;
    chests.push(one.opened);
    debts += one.debtPaid;
  }
  return done({ by, tier, chests, debtPaid: debts, wallet: moneyOf(m, by).wallet, left: held - count });
};
