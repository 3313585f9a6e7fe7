import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax, leastCoins, noCoins, shareOf } from '../../kernel/money.ts';
import { findClan, giveTreasury, takeTreasury, treasuryOf, unlock } from '../clans/api.ts';
import { takeRewardBonus } from '../items/api.ts';
import { book, moneyOf, serveIncome } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { payPenalty, returnEscrow } from './escrow.ts';
import { closeRecord, heistChanged } from './keep.ts';
import { changeRecord } from './notes.ts';
import { mostToday, today } from './plan.ts';
import { type EndedHeist, noiseOf } from './shown.ts';
import {
  type HeistRow,
  heistRows,
  type PastHeist,
  pastHeists,
  type Reason,
  records,
  robbers,
  targeted,
} from './state.ts';
import { pastMax, teamShare } from './tuning.ts';

const capped = (sum: number): number => Math.min(sum, Number.MAX_SAFE_INTEGER);

const countRobber = (m: Mutation, member: MemberId, won: boolean, earned: number): void => {
  const before = m.get(robbers, [member]);
  m.put(robbers, [member], {
    played: before.played + 1,
    won: before.won + Number(won),
    earned: capped(before.earned + earned),
  });
};

/**
 * Pays one of the team out of the target's treasury, with what potions add to it; debts come first, as with any income.
 * What their wallet has no room for stays where it is. Gives what left the treasury and what they got.
 */
const payShare = (
  m: Mutation,
  target: RowId,
  member: MemberId,
  wanted: Coins,
): { readonly taken: Coins; readonly got: Coins } => {
  const room = coins(coinsMax - moneyOf(m, member).wallet);
  const part = leastCoins(wanted, room);
  if (part === 0) return { taken: noCoins, got: noCoins };
  const bonus = leastCoins(takeRewardBonus(m, member, 'heist', { base: part }), coins(room - part));
  const got = coins(part + bonus);
  const { booking } = serveIncome(m, member, { coins: got, entry: entries.share });
  const refused = book(m, { ...booking, vaults: [takeTreasury(target, part, entries.share)], minted: bonus });
  assert(refused === undefined, 'a share that is paid has room');
  return { taken: part, got };
};

/** Moves the loot: a tenth to those of the team who are still there, alike, and the rest to their clan's treasury. */
const takeLoot = (
  m: Mutation,
  { attacker, target, amount, crew }: HeistRow,
): { readonly taken: Coins; readonly shared: Coins; readonly got: ReadonlyMap<MemberId, number> } => {
  const treasury = treasuryOf(m, target);
  const room = coins(coinsMax - treasuryOf(m, attacker));
  const loot = leastCoins(leastCoins(amount, treasury), leastCoins(room, mostToday(m, target, treasury)));
  const there = crew.filter(({ gone }) => !gone);
  const part = there.length === 0 ? 0 : Math.floor(shareOf(loot, teamShare) / there.length);
  const got = new Map<MemberId, number>();
  let shared = 0;
  for (const { member } of there) {
    const paid = payShare(m, target, member, coins(part));
    shared += paid.taken;
    got.set(member, paid.got);
  }
  const rest = coins(loot - shared);
  if (rest > 0) {
    const refused = book(m, {
      postings: [],
      vaults: [takeTreasury(target, rest, entries.loot), giveTreasury(attacker, rest, entries.loot)],
    });
    assert(refused === undefined, 'the loot has room');
  }
  const date = today(m);
  const { lost } = m.get(records, [target]);
  const before = lost?.date === date ? lost.coins : 0;
  changeRecord(m, target, { lost: { date, coins: coins(Math.min(before + loot, coinsMax)) } });
  return { taken: loot, shared: coins(shared), got };
};

/** The oldest go where there are as many as are kept; two, so that a list that is too long gets shorter. */
const makeRoom = (m: Mutation): void => {
  if (m.count(pastHeists) < pastMax) return;
  for (const [key] of m.page(pastHeists, { limit: 2 })) m.remove(pastHeists, key);
};

const moveCoins = (m: Mutation, heist: HeistRow, outcome: PastHeist['outcome']) => {
  const nothing = { taken: noCoins, shared: noCoins, paid: noCoins, owed: noCoins, got: new Map<MemberId, number>() };
  switch (outcome) {
    case 'won':
      returnEscrow(m, heist);
      return { ...nothing, ...takeLoot(m, heist) };
    case 'lost':
      return { ...nothing, ...payPenalty(m, heist.target, heist) };
    case 'void':
      returnEscrow(m, heist);
      return nothing;
  }
};

/**
 * Ends a heist that was started, once and for all: its row goes, its coins go where they belong, and the lock of the
 * target's treasury ends. One that came to nothing through no fault of those who play gives everything back, the
 * attempt as well, and unlocks nothing. Its timers find nothing when they fall.
 */
export const endHeist = (
  m: Mutation,
  id: RowId,
  heist: HeistRow,
  how: { readonly outcome: PastHeist['outcome']; readonly reason: Reason },
): EndedHeist => {
  const { attacker, target, mode, size, amount, phase, crew, channel, message, startedAt = m.now } = heist;
  const names = { attacker: findClan(m, attacker)?.name ?? '', target: findClan(m, target)?.name ?? '' };
  m.remove(heistRows, [id]);
  m.remove(targeted, [target, id]);
  closeRecord(m, attacker);
  const { got, ...moved } = moveCoins(m, heist, how.outcome);
  if (how.outcome === 'void') {
    const { tried: _, ...record } = m.get(records, [attacker]);
    m.put(records, [attacker], record);
  } else {
    unlock(m, target);
    for (const { member, gone } of crew) {
      if (!gone) countRobber(m, member, how.outcome === 'won', got.get(member) ?? 0);
    }
  }
  const past: PastHeist = {
    ...names,
    mode,
    size,
    amount,
    ...how,
    ...moved,
    phase,
    noise: noiseOf(heist),
    startedAt,
    endedAt: m.now,
  };
  makeRoom(m);
  m.put(pastHeists, [id], past);
  const shown: EndedHeist = { heist: id, state: 'over', past };
  m.emit(heistChanged, { shown, channel, message, opened: false });
  return shown;
};
