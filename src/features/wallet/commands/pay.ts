import { resolveAmount } from '../../../kernel/amount.ts';
import type { Command } from '../../../kernel/feature.ts';
import { coins, shareOf, shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, memberOption, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { begin } from '../account.ts';
import { coinsField, colors, mention } from '../cards.ts';
import { entries } from '../entries.ts';
import { book, give, take } from '../money.ts';
import { payTax } from '../settings.ts';
import { accounts } from '../state.ts';

/** Hands coins of one's wallet to another member. What `pay.tax` takes of it is burned. */
export const pay = mutation({
  name: 'economy.pay',
  version: 1,
  input: options({
    member: memberOption({ describe: 'economy.pay.member' }),
    amount: amountOption({ describe: 'economy.pay.amount' }),
  }),
  run: (m, { member: receiver, amount }) => {
    const payer = m.actor.member;
    if (receiver.id === payer) return refuse('economy.pay.self');
    if (receiver.bot) return refuse('economy.pay.bot');
    if (!receiver.present) return refuse('economy.pay.absent');
    const account = begin(m);
    if (account.debt > 0) return refuse('economy.pay.debt', { coins: account.debt });
    const paid = resolveAmount(amount, account.wallet);
    if (paid === 0) return refuse('economy.pay.empty');
    if (paid > account.wallet) {
      return refuse('economy.pay.poor', { wallet: account.wallet, missing: paid - account.wallet });
    }
    const tax = shareOf(paid, m.setting(payTax));
    const received = coins(paid - tax);
    const postings = [
      take(payer, 'wallet', paid, { entry: entries.paid, other: receiver.id }),
      give(receiver.id, 'wallet', received, { entry: entries.received, other: payer }),
    ];
    const refused = book(m, { postings, burned: tax });
    if (refused) return refused;
    const { wallet } = m.get(accounts, [payer]);
    return done({ payer, receiver: receiver.id, received, tax, wallet });
  },
  view: ({ payer, receiver, received, tax, wallet }, text) => ({
    private: false,
    content: text('economy.pay.paid', { payer: mention(payer), receiver: mention(receiver), coins: received }),
    embeds: [
      {
        color: colors.money,
        fields: [
          coinsField('economy.field.received', received, text),
          ...(tax > 0 ? [coinsField('economy.field.tax', tax, text)] : []),
          coinsField('economy.field.payer-wallet', wallet, text),
        ],
      },
    ],
    mentions: [receiver],
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
