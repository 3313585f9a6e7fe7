import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, choiceOption, options } from '../../../kernel/option.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { betId, type FirstSeeds, isOpened, openBet } from '../bet.ts';
import { betSchema, firstReply, ownerSchema, playButton, refuseOther, settledEmbed } from '../cards.ts';
import { coinBoost, wantedEffects } from '../edge.ts';
import { gameEffects } from '../points.ts';
import { coinflipPayout } from '../settings.ts';
import { type Settled, settle } from '../settle.ts';
import { coinflipPaid, coinflipReturn, flipBoosted, type Side, sides } from './rules.ts';

interface Flip {
  readonly kind: 'flip';
  readonly side: Side;
  readonly fallen: Side;
  /** Ten-thousandths that the chance was above a half. */
  readonly boost: number;
  readonly settled: Settled;
}
interface First {
  readonly kind: 'first';
  readonly first: FirstSeeds;
  readonly side: Side;
  readonly bet: number;
}

const play = (m: Mutation, side: Side, amount: Amount): Outcome<Flip | First> => {
  const opened = openBet(m, 'coinflip', amount);
  if (!isOpened(opened)) return opened;
  if (opened.kind === 'first') return done<Flip | First>({ kind: 'first', first: opened, side, bet: opened.stake });
  const { stake, split, ticket, random } = opened;
  const { member } = m.actor;
  const payout = m.setting(coinflipPayout);
  const { chance } = wantedEffects(m.extensions(gameEffects, { member, game: 'coinflip' }).flat());
  const boost = coinBoost(payout, chance);
  const bet = { side, payout, ...(boost > 0 && { boost }) };
  const fallen = flipBoosted(random, bet);
  const paid = coinflipPaid(stake, bet, fallen);
  const settled = settle(m, member, { play: { game: 'coinflip', ...bet }, ticket, stake, paid, split });
  return done<Flip | First>({ kind: 'flip', side, fallen, boost, settled });
};

/** `/casino coinflip`. */
export const coinflip = mutation({
  name: 'casino.coinflip',
  version: 1,
  input: options({
    bet: amountOption({ describe: 'economy.casino.bet' }),
    side: choiceOption({
      describe: 'economy.casino.coinflip.side',
      choices: { heads: 'economy.casino.coinflip.heads', tails: 'economy.casino.coinflip.tails' },
    }),
  }),
  run: (m, { bet, side }) => play(m, side, bet),
  view: (value, text) => reply(value, text),
});

/** Flips again, by a button of the member's own. */
export const coinflipAgain = mutation({
  name: 'casino.coinflip.again',
  version: 1,
  input: controlInput(ownerSchema.extend({ bet: betSchema, side: z.enum(sides) })),
  run: (m, { by, bet, side }) => refuseOther(m, by) ?? play(m, side, { kind: 'exact', coins: bet as Coins }),
  view: (value, text) => ({ ...reply(value, text), replaces: true }),
});

const boostLine = (boost: number, text: Text): string =>
  text('economy.casino.coinflip.boosted', { percent: 50 + (boost * 100) / shareUnits });

const reply = (value: Flip | First, text: Text): Reply => {
  if (value.kind === 'first') {
    const { first, bet, side } = value;
    return firstReply(first, betId(coinflipAgain, first.by, { bet, side }), text);
  }
  const { side, fallen, boost, settled } = value;
  const again = (one: Side) =>
    playButton(
      text('economy.casino.coinflip.again', { side: text(`economy.casino.coinflip.${one}`), coins: settled.stake }),
      betId(coinflipAgain, settled.by, { bet: settled.stake, side: one }),
    );
  const line = text(side === fallen ? 'economy.casino.coinflip.won' : 'economy.casino.coinflip.lost', {
    side: text(`economy.casino.coinflip.${side}`),
    fallen: text(`economy.casino.coinflip.${fallen}`),
  });
  return {
    private: true,
    embeds: [settledEmbed(settled, boost > 0 ? [line, boostLine(boost, text)] : [line], text)],
    rows: [sides.map(again)],
  };
};

export const coinflipCommand: Command = {
  path: 'casino coinflip',
  describe: 'economy.casino.coinflip.describe',
  operation: coinflip,
  visibility: 'private',
  explain: {
    text: 'economy.casino.coinflip.explain',
    figures: (query) => {
      const payout = query.setting(coinflipPayout);
      return { payout: payout / shareUnits, percent: coinflipReturn(payout) * 100 };
    },
  },
};
