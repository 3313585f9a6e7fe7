import { customId } from '../../../kernel/component.ts';
import type { Command } from '../../../kernel/feature.ts';
import { form, mutation, type Operation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import { begin } from '../account.ts';
import type { Direction } from '../bank.ts';
import { balanceFields, colors } from '../cards.ts';
import { interestArguments } from '../interest.ts';
import { deposit } from './bank-deposit.ts';
import { withdraw } from './bank-withdraw.ts';

/** As many characters as the amount of the slash command takes. */
const amountCharactersMax = 32;

const amountForm = <I>(direction: Direction, operation: Operation<I>) =>
  form({
    name: `economy.bank.${direction}-form`,
    version: 1,
    input: options({}),
    run: () => done(),
    view: (_, text) => ({
      modal: {
        title: text(`economy.bank.${direction}.title`),
        customId: customId(operation),
        fields: [
          {
            name: 'amount',
            label: text('economy.bank.form.amount'),
            placeholder: text('economy.bank.form.examples'),
            charactersMax: amountCharactersMax,
            required: true,
          },
        ],
      },
    }),
  });

/** Asks how much to deposit. */
export const depositForm = amountForm('deposit', deposit);
/** Asks how much to withdraw. */
export const withdrawForm = amountForm('withdraw', withdraw);

/** The bank's card, with a button for each way. */
export const bankOpen = mutation({
  name: 'economy.bank.open',
  version: 1,
  input: options({}),
  run: (m) => {
    const { wallet, bank } = begin(m);
    return done({ account: { wallet, bank }, interest: interestArguments(m) });
  },
  view: ({ account, interest }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.bank.title'),
        description: [text('economy.bank.welcome'), text('economy.bank.interest', interest)].join('\n'),
        color: colors.money,
        fields: balanceFields(account, text),
      },
    ],
    rows: [
      [
        {
          kind: 'button',
          label: text('economy.bank.deposit.title'),
          style: 'primary',
          customId: customId(depositForm),
        },
        {
          kind: 'button',
          label: text('economy.bank.withdraw.title'),
          style: 'secondary',
          customId: customId(withdrawForm),
        },
      ],
    ],
  }),
});

export const bankOpenCommand: Command = {
  path: 'bank open',
  describe: 'economy.bank.open.describe',
  operation: bankOpen,
  visibility: 'private',
  explain: { text: 'economy.bank.explain', figures: interestArguments },
};
