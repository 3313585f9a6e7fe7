import { event } from '../../kernel/event.ts';
import { extensionPoint } from '../../kernel/extension.ts';
import type { Coins, Dotted, MemberId, RowId } from '../../kernel/ids.ts';
import type { TextArguments } from '../../kernel/outcome.ts';
import type { Game } from './tuning.ts';

/**
 * What something of a member's does at a game, before it is cut back: the casino sees to it that no sum of effects lifts
 * what a game returns to 100 %. Shares are in ten-thousandths.
 */
export interface GameEffect {
  /** Added to what a won round brings above its stake, as a share of that. */
  readonly profit?: number;
  /** The share of a lost stake that comes back. */
  readonly insurance?: number;
  /** Added to the chance of a coin. */
  readonly chance?: number;
  /** Tells of what kind the dealer's hidden card is. */
  readonly hint?: true;
  /** The words of what it comes from. */
  readonly label: Dotted;
}

/** What works for a member at a game now. */
export const gameEffects = extensionPoint<{ readonly member: MemberId; readonly game: Game }, readonly GameEffect[]>(
  'casino.effects',
);

/** Ten-thousandths that something of a member's adds to the profit of a bet on a race, before they are cut back. */
export const raceBonus = extensionPoint<{ readonly member: MemberId }, number>('casino.race-bonus');

/** A round is over: what is used up by it goes now. */
export interface RoundEnd {
  readonly member: MemberId;
  readonly game: Game;
  readonly result: 'won' | 'pushed' | 'lost';
  /** What effects added: to the profit where it was won, and out of the stake where it was lost. */
  readonly extra: Coins;
  /** Ten-thousandths that the chance was higher by. */
  readonly boost: number;
}
export const roundEnded = event<RoundEnd>('casino.round-ended');

/** Which round of several members is to be worked out again: one that is kept, or any by what its card shows. */
export interface SharedRound {
  readonly id: RowId;
  readonly seeds?: { readonly serverSeed: string; readonly clientSeed: string };
  /** Of a race: what its rats are like, as somebody typed it. Given together with the seeds. */
  readonly rats?: string;
}

/** A round of several members, worked out again. */
export interface VerifiedRound {
  readonly title: Dotted;
  readonly lines: readonly { readonly text: Dotted; readonly args: TextArguments }[];
  readonly serverSeed: string;
  readonly clientSeed: string;
  /** Whether a kept round was what its draws come to; missing where nothing of it is kept. */
  readonly agrees?: boolean;
}

/**
 * Asked by `/fair verify` for a round that several had a part in: who knows it works it out again. A word in place of it
 * is the code of a refusal.
 */
export const sharedRounds = extensionPoint<SharedRound, VerifiedRound | Dotted>('fair.shared-rounds');
