import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of chests. */
export const entries = { chest: entryKind('chest'), mimic: entryKind('mimic') } as const;
