import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { noCoins } from '../../kernel/money.ts';
import { profileSection } from '../../kernel/profile.ts';
import type { Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { begin } from './account.ts';
import { balanceFields, coinsField } from './cards.ts';
import { collectDebts } from './debt.ts';
import { moneyOf } from './members.ts';

/** What somebody sees of a member's money. */
export interface Look {
  readonly wallet: Coins;
  readonly bank: Coins;
  /** What is owed; 0 where it is not shown. */
  readonly debt: Coins;
  /** What of it was collected by looking. */
  readonly collected: Coins;
}

/** Looks at oneself: debts are collected first. */
export const lookAtOneself = (m: Mutation): Look => {
  begin(m);
  const collected = collectDebts(m, m.actor.member);
  return { ...moneyOf(m, m.actor.member), collected };
};

/** Looks at somebody else: nothing is collected, and debts are not shown. */
export const lookAtOther = (query: Query, member: MemberId): Look => {
  const { wallet, bank } = moneyOf(query, member);
  return { wallet, bank, debt: noCoins, collected: noCoins };
};

/** A look as fields of a card. */
export const lookFields = (look: Look, text: Text): readonly Field[] => [
  ...balanceFields(look, text),
  ...(look.debt > 0 ? [coinsField('economy.field.debt', look.debt, text)] : []),
];

/** What `/profile` shows of a member's money. */
export const walletSection = profileSection({
  name: 'wallet',
  order: 100,
  title: 'economy.profile.title',
  read: lookAtOther,
  readOwn: lookAtOneself,
  view: (look, text) => ({
    fields: lookFields(look, text),
    ...(look.collected > 0 && { notice: text('economy.profile.collected', { coins: look.collected }) }),
  }),
});
