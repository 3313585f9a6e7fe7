import { parseAmount } from '../../kernel/amount.ts';
import type { Coins, Dotted } from '../../kernel/ids.ts';
import { InputError, type Option } from '../../kernel/option.ts';

/** A number of coins as text: `250` or `1,000`. Shares are refused: of whose money would they be? */
export const exactAmountOption = (spec: { readonly describe: Dotted }): Option<Coins> => ({
  type: 'text',
  required: true,
  max: 32,
  ...spec,
  parse: (input) => {
    const amount = typeof input === 'string' ? parseAmount(input) : undefined;
    if (amount?.kind !== 'exact') throw new InputError('economy.request.no-amount');
    return amount.coins;
  },
});
