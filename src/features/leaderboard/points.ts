import { extensionPoint } from '../../kernel/extension.ts';
import type { Dotted } from '../../kernel/ids.ts';

/** A button that a feature adds below a board. */
export interface Control {
  readonly label: Dotted;
  /** As `customId` makes it. */
  readonly customId: string;
}

/** Where else a board leads to, such as to boards of the past; at most five. */
export const boardControls = extensionPoint<Record<string, never>, readonly Control[]>('leaderboard.controls');
