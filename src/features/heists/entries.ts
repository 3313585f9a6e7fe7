import { entryKind } from '../wallet/api.ts';

/** The kinds of ledger entries of heists. */
export const entries = {
  escrow: entryKind('heist-escrow'),
  returned: entryKind('heist-returned'),
  loot: entryKind('heist-loot'),
  share: entryKind('heist-share'),
  penalty: entryKind('heist-penalty'),
} as const;
