import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { betId, type FirstSeeds, isOpened, openBet } from '../bet.ts';
import { betSchema, firstReply, ownerSchema, playButton, refuseOther, settledEmbed } from '../cards.ts';
import { paytableButton } from '../commands/paytable.ts';
import { type Settled, settle } from '../settle.ts';
import { slotsBet, slotsPreset } from '../tuning.ts';
import { bestOf, drawSpin, freeSpinsOf, type Reels, type Spin, slotsReturn, spinPaid } from './rules.ts';
import { reelsText } from './words.ts';

interface Spun {
  readonly kind: 'spun';
  readonly spin: Spin;
  readonly settled: Settled;
}
interface First {
  readonly kind: 'first';
  readonly first: FirstSeeds;
  readonly bet: number;
}

const play = (m: Mutation, amount: Amount): Outcome<Spun | First> => {
  const opened = openBet(m, 'slots', amount);
  if (!isOpened(opened)) return opened;
  if (opened.kind === 'first') return done<Spun | First>({ kind: 'first', first: opened, bet: opened.stake });
  const { stake, split, ticket, random } = opened;
  const spin = drawSpin(random);
  const paid = spinPaid(stake, spin);
  const settled = settle(m, m.actor.member, { play: { game: 'slots' }, ticket, stake, paid, split });
  return done<Spun | First>({ kind: 'spun', spin, settled });
};

/** `/casino slots`. */
export const slots = mutation({
  name: 'casino.slots',
  version: 1,
  input: options({ bet: optional(amountOption({ describe: 'economy.casino.slots.bet' })) }),
  run: (m, { bet }) => play(m, bet ?? { kind: 'exact', coins: slotsBet as Coins }),
  view: (value, text) => reply(value, text),
});

/** What a button's bet is of the last one; it tells buttons of the same bet apart. */
const steps = ['same', 'double', 'half', 'preset'] as const;

/** Spins again, by a button of the member's own. */
export const slotsAgain = mutation({
  name: 'casino.slots.again',
  version: 1,
  input: controlInput(ownerSchema.extend({ bet: betSchema, as: z.enum(steps) })),
  run: (m, { by, bet }) => refuseOther(m, by) ?? play(m, { kind: 'exact', coins: bet as Coins }),
  view: (value, text) => ({ ...reply(value, text), replaces: true }),
});

const spinLines = ({ reels, free }: Spin, text: Text): readonly string[] => {
  const classLine = (one: Reels): readonly string[] => {
    const best = bestOf(one);
    if (!best) return [];
    return [
      text('economy.casino.slots.class', { symbol: text(`economy.casino.slots.${best.symbol}`), count: best.count }),
    ];
  };
  const spins = freeSpinsOf(reels);
  return [
    `**${reelsText(reels)}**`,
    ...classLine(reels),
    ...(spins > 0 ? [text('economy.casino.slots.free', { spins })] : []),
    ...free.flatMap((one) => [reelsText(one), ...classLine(one)]),
    ...(bestOf(reels) ? [] : [text('economy.casino.slots.nothing')]),
  ];
};

const reply = (value: Spun | First, text: Text): Reply => {
  if (value.kind === 'first') {
    return firstReply(value.first, betId(slotsAgain, value.first.by, { bet: value.bet, as: 'same' }), text);
  }
  const { spin, settled } = value;
  const { by, stake } = settled;
  const bets = { same: stake, double: stake * 2, half: Math.max(1, Math.floor(stake / 2)), preset: slotsPreset };
  const buttons = steps.map((as) =>
    playButton(
      text(`economy.casino.slots.again-${as}`, { coins: bets[as] }),
      betId(slotsAgain, by, { bet: bets[as], as }),
      as === 'same' ? 'primary' : 'secondary',
    ),
  );
  return {
    private: true,
    embeds: [settledEmbed(settled, spinLines(spin, text), text)],
    rows: [[...buttons, paytableButton('slots', text)]],
  };
};

export const slotsCommand: Command = {
  path: 'casino slots',
  describe: 'economy.casino.slots.describe',
  operation: slots,
  visibility: 'private',
  explain: {
    text: 'economy.casino.slots.explain',
    figures: () => {
      const { total, hit } = slotsReturn();
      return { percent: total * 100, hit: hit * 100, bet: slotsBet };
    },
  },
};
