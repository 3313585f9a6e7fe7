import { entryKind } from '../wallet/api.ts';

/** Kinds of ledger entries of in-game guilds. */
export const entries = {
  fee: entryKind('clan-fee'),
  deposit: entryKind('clan-deposit'),
  withdrawal: entryKind('clan-withdrawal'),
  levy: entryKind('clan-levy'),
  interest: entryKind('clan-interest'),
  share: entryKind('clan-share'),
  abandoned: entryKind('clan-abandoned'),
} as const;
