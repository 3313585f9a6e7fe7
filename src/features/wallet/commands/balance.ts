import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, optional, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { colors, mention } from '../cards.ts';
import { lookAtOneself, lookAtOther, lookFields } from '../look.ts';
import { memberControls } from '../points.ts';

/** What a member holds. Looking at oneself collects debts first; looking at another shows and collects none. */
export const balance = mutation({
  name: 'economy.balance',
  version: 1,
  input: options({ member: optional(memberOption({ describe: 'economy.balance.member' })) }),
  run: (m, { member }) => {
    if (member?.bot) return refuse('economy.balance.bot');
    if (member?.present === false) return refuse('economy.balance.absent');
    const other = member !== undefined && member.id !== m.actor.member ? member.id : undefined;
    const look = other === undefined ? lookAtOneself(m) : lookAtOther(m, other);
    const controls = other === undefined ? [] : m.extensions(memberControls, { member: other }).flat();
    return done({ other, controls, ...look });
  },
  view: ({ other, controls, ...look }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.balance.title'),
        description: [
          other === undefined ? text('economy.balance.own') : text('economy.balance.of', { member: mention(other) }),
          ...(look.collected > 0 ? [text('economy.balance.collected', { coins: look.collected })] : []),
          ...(look.debt > 0 ? [text('economy.balance.debt', { coins: look.debt })] : []),
        ].join('\n'),
        color: look.collected > 0 ? colors.gold : colors.money,
        fields: lookFields(look, text),
      },
    ],
    ...(controls.length > 0 && {
      rows: [
        controls.map(({ label, customId }) => ({
          kind: 'button' as const,
          label: text(label),
          style: 'secondary' as const,
          customId,
        })),
      ],
    }),
  }),
});

export const balanceCommand: Command = {
  path: 'balance',
  describe: 'economy.balance.describe',
  operation: balance,
  visibility: 'private',
  explain: { text: 'economy.balance.explain', figures: () => ({}) },
};
