import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, optional, options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import { begin } from '../account.ts';
import { balanceFields, coinsField, colors, mention } from '../cards.ts';
import { collectDebts } from '../debt.ts';
import { accounts } from '../state.ts';

/** What a member holds. Looking at oneself collects debts first; looking at another shows and collects none. */
export const balance = mutation({
  name: 'economy.balance',
  version: 1,
  input: options({ member: optional(memberOption({ describe: 'economy.balance.member' })) }),
  run: (m, { member }) => {
    if (member && member.id !== m.actor.member) {
      const { wallet, bank } = m.get(accounts, [member.id]);
      return done({ member: member.id, own: false, wallet, bank, debt: 0, collected: 0 });
    }
    begin(m);
    const collected = collectDebts(m, m.actor.member);
    const { wallet, bank, debt } = m.get(accounts, [m.actor.member]);
    return done({ member: m.actor.member, own: true, wallet, bank, debt, collected });
  },
  view: ({ member, own, wallet, bank, debt, collected }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.balance.title'),
        description: [
          own ? text('economy.balance.own') : text('economy.balance.of', { member: mention(member) }),
          ...(collected > 0 ? [text('economy.balance.collected', { coins: collected })] : []),
          ...(debt > 0 ? [text('economy.balance.debt', { coins: debt })] : []),
        ].join('\n'),
        color: collected > 0 ? colors.gold : colors.money,
        fields: [
          ...balanceFields({ wallet, bank }, text),
          ...(debt > 0 ? [coinsField('economy.field.debt', debt, text)] : []),
        ],
      },
    ],
  }),
});

export const balanceCommand: Command = {
  path: 'balance',
  describe: 'economy.balance.describe',
  operation: balance,
  visibility: 'private',
  explain: { text: 'economy.balance.explain', figures: () => ({}) },
};
