import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { begin } from './account.ts';
import { balanceFields, colors } from './cards.ts';
import { entries } from './entries.ts';
import { book, give, take } from './money.ts';
import { accounts } from './state.ts';

/** Which way coins go between one's own purses. */
export type Direction = 'deposit' | 'withdraw';

/** What was moved, and what each purse holds now. */
export interface Moved {
  readonly moved: Coins;
  readonly wallet: Coins;
  readonly bank: Coins;
}

/** Moves an amount between the asker's purses; a share is of the purse it comes from. */
export const moveCoins = (m: Mutation, direction: Direction, amount: Amount): Outcome<Moved> => {
  const { member } = m.actor;
  const account = begin(m);
  const available = direction === 'deposit' ? account.wallet : account.bank;
  const moved = resolveAmount(amount, available);
  if (moved === 0) return refuse(`economy.bank.${direction}.empty`);
  if (moved > available) return refuse(`economy.bank.${direction}.poor`, { available, missing: moved - available });
  const [from, to, entry] =
    direction === 'deposit'
      ? (['wallet', 'bank', entries.deposit] as const)
      : (['bank', 'wallet', entries.withdrawal] as const);
  const refused = book(m, { postings: [take(member, from, moved, { entry }), give(member, to, moved, { entry })] });
  if (refused) return refused;
  const { wallet, bank } = m.get(accounts, [member]);
  return done({ moved, wallet, bank });
};

/** The card that tells what was moved. */
export const movedCard = (direction: Direction, { moved, wallet, bank }: Moved, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      description: text(`economy.bank.${direction}.done`, { coins: moved }),
      color: colors.money,
      fields: balanceFields({ wallet, bank }, text),
    },
  ],
});
