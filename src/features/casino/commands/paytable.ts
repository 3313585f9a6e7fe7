import { z } from 'zod';
import { unreachable } from '../../../kernel/assert.ts';
import { customId } from '../../../kernel/component.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { query } from '../../../kernel/operation.ts';
import { choiceOption, options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors } from '../../wallet/api.ts';
import { hintKept } from '../blackjack/rules.ts';
import { gearReturnMax } from '../edge.ts';
import { symbolText } from '../slots/words.ts';
import { type Game, games } from '../tuning.ts';
import { type Odds, type OddsLine, oddsOf } from './odds.ts';

/** An option for one of the games. */
export const gameOption = choiceOption({
  describe: 'economy.casino.game',
  choices: {
    slots: 'economy.casino.slots.name',
    coinflip: 'economy.casino.coinflip.name',
    roulette: 'economy.casino.roulette.name',
    blackjack: 'economy.casino.blackjack.name',
    crash: 'economy.casino.crash.name',
  },
});

/** `/casino paytable`. */
export const paytable = query({
  name: 'casino.paytable',
  version: 1,
  input: options({ game: gameOption }),
  run: (q, { game }) => done(oddsOf(q, game)),
  view: (odds, text) => oddsReply(odds, text),
});

/** Shows a game's odds to whoever presses, beside the card that was pressed. */
export const paytableShow = query({
  name: 'casino.paytable.show',
  version: 1,
  input: controlInput(z.strictObject({ game: z.enum(games) })),
  run: (q, { game }) => done(oddsOf(q, game)),
  view: (odds, text) => oddsReply(odds, text),
});

/** A button to a game's odds. */
export const paytableButton = (game: Game, text: Text): Button => ({
  kind: 'button',
  label: text('economy.casino.paytable.button'),
  style: 'secondary',
  customId: customId(paytableShow, { game }),
});

const whatText = (what: OddsLine['what'], text: Text): string => {
  switch (what.kind) {
    case 'side':
      return text('economy.casino.paytable.side');
    case 'symbol': {
      const { symbol, count, free } = what;
      return text('economy.casino.paytable.symbol', { symbol: symbolText(symbol), count, free });
    }
    case 'wheel':
      return text('economy.casino.paytable.wheel', {
        bet: text(`economy.casino.roulette.kind-${what.bet}`),
        numbers: what.numbers,
      });
    case 'natural':
      return text('economy.casino.paytable.natural');
    case 'won':
      return text('economy.casino.paytable.won');
    case 'reached':
      return text('economy.casino.paytable.reached', { multiplier: what.multiplier });
    default:
      return unreachable(what);
  }
};

const moreLines = ({ game, returns, pot }: Odds, text: Text): readonly string[] => {
  if (game === 'coinflip' && returns >= 1) return [text('economy.casino.coinflip.keeps-nothing')];
  if (!pot) return [];
  const { coins, bet, stakesMax, returnMax } = pot;
  return [text('economy.casino.paytable.pot', { coins, bet, stakes: stakesMax, most: returnMax * 100 })];
};

const oddsReply = (odds: Odds, text: Text): Reply => oddsCard(odds, moreLines(odds, text), text);

const oddsCard = ({ game, lines, returns, geared }: Odds, more: readonly string[], text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.casino.paytable.title', { game: text(`economy.casino.${game}.name`) }),
      description: [
        ...lines.map(({ what, pays, chance }) =>
          chance === undefined
            ? text('economy.casino.paytable.line-open', { what: whatText(what, text), pays })
            : text('economy.casino.paytable.line', { what: whatText(what, text), pays, percent: chance * 100 }),
        ),
        '',
        text(`economy.casino.${game}.returns`, { percent: returns * 100 }),
        ...more,
        text('economy.casino.paytable.gear', {
          percent: geared * 100,
          most: Math.max(gearReturnMax, returns) * 100,
          hint: (hintKept * 100) / shareUnits,
          game,
        }),
      ].join('\n'),
      color: colors.gold,
    },
  ],
});

export const paytableCommand: Command = {
  path: 'casino paytable',
  describe: 'economy.casino.paytable.describe',
  operation: paytable,
  visibility: 'private',
};
