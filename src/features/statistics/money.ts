import type { Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { accountOf, entriesOf, type Statistic } from '../wallet/api.ts';
import { moneyEntriesMax, moneyMs } from './tuning.ts';

/** What came to a member and went from them, to the coin, and the span of it. */
interface Flow {
  readonly came: bigint;
  readonly went: bigint;
  /** Entries read where they end within the span, and when the oldest of them was made, in ms. */
  readonly cut: { readonly entries: number; readonly atMs: number } | undefined;
}

/**
 * Reads a member's entries back to `moneyMs` ago, at most `moneyEntriesMax`. Coins moved between a member's own purses
 * neither come nor go.
 */
const flowOf = (query: Query, member: MemberId, everWritten: number): Flow => {
  const since = query.now - moneyMs;
  let came = 0n;
  let went = 0n;
  let entries = 0;
  let atMs = 0;
  for (const { at, wallet, bank } of entriesOf(query, member)) {
    if (at < since) return { came, went, cut: undefined };
    if (entries === moneyEntriesMax) return { came, went, cut: { entries, atMs } };
    // Sums of this many purses at their ceiling are beyond what a number holds exactly.
    const change = BigInt(wallet) + BigInt(bank);
    if (change > 0n) came += change;
    else went -= change;
    entries += 1;
    atMs = at;
  }
  // A full ledger drops its oldest bookings: the chain ends before the member's first entry then.
  return { came, went, cut: entries < everWritten ? { entries, atMs } : undefined };
};

/** What came to a member and went from them lately, with the span it covers; nothing where nothing ever did. */
export const moneyStatistics = (query: Query, member: MemberId): readonly Statistic[] => {
  const everWritten = accountOf(query, member)?.entries ?? 0;
  if (everWritten === 0) return [];
  const { came, went, cut } = flowOf(query, member, everWritten);
  const told = (title: Statistic['title'], coins: bigint): Statistic => {
    if (cut === undefined) return { title, text: 'economy.stats.days', args: { coins, days: moneyMs / dayMs } };
    const { entries, atMs } = cut;
    if (entries === 0) return { title, text: 'economy.stats.gone', args: {} };
    return { title, text: 'economy.stats.entries', args: { coins, entries, date: dateText(atMs) } };
  };
  return [told('economy.stats.earned', came), told('economy.stats.spent', went)];
};

const dayMs = 24 * 60 * 60_000;

/** A time as Discord shows it to each reader, to the minute. */
const dateText = (atMs: number): string => `<t:${Math.floor(atMs / 1_000)}:f>`;
