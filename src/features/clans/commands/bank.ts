import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import { customId } from '../../../kernel/component.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { RowId, Schema } from '../../../kernel/ids.ts';
import { form, mutation, type Operation, query } from '../../../kernel/operation.ts';
import { amountOption, options } from '../../../kernel/option.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { coinsField, colors } from '../../wallet/api.ts';
import { benefitsText, button, type ClanLook, clanFields, clanTitle, lookAtClan } from '../cards.ts';
import { interestArguments } from '../interest.ts';
import { levyArguments } from '../levy.ts';
import { clanIdSchema } from '../state.ts';
import { deposit, ownClan, type TreasuryMove, withdraw } from '../treasury.ts';
import { infoOf } from './info.ts';

type Direction = 'deposit' | 'withdraw';
const moves = { deposit, withdraw };
/** As many characters as the amount of the slash command takes. */
const amountCharactersMax = 32;

const movedReply = (direction: Direction, move: TreasuryMove, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: clanTitle(move.name),
      description: text(`economy.clan.${direction}.done`, { coins: move.moved }),
      color: colors.money,
      fields: [
        coinsField('economy.field.wallet', move.wallet, text),
        coinsField('economy.field.clan-treasury', move.treasury, text),
        coinsField('economy.field.clan-contribution', move.contribution, text),
      ],
    },
  ],
});

const moveCommand = (direction: Direction) =>
  mutation({
    name: `economy.clan.${direction}`,
    version: 1,
    input: options({ amount: amountOption({ describe: `economy.clan.${direction}.amount` }) }),
    run: (m, { amount }) => moves[direction](m, amount),
    view: (move, text) => movedReply(direction, move, text),
  });

/** Moves coins between one's wallet and the treasury of one's clan. */
export const depositOwn = moveCommand('deposit');
export const withdrawOwn = moveCommand('withdraw');

const typedSchema = controlInput(z.strictObject({ c: clanIdSchema, amount: z.string() }));

/** What a form brings: the clan of the card it was opened from, and an amount as the command takes it. */
const typedInput = (direction: Direction): Schema<{ readonly c: RowId; readonly amount: Amount }> => {
  const amountTyped = amountOption({ describe: `economy.clan.${direction}.amount` });
  return {
    parse: (input) => {
      const { c, amount } = typedSchema.parse(input);
      return { c, amount: amountTyped.parse(amount) };
    },
  };
};

/** The same from the form behind a card, which is of one clan: somebody of another one is refused. */
const moveForm = (direction: Direction) =>
  mutation({
    name: `economy.clan.${direction}-typed`,
    version: 1,
    input: typedInput(direction),
    run: (m, { c, amount }) => moves[direction](m, amount, c),
    view: (move, text) => movedReply(direction, move, text),
  });
export const depositTyped = moveForm('deposit');
export const withdrawTyped = moveForm('withdraw');

const amountForm = <I>(direction: Direction, operation: Operation<I>) =>
  form({
    name: `economy.clan.${direction}-form`,
    version: 1,
    input: controlInput(z.strictObject({ c: clanIdSchema })),
    run: (q, { c }) => {
      const own = ownClan(q, c);
      return 'clan' in own ? done({ c }) : own;
    },
    view: ({ c }, text) => ({
      modal: {
        title: text(`economy.clan.${direction}.title`),
        customId: customId(operation, { c }),
        fields: [
          {
            name: 'amount',
            label: text('economy.clan.form.amount'),
            placeholder: text('economy.clan.form.examples'),
            charactersMax: amountCharactersMax,
            required: true,
          },
        ],
      },
    }),
  });
export const depositForm = amountForm('deposit', depositTyped);
export const withdrawForm = amountForm('withdraw', withdrawTyped);

/** The treasury's card, with buttons for the members of its clan. */
export const bank = query({
  name: 'economy.clan.bank',
  version: 1,
  input: options({}),
  run: (q): Outcome<ClanLook> => {
    const own = ownClan(q);
    if (!('clan' in own)) return own;
    const look = lookAtClan(q, own.clan);
    return 'name' in look ? done(look) : look;
  },
  view: (look, text) => ({
    private: false,
    embeds: [
      {
        title: clanTitle(look.name),
        description: benefitsText(look, text),
        color: colors.money,
        fields: clanFields(look, text),
      },
    ],
    rows: [
      [
        button(text('economy.clan.deposit.title'), 'primary', [depositForm, { c: look.clan }]),
        button(text('economy.clan.withdraw.title'), 'secondary', [withdrawForm, { c: look.clan }]),
        button(text('economy.clan.info.title'), 'secondary', [infoOf, { c: look.clan }]),
      ],
    ],
  }),
});

export const bankCommand: Command = {
  path: 'guild bank',
  describe: 'economy.clan.bank.describe',
  operation: bank,
  visibility: 'public',
  explain: {
    text: 'economy.clan.benefits',
    figures: (q) => ({ ...interestArguments(q), ...levyArguments(q) }),
  },
};
export const depositCommand: Command = {
  path: 'guild deposit',
  describe: 'economy.clan.deposit.describe',
  operation: depositOwn,
  visibility: 'private',
};
export const withdrawCommand: Command = {
  path: 'guild withdraw',
  describe: 'economy.clan.withdraw.describe',
  operation: withdrawOwn,
  visibility: 'private',
  explain: { text: 'economy.clan.withdraw.explain', figures: () => ({}) },
};
