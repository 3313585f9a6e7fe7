import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of the shop. */
export const entries = { purchase: entryKind('purchase'), sale: entryKind('sale') } as const;
