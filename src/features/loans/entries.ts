import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of loans. */
export const entries = {
  taken: entryKind('loan-taken'),
  paid: entryKind('loan-paid'),
  converted: entryKind('loan-converted'),
} as const;
