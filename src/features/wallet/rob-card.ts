import { card } from '../../kernel/card.ts';
import type { Coins, Dotted, GuildId, MemberId } from '../../kernel/ids.ts';
import type { Field, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, mention } from './cards.ts';

/** How an attempt at robbing somebody went. */
export interface RobReport {
  readonly robber: MemberId;
  readonly target: MemberId;
  /** Whether the target wants to be pinged. */
  readonly pings: boolean;
  readonly succeeded: boolean;
  /** Whether something of the target's kept the robber off: no coins moved. */
  readonly blocked: boolean;
  /** The words of what bore upon it. */
  readonly labels: readonly Dotted[];
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

const outcomeText = ({ succeeded, blocked }: RobReport) => {
  if (blocked) return 'economy.rob.blocked';
  return succeeded ? 'economy.rob.succeeded' : 'economy.rob.failed';
};

const outcomeFields = (report: RobReport, text: Text): readonly Field[] => {
  if (report.blocked) return [];
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
  return [...fields, { ...chance, inline: true }];
};

/** The public card of an attempt, which tells the victim. */
export const robReply = (report: RobReport, text: Text): Reply => {
  const args = { robber: mention(report.robber), target: mention(report.target), coins: report.coins };
  return {
    private: false,
    content: text(outcomeText(report), args),
    embeds: [
      {
        color: report.succeeded ? colors.gold : colors.loss,
        fields: outcomeFields(report, text),
        ...(report.labels.length > 0 && {
          footer: text('economy.rob.with', { what: report.labels.map((one) => text(one)).join(', ') }),
        }),
      },
    ],
    mentions: report.pings ? [report.target] : [],
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
