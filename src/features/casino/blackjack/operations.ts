import { z } from 'zod';
import { unreachable } from '../../../kernel/assert.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { coins, shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, options } from '../../../kernel/option.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { coinsField, colors, relativeTime } from '../../wallet/api.ts';
import { betId } from '../bet.ts';
import { betSchema, firstReply, ownerSchema, playButton, refuseOther, settledEmbed } from '../cards.ts';
import { paytableButton } from '../commands/paytable.ts';
import { handIdleMs } from '../tuning.ts';
import { handLines } from './card.ts';
import { type Dealt, deal, type Ended, type First, type Past, playOn } from './play.ts';
import { blackjackReturn } from './return.ts';
import { canDouble, canSplit, hintKept, insuranceOf, type Move, moves } from './rules.ts';

/** `/casino blackjack`. */
export const blackjack = mutation({
  name: 'casino.blackjack',
  version: 1,
  input: options({ bet: amountOption({ describe: 'economy.casino.bet' }) }),
  run: (m, { bet }) => deal(m, bet),
  view: (value, text) => handReply(value, text),
});

/** Deals another hand for the same bet, by a button of the member's own. */
export const blackjackAgain = mutation({
  name: 'casino.blackjack.again',
  version: 1,
  input: controlInput(ownerSchema.extend({ bet: betSchema })),
  run: (m, { by, bet }) => refuseOther(m, by) ?? deal(m, { kind: 'exact', coins: bet as Coins }),
  view: (value, text) => ({ ...handReply(value, text), replaces: true }),
});

/** Hits, stands, doubles, splits or insures. */
export const moveHand = mutation({
  name: 'casino.blackjack.move',
  version: 1,
  input: controlInput(
    ownerSchema.extend({
      round: z.int().nonnegative(),
      step: z.int().nonnegative(),
      move: z.enum(moves),
    }),
  ),
  run: (m, press) => refuseOther(m, press.by) ?? playOn(m, press),
  view: (value, text) => ({ ...handReply(value, text), replaces: true }),
});

const dealtReply = ({ by, round, stake, hand, hint, step, mayInsure, deadline }: Dealt, text: Text): Reply => {
  const button = (move: Move, label: string) =>
    playButton(label, betId(moveHand, by, { round, step, move }), move === 'H' ? 'primary' : 'secondary');
  return {
    private: true,
    embeds: [
      {
        title: text('economy.casino.blackjack.name'),
        description: [
          ...handLines(hand, text),
          ...(hint ? [text(`economy.casino.blackjack.hint-${hint}`, { percent: (hintKept * 100) / shareUnits })] : []),
          text('economy.casino.blackjack.until', { at: relativeTime(deadline) }),
        ].join('\n'),
        color: colors.gold,
        fields: [coinsField('economy.field.bet', stake, text)],
        footer: text('economy.casino.round', { round }),
      },
    ],
    rows: [
      [
        button('H', text('economy.casino.blackjack.hit')),
        button('S', text('economy.casino.blackjack.stand')),
        ...(canDouble(hand.player) ? [button('D', text('economy.casino.blackjack.double', { coins: stake }))] : []),
        ...(canSplit(hand.player) ? [button('P', text('economy.casino.blackjack.split', { coins: stake }))] : []),
        ...(mayInsure
          ? [button('I', text('economy.casino.blackjack.insure', { coins: insuranceOf(coins(stake)) }))]
          : []),
      ],
    ],
  };
};

const endedReply = ({ hand, bet, settled }: Ended, text: Text): Reply => ({
  private: true,
  embeds: [
    settledEmbed(
      settled,
      [
        ...handLines(hand, text),
        ...[hand.result, hand.second?.result]
          .filter((result) => result !== undefined)
          .map((result) => text(`economy.casino.blackjack.result-${result}`)),
        ...(hand.insured && hand.result === 'dealer-natural' ? [text('economy.casino.blackjack.insured')] : []),
      ],
      text,
    ),
  ],
  rows: [
    [
      playButton(text('economy.casino.again', { coins: bet }), betId(blackjackAgain, settled.by, { bet }), 'primary'),
      paytableButton('blackjack', text),
    ],
  ],
});

const pastReply = ({ round }: Past, text: Text): Reply => ({
  private: true,
  content: round
    ? text('economy.casino.past', { round: round.nonce, stake: round.stake, paid: round.paid })
    : text('economy.casino.long-past'),
});

const handReply = (value: Dealt | Ended | Past | First, text: Text): Reply => {
  switch (value.kind) {
    case 'dealt':
      return dealtReply(value, text);
    case 'ended':
      return endedReply(value, text);
    case 'past':
      return pastReply(value, text);
    case 'first':
      return firstReply(value.first, betId(blackjackAgain, value.first.by, { bet: value.bet }), text);
    default:
      return unreachable(value);
  }
};

const minuteMs = 60_000;

export const blackjackCommand: Command = {
  path: 'casino blackjack',
  describe: 'economy.casino.blackjack.describe',
  operation: blackjack,
  visibility: 'private',
  explain: {
    text: 'economy.casino.blackjack.explain',
    figures: () => ({ percent: blackjackReturn * 100, minutes: handIdleMs / minuteMs }),
  },
};
