import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of the stock market. */
export const entries = {
  purchase: entryKind('stock-purchase'),
  sale: entryKind('stock-sale'),
} as const;
