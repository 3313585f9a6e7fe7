import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of races. */
export const entries = {
  stake: entryKind('race-stake'),
  payout: entryKind('race-payout'),
  refund: entryKind('race-refund'),
} as const;
