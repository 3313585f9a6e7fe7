import { event } from '../../kernel/event.ts';
import { extensionPoint } from '../../kernel/extension.ts';
import type { Coins, Dotted, EpochMs, MemberId, RowId } from '../../kernel/ids.ts';
import type { TextArguments } from '../../kernel/outcome.ts';

/** Coins that must stay with a member, and why. */
export interface Reserve {
  readonly coins: number;
  /** Said when they would give away too much, with `coins` that must stay and `spare` that need not. */
  readonly reason: Dotted;
}

/** Which coins of a member must stay with them: asked before they give any away. */
export const reservedCoins = extensionPoint<{ readonly member: MemberId }, Reserve>('wallet.reserved');

/** Something a member can do only so often. */
export interface Cooldown {
  /** Lower-case letters and hyphens, 24 at most; different from every other's. It lasts: reminders are kept by it. */
  readonly name: string;
  readonly title: Dotted;
  /** It is ready when this has come. */
  readonly readyAt: EpochMs;
}

/** What a member must wait for, or need not wait for any more: asked by `/cooldowns`. */
export const cooldownsOf = extensionPoint<{ readonly member: MemberId }, readonly Cooldown[]>('wallet.cooldowns');

/** What something beside a member's purses adds to what they are worth; below 0 where it is owed. */
export const worthBeside = extensionPoint<{ readonly member: MemberId }, number>('wallet.worth-beside');

/** One figure of what a member has done. */
export interface Statistic {
  readonly title: Dotted;
  readonly text: Dotted;
  readonly args: TextArguments;
}

/** What there is to tell of a member's doings, which everybody may see: asked by `/stats`. */
export const statisticsOf = extensionPoint<{ readonly member: MemberId }, readonly Statistic[]>('wallet.statistics');

/** The rewards that are claimed again and again. */
export type Reward = 'daily' | 'weekly';

/** What adds to a reward. */
export interface RewardBonus {
  /** Ten-thousandths of the reward without any bonus. */
  readonly share: number;
  /** The most it adds. */
  readonly most?: Coins;
  /** The words of what it comes from. */
  readonly label: Dotted;
}

/** What adds to a member's next reward. */
export const rewardBonuses = extensionPoint<
  { readonly member: MemberId; readonly reward: Reward },
  readonly RewardBonus[]
>('wallet.reward-bonuses');

/** A reward was paid, bonuses and all: what is used up by it goes now. */
export const rewardGranted = event<{ readonly member: MemberId; readonly reward: Reward }>('wallet.reward-granted');

/** Two members, one of whom reaches into the other's wallet. */
export interface RobPair {
  readonly robber: MemberId;
  readonly target: MemberId;
}

/** What bears upon a robbery. */
export interface RobPoints {
  /** Ten-thousandths that the chance of success goes up by, or below 0 down. */
  readonly points: number;
  /** Nothing can be taken at all. */
  readonly blocks?: true;
  /** The words of what it comes from. */
  readonly label: Dotted;
}

/** What bears upon a robbery of one member by another. */
export const robPoints = extensionPoint<RobPair, readonly RobPoints[]>('wallet.rob-points');

/** A robbery was tried. */
export const robberyEnded = event<RobPair & { readonly succeeded: boolean; readonly blocked: boolean }>(
  'wallet.robbery-ended',
);

/** Ten-thousandths that are added to the interest of a member's bank. */
export const interestPoints = extensionPoint<{ readonly member: MemberId }, number>('wallet.interest-points');

/** A button that a feature adds to a card of somebody else's. */
export interface Control {
  readonly label: Dotted;
  /** As `customId` makes it. */
  readonly customId: string;
}

/** What whoever asks may do about a member whose balance they look at. */
export const memberControls = extensionPoint<{ readonly member: MemberId }, readonly Control[]>(
  'wallet.member-controls',
);

/**
 * Told when the rows that a reset took are back, right before the economy is thawed. Members may have been erased in
 * between: features mend what their rows had a part in, such as counts.
 */
export const economyReturned = event<Record<string, never>>('wallet.economy-returned');

/** The staff corrected what is in a vault, by whole coins, signed: a member's share of it changes by as much. */
export const vaultCorrected = event<{ readonly vault: RowId; readonly member: MemberId; readonly change: number }>(
  'wallet.vault-corrected',
);

/**
 * Told before a reset takes a member's rows: what must outlast it is moved where it does (`lastingCollections` of the
 * administration).
 */
export const economyLeaving = event<{ readonly member: MemberId }>('wallet.economy-leaving');

/** What features tell the staff of the economy as a whole, such as loans or treasuries: asked by `/eco status`. */
export const statusFigures = extensionPoint<Record<string, never>, readonly Statistic[]>('wallet.status-figures');
