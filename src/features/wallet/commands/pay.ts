import type { Command } from '../../../kernel/feature.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, memberOption, options } from '../../../kernel/option.ts';
import { refuse } from '../../../kernel/outcome.ts';
import { colors, mention } from '../cards.ts';
import { payCoins, paymentFields } from '../payment.ts';
import { payTax } from '../settings.ts';

/** Hands coins of one's wallet to another member. */
export const pay = mutation({
  name: 'economy.pay',
  version: 1,
  input: options({
    member: memberOption({ describe: 'economy.pay.member' }),
    amount: amountOption({ describe: 'economy.pay.amount' }),
  }),
  run: (m, { member: receiver, amount }) => {
    if (receiver.id === m.actor.member) return refuse('economy.pay.self');
    if (receiver.bot) return refuse('economy.pay.bot');
    if (!receiver.present) return refuse('economy.pay.absent');
    return payCoins(m, receiver.id, amount);
  },
  view: (payment, text) => ({
    private: false,
    content: text('economy.pay.paid', {
      payer: mention(payment.payer),
      receiver: mention(payment.receiver),
      coins: payment.received,
    }),
    embeds: [
      {
        color: colors.money,
        // What is left in the payer's wallet is for their eyes only, and everybody reads this card.
        fields: paymentFields(payment, text),
      },
    ],
    mentions: payment.pings ? [payment.receiver] : [],
  }),
});

export const payCommand: Command = {
  path: 'pay',
  describe: 'economy.pay.describe',
  operation: pay,
  visibility: 'public',
  explain: {
    text: 'economy.pay.explain',
    figures: (query) => ({ tax: (query.setting(payTax) * 100) / shareUnits }),
  },
};
