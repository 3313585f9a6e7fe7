import { extensionPoint } from '../../kernel/extension.ts';
import type { Dotted, MemberId } from '../../kernel/ids.ts';

/** What something of a member's adds to what a race brings above their stake. */
export interface RaceBonus {
  /** A share of the profit, in ten-thousandths. All of a member's together are cut back to `bonusShareMax`. */
  readonly profit: number;
  /** The words of what it comes from. */
  readonly label: Dotted;
}

/** What works for a member whose rat came home. */
export const raceBonuses = extensionPoint<{ readonly member: MemberId }, RaceBonus>('races.bonuses');
