import type { Coins, MemberId } from '../../kernel/ids.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { colors, mention } from './cards.ts';
import { type Payment, paymentFields } from './payment.ts';

/** A request that came to nothing. */
export interface TurnedDown {
  readonly by: MemberId;
  readonly asked: MemberId;
  readonly coins: Coins;
  readonly how: 'declined' | 'withdrawn';
}

/** What takes the place of a request that was paid. Nobody is told anew. */
export const paidReply = (payment: Payment, text: Text): Reply => ({
  private: false,
  replaces: true,
  content: text('economy.request.paid', {
    payer: mention(payment.payer),
    receiver: mention(payment.receiver),
    coins: payment.received,
  }),
  embeds: [{ color: colors.money, fields: paymentFields(payment, text) }],
});

/** What takes the place of a request that was declined or taken back. */
export const turnedDownReply = ({ by, asked, coins, how }: TurnedDown, text: Text): Reply => ({
  private: false,
  replaces: true,
  content: text(`economy.request.${how}`, { by: mention(by), asked: mention(asked), coins }),
});

/** What takes the place of a request whose time has run out. */
export const closedReply = (text: Text): Reply => ({
  private: false,
  replaces: true,
  content: text('economy.request.closed'),
});
