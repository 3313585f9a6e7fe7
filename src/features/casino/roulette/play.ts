import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { mention } from '../../wallet/api.ts';
import { betId, type FirstSeeds, isOpened, openBet } from '../bet.ts';
import { betSchema, firstReply, ownerSchema, playButton, refuseOther, settledEmbed } from '../cards.ts';
import { paytableButton } from '../commands/paytable.ts';
import { type Settled, settle } from '../settle.ts';
import { colourOf, parseWheelBet, pockets, spinWheel, wheelBets, wheelPaid } from './rules.ts';

interface Fallen {
  readonly kind: 'fallen';
  readonly on: string;
  readonly pocket: number;
  readonly settled: Settled;
}
interface First {
  readonly kind: 'first';
  readonly first: FirstSeeds;
  readonly on: string;
  readonly bet: number;
}

/** Characters that are read of a bet; what is longer is none. */
const betCharacters = 32;

const play = (m: Mutation, typed: string, amount: Amount): Outcome<Fallen | First> => {
  const bet = parseWheelBet(typed);
  if (!bet) return refuse('economy.casino.roulette.unknown');
  const opened = openBet(m, 'roulette', amount);
  if (!isOpened(opened)) return opened;
  const on = bet.name;
  if (opened.kind === 'first') return done<Fallen | First>({ kind: 'first', first: opened, on, bet: opened.stake });
  const { stake, split, ticket, random } = opened;
  const pocket = spinWheel(random);
  const paid = wheelPaid(stake, bet, pocket);
  const settled = settle(m, m.actor.member, { play: { game: 'roulette', on }, ticket, stake, paid, split });
  return done<Fallen | First>({ kind: 'fallen', on, pocket, settled });
};

/** `/casino roulette`. */
export const roulette = mutation({
  name: 'casino.roulette',
  version: 1,
  input: options({
    bet: amountOption({ describe: 'economy.casino.bet' }),
    on: textOption({
      describe: 'economy.casino.roulette.on',
      charactersMax: betCharacters,
      complete: (_, typed) => {
        const wanted = typed.trim().toLowerCase();
        return wheelBets
          .filter(({ name, aliases }) => [name, ...aliases].some((text) => text.startsWith(wanted)))
          .map(({ name }) => ({ name, value: name }));
      },
    }),
  }),
  run: (m, { bet, on }) => play(m, on, bet),
  view: (value, text) => reply(value, text),
});

/** Bets the same again, by a button of the member's own. */
export const rouletteAgain = mutation({
  name: 'casino.roulette.again',
  version: 1,
  input: controlInput(ownerSchema.extend({ bet: betSchema, on: z.string().max(betCharacters) })),
  run: (m, { by, bet, on }) => refuseOther(m, by) ?? play(m, on, { kind: 'exact', coins: bet as Coins }),
  view: (value, text) => ({ ...reply(value, text), replaces: true }),
});

const reply = (value: Fallen | First, text: Text): Reply => {
  const { on } = value;
  if (value.kind === 'first') {
    return firstReply(value.first, betId(rouletteAgain, value.first.by, { bet: value.bet, on }), text);
  }
  const { pocket, settled } = value;
  const { by, stake, paid } = settled;
  const lines = [
    text('economy.casino.roulette.fallen', { pocket, colour: colourOf(pocket) }),
    text(paid > 0 ? 'economy.casino.roulette.won' : 'economy.casino.roulette.lost', { member: mention(by), on }),
  ];
  const again = text('economy.casino.again', { coins: stake });
  return {
    private: false,
    embeds: [settledEmbed(settled, lines, text)],
    rows: [
      [playButton(again, betId(rouletteAgain, by, { bet: stake, on }), 'primary'), paytableButton('roulette', text)],
    ],
  };
};

export const rouletteCommand: Command = {
  path: 'casino roulette',
  describe: 'economy.casino.roulette.describe',
  operation: roulette,
  visibility: 'public',
  explain: {
    text: 'economy.casino.roulette.explain',
    figures: () => ({ bets: wheelBets.length, percent: ((pockets - 1) / pockets) * 100 }),
  },
};
