import { card, show } from '../../kernel/card.ts';
import type { Mutation } from '../../kernel/context.ts';
import { directMessage } from '../../kernel/effect.ts';
import type { EpochMs, GuildId, MemberId } from '../../kernel/ids.ts';
import { pings, prefers } from '../settings/api.ts';
import { colors, relativeTime } from '../wallet/api.ts';

/** What a borrower is told by direct message. */
interface Notice {
  readonly guild: GuildId;
  /** An instalment will be due; a missed week has cost; the loan has become a debt. */
  readonly what: 'due' | 'missed' | 'lost';
  /** The instalment, or what is owed now. */
  readonly coins: number;
  readonly at: EpochMs;
}

/** It says where, as it stands in no server. */
export const loanNotice = card<Notice>({
  name: 'loans.notice',
  view: ({ guild, what, coins, at }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.loans.title'),
        description: [
          text(`economy.loans.notice.${what}`, { coins, at: relativeTime(at) }),
          text('economy.loans.notice.where', { guild }),
        ].join('\n'),
        color: what === 'due' ? colors.gold : colors.loss,
      },
    ],
  }),
});

/** Tells a member, unless they want to be left in peace. */
export const notify = (m: Mutation, member: MemberId, notice: Omit<Notice, 'guild'>): void => {
  if (!prefers(m, member, pings)) return;
  m.perform(directMessage, { member, card: show(loanNotice, { guild: m.guild, ...notice }) });
};
