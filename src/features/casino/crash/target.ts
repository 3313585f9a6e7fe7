import { InputError, type Option } from '../../../kernel/option.ts';
import { multiplierMax, targetMin } from './rules.ts';

/** Characters of a multiplier as somebody types it. */
export const targetCharacters = 8;

/**
 * Reads the multiplier at which a curve is paid by itself, in hundredths: two decimals at most. The empty text stands for
 * the most there is. Throws `InputError` on anything else.
 */
export const parseTarget = (typed: string): number => {
  if (typed.trim() === '') return multiplierMax;
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?x?$/i.exec(typed.trim());
  const hundredths = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0;
  if (hundredths < targetMin || hundredths > multiplierMax) throw new InputError('economy.casino.crash.no-auto');
  return hundredths;
};

/** A multiplier as text: Discord's numbers are floats. Held in hundredths. */
export const targetOption: Option<number> = {
  type: 'text',
  required: true,
  describe: 'economy.casino.crash.auto',
  max: targetCharacters,
  parse: (input) => {
    if (typeof input !== 'string' || input.trim() === '') throw new InputError('economy.casino.crash.no-auto');
    return parseTarget(input);
  },
};
