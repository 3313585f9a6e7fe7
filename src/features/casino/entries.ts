import { entryKind } from '../wallet/api.ts';
import { type Game, games } from './tuning.ts';

/** The kinds of what a member's things add to a round. */
export const extraEntries = { bonus: entryKind('gear-bonus'), insurance: entryKind('insurance') } as const;

/** The kind of stakes that go back where a crash round of a channel does not take place. */
export const crashRefund = entryKind('crash-refund');

/** The kind of what goes into the slots’ pot and out of it. */
export const potEntry = entryKind('slots-pot');

/** The kinds of ledger entries of the casino: what was staked at a game, and what it paid, stake and all. */
export const entries = Object.fromEntries(
  games.map((game) => [game, { stake: entryKind(`${game}-stake`), payout: entryKind(`${game}-payout`) }]),
) as Record<Game, { readonly stake: ReturnType<typeof entryKind>; readonly payout: ReturnType<typeof entryKind> }>;
