import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, options } from '../../../kernel/option.ts';
import { moveCoins, movedCard } from '../bank.ts';

/** Moves coins from one's bank to one's wallet. */
export const withdraw = mutation({
  name: 'economy.bank.withdraw',
  version: 1,
  input: options({ amount: amountOption({ describe: 'economy.bank.withdraw.amount' }) }),
  run: (m, { amount }) => moveCoins(m, 'withdraw', amount),
  view: (moved, text) => movedCard('withdraw', moved, text),
});

export const withdrawCommand: Command = {
  path: 'bank withdraw',
  describe: 'economy.bank.withdraw.describe',
  operation: withdraw,
  visibility: 'private',
};
