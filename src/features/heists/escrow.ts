import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId, RowId } from '../../kernel/ids.ts';
import { departures } from '../../kernel/membership.ts';
import { coins, coinsMax, leastCoins, noCoins } from '../../kernel/money.ts';
import { giveTreasury, treasuryOf } from '../clans/api.ts';
import {
  accountOf,
  book,
  canOwe,
  give,
  moneyOf,
  owe,
  oweNobody,
  spareOf,
  splitFunds,
  takeFunds,
} from '../wallet/api.ts';
import { entries } from './entries.ts';
import type { CrewMember, HeistRow } from './state.ts';

type Escrow = CrewMember['escrow'];

/** Nothing taken. */
export const noEscrow: Escrow = { wallet: noCoins, bank: noCoins, missing: noCoins };

/**
 * Takes a member's part of the penalty, as far as they have it and it need not stay with them: it is burned until the heist is over, so that nobody can
 * bring it to safety meanwhile.
 */
export const takeEscrow = (m: Mutation, member: MemberId, part: Coins): Escrow => {
  const split = splitFunds(moneyOf(m, member), leastCoins(part, spareOf(m, member)));
  const taken = coins(split.fromWallet + split.fromBank);
  const refused = book(m, {
    postings: takeFunds(member, split, { entry: entries.escrow }),
    burned: taken,
  });
  assert(refused === undefined, 'what is there can be taken');
  return { wallet: split.fromWallet, bank: split.fromBank, missing: coins(part - taken) };
};

/** Whether a member is erased, or is being: what would reach them now would outlive them. */
const isErased = (m: Mutation, member: MemberId): boolean => {
  const departure = m.find(departures, [member]);
  return accountOf(m, member) === undefined || (departure !== undefined && departure.stage !== 'away');
};

const returnTo = (m: Mutation, { member, escrow }: CrewMember): void => {
  if (isErased(m, member)) return;
  const { wallet, bank } = moneyOf(m, member);
  const roomInWallet = coinsMax - wallet;
  const roomInBank = coinsMax - bank;
  const toWallet = Math.min(escrow.wallet, roomInWallet);
  const toBank = Math.min(escrow.bank + escrow.wallet - toWallet, roomInBank);
  // What the bank has no room for goes where there is some.
  const besides = Math.min(escrow.wallet + escrow.bank - toWallet - toBank, roomInWallet - toWallet);
  const as = { entry: entries.returned };
  const postings = [
    ...(toWallet + besides > 0 ? [give(member, 'wallet', coins(toWallet + besides), as)] : []),
    ...(toBank > 0 ? [give(member, 'bank', coins(toBank), as)] : []),
  ];
  const minted = toWallet + toBank + besides;
  if (minted === 0) return;
  const refused = book(m, { postings, minted: coins(minted), evenAtRest: true });
  assert(refused === undefined, 'what comes back has room');
};

/** Gives everybody back what was taken, to the purse it came from. */
export const returnEscrow = (m: Mutation, { crew }: HeistRow): void => {
  for (const one of crew) returnTo(m, one);
};

/** Pays the target what was taken, and has members owe it what they did not have. */
export const payPenalty = (
  m: Mutation,
  target: RowId,
  { crew }: HeistRow,
): { readonly paid: Coins; readonly owed: Coins } => {
  let paid = noCoins;
  let owed = noCoins;
  for (const { member, escrow } of crew) {
    const room = coins(coinsMax - treasuryOf(m, target));
    const part = leastCoins(coins(Math.min(escrow.wallet + escrow.bank, coinsMax)), room);
    if (part > 0) {
      const refused = book(m, { postings: [], vaults: [giveTreasury(target, part, entries.penalty)], minted: part });
      assert(refused === undefined, 'the treasury has room');
      paid = coins(paid + part);
    }
    const debt = leastCoins(escrow.missing, coins(coinsMax - moneyOf(m, member).debt));
    if (debt === 0 || isErased(m, member)) continue;
    const to = { vault: target };
    const penalty = { coins: debt, entry: entries.penalty };
    // Who owes as many as are kept owes this to nobody: what is collected of it is burned.
    const postings = canOwe(m, member, to, debt) ? owe(m, member, to, penalty) : [oweNobody(m, member, penalty)];
    const refused = book(m, { postings });
    assert(refused === undefined, 'a debt within the ceiling can be owed');
    owed = coins(owed + debt);
  }
  return { paid, owed };
};
