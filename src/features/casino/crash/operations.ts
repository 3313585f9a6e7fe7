import { z } from 'zod';
import { unreachable } from '../../../kernel/assert.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, booleanOption, optional, options } from '../../../kernel/option.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { coinsField, colors, relativeTime } from '../../wallet/api.ts';
import { betId } from '../bet.ts';
import { betSchema, firstReply, ownerSchema, playButton, refuseOther, settledEmbed } from '../cards.ts';
import { paytableButton } from '../commands/paytable.ts';
import { crashJoinMs, crashPlayersMax } from '../tuning.ts';
import { type Opened, type Seated, sit } from './channel/betting.ts';
import { openedReply, seatedReply } from './channel/operations.ts';
import { type First, type Flying, type Landed, type Past, press, start } from './play.ts';
import { multiplierMax, reachChance, targetMin } from './rules.ts';
import { targetOption } from './target.ts';

/** `/casino crash`: the round of the channel, or a curve of one's own. */
export const crash = mutation({
  name: 'casino.crash',
  version: 1,
  input: options({
    bet: amountOption({ describe: 'economy.casino.bet' }),
    auto: optional(targetOption),
    alone: optional(booleanOption({ describe: 'economy.casino.crash.alone' })),
  }),
  run: (m, { bet, auto, alone }): Outcome<Flying | Landed | First | Opened | Seated> => {
    const { channel } = m.actor;
    return alone === true || channel === undefined ? start(m, bet, auto) : sit(m, channel, bet, auto ?? multiplierMax);
  },
  view: (value, text) => {
    if (value.kind === 'opened') return openedReply(value, text);
    return value.kind === 'seated' ? seatedReply(value, text) : reply(value, text);
  },
});

/** Starts another curve for the same bet, by a button of the member's own. */
export const crashAgain = mutation({
  name: 'casino.crash.again',
  version: 1,
  input: controlInput(ownerSchema.extend({ bet: betSchema, target: z.int().min(targetMin).max(multiplierMax) })),
  run: (m, { by, bet, target }) => refuseOther(m, by) ?? start(m, { kind: 'exact', coins: bet as Coins }, target),
  view: (value, text) => ({ ...reply(value, text), replaces: true }),
});

/** Stops the curve, or looks where it is. */
export const crashPress = mutation({
  name: 'casino.crash.press',
  version: 1,
  input: controlInput(ownerSchema.extend({ round: z.int().nonnegative(), wish: z.enum(['stop', 'look']) })),
  run: (m, { by, round, wish }) => refuseOther(m, by) ?? press(m, round, wish),
  view: (value, text) => ({ ...reply(value, text), replaces: true }),
});

const flyingReply = ({ by, round, stake, startedAt, target, multiplier }: Flying, text: Text): Reply => ({
  private: false,
  embeds: [
    {
      title: text('economy.casino.crash.name'),
      description: [
        text('economy.casino.crash.flying', { multiplier: multiplier / 100, at: relativeTime(startedAt) }),
        text('economy.casino.crash.target', { target: target / 100 }),
      ].join('\n'),
      color: colors.gold,
      fields: [coinsField('economy.field.bet', stake, text)],
      footer: text('economy.casino.round', { round }),
    },
  ],
  rows: [
    [
      playButton(text('economy.casino.crash.stop'), betId(crashPress, by, { round, wish: 'stop' }), 'success'),
      playButton(text('economy.casino.crash.look'), betId(crashPress, by, { round, wish: 'look' })),
    ],
  ],
});

const landedReply = ({ point, at, target, settled }: Landed, text: Text): Reply => {
  const { by, stake } = settled;
  const line = text(at > 0 ? 'economy.casino.crash.stopped' : 'economy.casino.crash.crashed', {
    at: at / 100,
    point: point / 100,
  });
  return {
    private: false,
    embeds: [settledEmbed(settled, [line], text)],
    rows: [
      [
        playButton(
          text('economy.casino.again', { coins: stake }),
          betId(crashAgain, by, { bet: stake, target }),
          'primary',
        ),
        paytableButton('crash', text),
      ],
    ],
  };
};

const reply = (value: Flying | Landed | Past | First, text: Text): Reply => {
  switch (value.kind) {
    case 'flying':
      return flyingReply(value, text);
    case 'landed':
      return landedReply(value, text);
    case 'past': {
      const { round } = value;
      const content = round
        ? text('economy.casino.past', { round: round.nonce, stake: round.stake, paid: round.paid })
        : text('economy.casino.long-past');
      return { private: false, content };
    }
    case 'first': {
      const { first, bet, target } = value;
      return firstReply(first, betId(crashAgain, first.by, { bet, target }), text);
    }
    default:
      return unreachable(value);
  }
};

const examples = { low: 200, high: 1_000 } as const;

export const crashCommand: Command = {
  path: 'casino crash',
  describe: 'economy.casino.crash.describe',
  operation: crash,
  visibility: 'public',
  explain: {
    text: 'economy.casino.crash.explain',
    figures: () => ({
      low: examples.low / 100,
      lowChance: reachChance(examples.low) * 100,
      high: examples.high / 100,
      highChance: reachChance(examples.high) * 100,
      most: multiplierMax / 100,
      seconds: crashJoinMs / 1_000,
      players: crashPlayersMax,
    }),
  },
};
