import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, options } from '../../../kernel/option.ts';
import { moveCoins, movedCard } from '../bank.ts';

/** Moves coins from one's wallet to one's bank. */
export const deposit = mutation({
  name: 'economy.bank.deposit',
  version: 1,
  input: options({ amount: amountOption({ describe: 'economy.bank.deposit.amount' }) }),
  run: (m, { amount }) => moveCoins(m, 'deposit', amount),
  view: (moved, text) => movedCard('deposit', moved, text),
});

export const depositCommand: Command = {
  path: 'bank deposit',
  describe: 'economy.bank.deposit.describe',
  operation: deposit,
  visibility: 'private',
};
