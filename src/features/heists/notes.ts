import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, RowId } from '../../kernel/ids.ts';
import { type Job, sweep } from '../../kernel/job.ts';
import { leastCoins, noCoins } from '../../kernel/money.ts';
import { clanRows, findClan, treasuryOf } from '../clans/api.ts';
import { isFrozen } from '../wallet/api.ts';
import { type ClanRecord, notingKey, notings, records } from './state.ts';
import { heldMs, notesKeptMs, notesMax } from './tuning.ts';

/** Changes some of what is kept of a clan. */
export const changeRecord = (m: Mutation, clan: RowId, change: Partial<ClanRecord>): void =>
  m.put(records, [clan], { ...m.get(records, [clan]), ...change });

/** What a treasury held at a time, as far as it was noted; `undefined` where that is not known. */
export const heldAt = (query: Query, clan: RowId, at: number): Coins | undefined => {
  const noting = query.find(notings, notingKey);
  if (noting === undefined || noting.since > at) return undefined;
  return query.get(records, [clan]).notes.findLast((note) => note.at <= at)?.coins ?? noCoins;
};

/**
 * The least that a treasury is known to have held in the last day. Where treasuries were not noted yet, what it holds
 * now, unless the clan is younger than that.
 */
export const heldLately = (query: Query, clan: RowId): Coins => {
  const since = query.now - heldMs;
  const now = treasuryOf(query, clan);
  const before = heldAt(query, clan, since);
  if (before === undefined) return (findClan(query, clan)?.createdAt ?? query.now) > since ? noCoins : now;
  const { notes } = query.get(records, [clan]);
  return notes
    .filter(({ at }) => at > since)
    .reduce((least, { coins }) => leastCoins(least, coins), leastCoins(before, now));
};

const note = (m: Mutation, clan: RowId, at: ClanRecord['notes'][number]['at']): void => {
  const { notes } = m.get(records, [clan]);
  const coins = treasuryOf(m, clan);
  if (coins === (notes.at(-1)?.coins ?? noCoins)) return;
  // The last one of before is what it held when the kept time began.
  const first = notes.findLastIndex((one) => one.at <= at - notesKeptMs);
  const kept = notes.slice(Math.max(0, first)).slice(1 - notesMax);
  changeRecord(m, clan, { notes: [...kept, { at, coins }] });
};

/** Notes what every treasury holds, where that is another amount than before. */
export const noteTreasuries = sweep({
  name: 'heists.note',
  version: 1,
  rows: clanRows,
  step: (m, rows, { dueAt }) => {
    if (isFrozen(m)) return;
    for (const [[clan]] of rows) note(m, clan, dueAt);
  },
  finish: (m, { dueAt }) => {
    if (m.find(notings, notingKey) === undefined && !isFrozen(m)) m.put(notings, notingKey, { since: dueAt });
  },
});

/** Four times a day on Saturdays and Sundays: what a heist asks of both treasuries is about the day before it. */
export const noteJob: Job = {
  operation: noteTreasuries,
  pattern: '0 0,6,12,18 * * 0,6',
  zone: 'guild',
  realm: 'guilds',
  once: 'each time',
  missed: 'once',
};
