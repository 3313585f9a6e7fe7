import type { Coins } from './ids.ts';
import { coinsMax } from './money.ts';

/** What a member typed for an amount. Shares are of what is there when the operation runs. */
export type Amount =
  | { readonly kind: 'exact'; readonly coins: Coins }
  | { readonly kind: 'share'; readonly percent: number };

const digitsPattern = /^\d{1,16}$/;
const groupedPattern = /^\d{1,3}(,\d{3}){1,5}$/;
const percentPattern = /^(\d{1,3})%$/;

/**
 * Reads `250`, `1,000`, `all`, `max`, `half` or `25%`. Gives `undefined` for everything else: signs, fractions,
 * exponents, digits of other scripts, zero, and numbers above 10^15. Never guesses.
 */
export const parseAmount = (typed: string): Amount | undefined => {
  const text = typed.trim().toLowerCase();
  if (text === 'all' || text === 'max') return { kind: 'share', percent: 100 };
  if (text === 'half') return { kind: 'share', percent: 50 };
  const percent = Number(percentPattern.exec(text)?.[1] ?? Number.NaN);
  if (percent >= 1 && percent <= 100) return { kind: 'share', percent };
  if (!digitsPattern.test(text) && !groupedPattern.test(text)) return undefined;
  const value = Number(text.replaceAll(',', ''));
  return value >= 1 && value <= coinsMax ? { kind: 'exact', coins: value as Coins } : undefined;
};

/** The coins meant, out of those available; a share is rounded down and may come to 0. */
export const resolveAmount = (amount: Amount, available: Coins): Coins =>
  amount.kind === 'exact' ? amount.coins : (Number((BigInt(available) * BigInt(amount.percent)) / 100n) as Coins);
