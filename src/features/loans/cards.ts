import type { Field, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, relativeTime } from '../wallet/api.ts';
import type { Limit, Lost, Paid, Taken } from './lending.ts';
import { instalmentOf } from './rules.ts';
import type { Loan } from './state.ts';
import { conversionShare, instalments } from './tuning.ts';

const percentUnits = 100;

const dueField = ({ dueAt }: Loan, text: Text): Field => ({
  name: text('economy.field.loan-due'),
  value: relativeTime(dueAt),
  inline: true,
});

const madeField = ({ paid }: Loan, text: Text): Field => ({
  name: text('economy.field.loan-made'),
  value: text('economy.loans.made', { paid, all: instalments }),
  inline: true,
});

const missedField = ({ missed }: Loan, text: Text): Field => ({
  name: text('economy.field.loan-missed'),
  value: text('economy.loans.weeks', { weeks: missed }),
  inline: true,
});

/** What is next of an open loan. */
const nextFields = (loan: Loan, text: Text): readonly Field[] => [
  coinsField('economy.field.loan-instalment', instalmentOf(loan), text),
  dueField(loan, text),
  ...(loan.missed > 0 ? [missedField(loan, text)] : []),
];

export const limitReply = (limit: Limit, now: number, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.loans.limit.title'),
      description: [
        text('economy.loans.limit.about'),
        ...(now < limit.blockedUntil ? [text('economy.loans.blocked', { at: relativeTime(limit.blockedUntil) })] : []),
      ].join('\n'),
      color: limit.loan && limit.loan.missed > 0 ? colors.loss : colors.money,
      fields: [
        signedField('economy.field.loan-worth', limit.worth, text),
        signedField('economy.field.loan-average', limit.average, text),
        coinsField('economy.field.loan-limit', limit.limit, text),
        coinsField('economy.field.loan-outstanding', limit.loan?.outstanding ?? 0, text),
        coinsField('economy.field.loan-available', limit.available, text),
        ...(limit.loan ? nextFields(limit.loan, text) : []),
      ],
    },
  ],
});

/** An amount that may be below 0. */
const signedField = (name: `economy.field.${string}`, amount: number, text: Text): Field => ({
  name: text(name),
  value: text('economy.coins', { coins: amount }),
  inline: true,
});

export const takenReply = ({ loan, missedPercent, wallet }: Taken, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.loans.title'),
      description: [
        text('economy.loans.taken', { coins: loan.lent, fee: loan.original - loan.lent }),
        text('economy.loans.rules', { percent: missedPercent, lost: conversionShare / percentUnits }),
      ].join('\n'),
      color: colors.money,
      fields: [
        coinsField('economy.field.loan-outstanding', loan.outstanding, text),
        madeField(loan, text),
        ...nextFields(loan, text),
        coinsField('economy.field.wallet', wallet, text),
      ],
    },
  ],
});

export const paidReply = (value: Paid | Lost, text: Text): Reply => {
  if ('lost' in value) {
    return { private: true, embeds: [{ description: text('economy.loans.lost'), color: colors.loss }] };
  }
  const { paid, spared, loan, counted, missed, wallet, bank } = value;
  return {
    private: true,
    embeds: [
      {
        title: text('economy.loans.title'),
        description: [
          text('economy.loans.paid', { coins: paid }),
          ...(spared > 0 ? [text('economy.loans.spared', { coins: spared })] : []),
          ...(loan === undefined ? [text('economy.loans.over')] : []),
          ...(loan !== undefined && !counted ? [text('economy.loans.part', { coins: instalmentOf(loan) })] : []),
          ...(loan !== undefined && counted && missed > 0 ? [text('economy.loans.cleared')] : []),
        ].join('\n'),
        color: loan === undefined || counted ? colors.money : colors.gold,
        fields: [
          coinsField('economy.field.loan-outstanding', loan?.outstanding ?? 0, text),
          ...(loan ? [madeField(loan, text), ...nextFields(loan, text)] : []),
          coinsField('economy.field.wallet', wallet, text),
          coinsField('economy.field.bank', bank, text),
        ],
      },
    ],
  };
};

export const statusReply = (loan: Loan | undefined, text: Text): Reply => {
  if (loan === undefined) {
    return { private: true, embeds: [{ description: text('economy.loans.no-loan'), color: colors.money }] };
  }
  const { original, lent, outstanding, missed } = loan;
  return {
    private: true,
    embeds: [
      {
        title: text('economy.loans.title'),
        color: missed > 0 ? colors.loss : colors.money,
        fields: [
          coinsField('economy.field.loan-lent', lent, text),
          coinsField('economy.field.loan-original', original, text),
          coinsField('economy.field.loan-outstanding', outstanding, text),
          madeField(loan, text),
          ...nextFields(loan, text),
          coinsField('economy.field.loan-lost', Math.ceil((original * conversionShare) / 10_000), text),
        ],
      },
    ],
  };
};
