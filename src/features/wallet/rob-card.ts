import { card } from '../../kernel/card.ts';
import type { Coins, GuildId, MemberId } from '../../kernel/ids.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, mention } from './cards.ts';

/** How an attempt at robbing somebody went. */
export interface RobReport {
  readonly robber: MemberId;
  readonly target: MemberId;
  readonly succeeded: boolean;
  /** The chance of success, in percent. */
  readonly chance: number;
  /** Stolen, or to be paid as a fine. */
  readonly coins: Coins;
  /** What of the loot went to the robber's debts. */
  readonly debtPaid: number;
  readonly fromWallet: number;
  readonly fromBank: number;
  /** What of the fine became debt. */
  readonly owed: number;
}

/** The public card of an attempt, which tells the victim. */
export const robReply = (report: RobReport, text: Text): Reply => {
  const args = { robber: mention(report.robber), target: mention(report.target), coins: report.coins };
  const chance = { name: text('economy.field.chance'), value: text('economy.percent', { percent: report.chance }) };
  const fields = report.succeeded
    ? [
        coinsField('economy.field.stolen', report.coins, text),
        ...(report.debtPaid > 0 ? [coinsField('economy.field.debt-paid', report.debtPaid, text)] : []),
      ]
    : [
        coinsField('economy.field.fine', report.coins, text),
        coinsField('economy.field.from-wallet', report.fromWallet, text),
        coinsField('economy.field.from-bank', report.fromBank, text),
        ...(report.owed > 0 ? [coinsField('economy.field.new-debt', report.owed, text)] : []),
      ];
  return {
    private: false,
    content: text(report.succeeded ? 'economy.rob.succeeded' : 'economy.rob.failed', args),
    embeds: [
      {
        color: report.succeeded ? colors.gold : colors.loss,
        fields: [...fields, { ...chance, inline: true }],
      },
    ],
    mentions: [report.target],
  };
};

/** What the victim of an attempt is told by direct message. It says where, as it stands in no server. */
export const robNotice = card<Pick<RobReport, 'robber' | 'succeeded' | 'coins' | 'owed'> & { readonly guild: GuildId }>(
  {
    name: 'economy.rob-notice',
    view: ({ guild, robber, succeeded, coins, owed }, text) => ({
      private: true,
      embeds: [
        {
          description: [
            text(succeeded ? 'economy.rob.notice.robbed' : 'economy.rob.notice.caught', {
              robber: mention(robber),
              coins,
            }),
            ...(owed > 0 ? [text('economy.rob.notice.owed', { coins: owed })] : []),
            text('economy.rob.notice.where', { guild }),
          ].join('\n'),
          color: succeeded ? colors.loss : colors.gold,
        },
      ],
    }),
  },
);
