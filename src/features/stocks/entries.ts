import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of the stock market. */
export const entries = {
  purchase: entryKind('stock-purchase'),
  sale: entryKind('stock-sale'),
  /** Coins of a limit order, set aside and given back. */
  order: entryKind('stock-order'),
} as const;
