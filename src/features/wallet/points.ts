import { extensionPoint } from '../../kernel/extension.ts';
import type { Dotted, EpochMs, MemberId } from '../../kernel/ids.ts';
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

/** One figure of what a member has done. */
export interface Statistic {
  readonly title: Dotted;
  readonly text: Dotted;
  readonly args: TextArguments;
}

/** What there is to tell of a member's doings, which everybody may see: asked by `/stats`. */
export const statisticsOf = extensionPoint<{ readonly member: MemberId }, readonly Statistic[]>('wallet.statistics');
