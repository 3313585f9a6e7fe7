import type { Reels, Symbol } from './rules.ts';

const pictures: Readonly<Record<Symbol, string>> = {
  diamond: '💎',
  star: '⭐',
  scatter: '🌀',
  grape: '🍇',
  orange: '🍊',
  lemon: '🍋',
  cherry: '🍒',
};

/** A symbol as it is shown. */
export const symbolText = (symbol: Symbol): string => pictures[symbol];

/** The reels as they are shown. */
export const reelsText = (reels: Reels): string => reels.map(symbolText).join(' ');
