import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { coins, coinsMax, noCoins } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { betId, type FirstSeeds, isOpened, openBet } from '../bet.ts';
import { betSchema, firstReply, ownerSchema, playButton, refuseOther, settledEmbed } from '../cards.ts';
import { paytableButton } from '../commands/paytable.ts';
import { jackpotEnabled } from '../settings.ts';
import { type Settled, settle } from '../settle.ts';
import { slotsBet, slotsPreset } from '../tuning.ts';
import { potOf, potPaid, potReturn, winsPot } from './pot.ts';
import { bestOf, drawSpin, potFreeSpins, type Reels, type Spin, slotsReturn, spinPaid } from './rules.ts';
import { reelsText } from './words.ts';

interface Spun {
  readonly kind: 'spun';
  readonly spin: Spin;
  readonly settled: Settled;
  /** What the pot paid, and what is in it now, where there is one. */
  readonly pot?: { readonly paid: number; readonly coins: number };
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
  const { member } = m.actor;
  if (!m.setting(jackpotEnabled)) {
    const spin = drawSpin(random);
    const settled = settle(m, member, { play: { game: 'slots' }, ticket, stake, paid: spinPaid(stake, spin), split });
    return done<Spun | First>({ kind: 'spun', spin, settled });
  }
  const spin = drawSpin(random, potFreeSpins);
  const pot = winsPot(spin.reels) ? potPaid(potOf(m), stake) : noCoins;
  const paid = coins(Math.min(spinPaid(stake, spin) + pot, coinsMax));
  const settled = settle(m, member, { play: { game: 'slots', pot }, ticket, stake, paid, pot, split });
  return done<Spun | First>({ kind: 'spun', spin, settled, pot: { paid: pot, coins: potOf(m) } });
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

const spinLines = ({ reels, free }: Spin, pot: Spun['pot'], text: Text): readonly string[] => {
  const classLine = (one: Reels): readonly string[] => {
    const best = bestOf(one);
    if (!best) return [];
    return [
      text('economy.casino.slots.class', { symbol: text(`economy.casino.slots.${best.symbol}`), count: best.count }),
    ];
  };
  const spins = free.length;
  return [
    `**${reelsText(reels)}**`,
    ...classLine(reels),
    ...(spins > 0 ? [text('economy.casino.slots.free', { spins })] : []),
    ...free.flatMap((one) => [reelsText(one), ...classLine(one)]),
    ...(bestOf(reels) ? [] : [text('economy.casino.slots.nothing')]),
    ...(pot && pot.paid > 0 ? [text('economy.casino.slots.pot-won', { coins: pot.paid })] : []),
    ...(pot ? [text('economy.casino.slots.pot', { coins: pot.coins })] : []),
  ];
};

const reply = (value: Spun | First, text: Text): Reply => {
  if (value.kind === 'first') {
    return firstReply(value.first, betId(slotsAgain, value.first.by, { bet: value.bet, as: 'same' }), text);
  }
  const { spin, settled, pot } = value;
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
    embeds: [settledEmbed(settled, spinLines(spin, pot, text), text)],
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
    figures: (query) => {
      const { total, hit } = slotsReturn();
      const returns = query.setting(jackpotEnabled) ? potReturn(potOf(query), slotsBet) : total;
      return { percent: returns * 100, hit: hit * 100, bet: slotsBet };
    },
  },
};
