import { z } from 'zod';
import { parseAmount } from '../../../../kernel/amount.ts';
import { customId } from '../../../../kernel/component.ts';
import { controlInput } from '../../../../kernel/control.ts';
import type { Coins } from '../../../../kernel/ids.ts';
import { coinsMax } from '../../../../kernel/money.ts';
import { form, mutation } from '../../../../kernel/operation.ts';
import { InputError } from '../../../../kernel/option.ts';
import { done } from '../../../../kernel/outcome.ts';
import type { Reply } from '../../../../kernel/reply.ts';
import type { Text } from '../../../../kernel/text.ts';
import { coinsField, colors } from '../../../wallet/api.ts';
import { playButton, settledEmbed } from '../../cards.ts';
import { paytableButton } from '../../commands/paytable.ts';
import { parseTarget, targetCharacters } from '../target.ts';
import { cashOut, joinRound, lookAt, type Opened, openAnother, type Seated, type Stopped } from './betting.ts';
import { ownLine, roundEmbed } from './card.ts';
import { keySchema } from './key.ts';
import type { ShownRound } from './shown.ts';

const amountCharacters = 32;

/** Bets on a round by its card: what the button says, or what was typed. */
export const joinCurve = mutation({
  name: 'casino.crash.join',
  version: 1,
  input: controlInput(
    keySchema.extend({
      amount: z.string().max(amountCharacters),
      auto: z.string().max(targetCharacters).optional(),
    }),
  ),
  run: (m, { amount: typed, auto = '', ...key }) => {
    const amount = parseAmount(typed);
    if (amount === undefined) throw new InputError('economy.casino.crash.no-amount');
    return joinRound(m, key, amount, parseTarget(auto));
  },
  view: (value, text) => seatedReply(value, text),
});

/** Asks how much to bet, and where to cash out. */
export const joinForm = form({
  name: 'casino.crash.join-form',
  version: 1,
  input: controlInput(keySchema),
  run: (_, key) => done(key),
  view: (key, text) => ({
    modal: {
      title: text('economy.casino.crash.form.title'),
      customId: customId(joinCurve, key),
      fields: [
        {
          name: 'amount',
          label: text('economy.casino.crash.form.amount'),
          placeholder: text('economy.casino.crash.form.amount-examples'),
          charactersMax: amountCharacters,
          required: true,
        },
        {
          name: 'auto',
          label: text('economy.casino.crash.form.auto'),
          placeholder: text('economy.casino.crash.form.auto-examples'),
          charactersMax: targetCharacters,
          required: false,
        },
      ],
    },
  }),
});

/** Stops the curve for whoever presses. */
export const cashOutCurve = mutation({
  name: 'casino.crash.cash-out',
  version: 1,
  input: controlInput(keySchema),
  run: (m, key) => cashOut(m, key),
  view: (value, text) => (value.kind === 'stopped' ? stoppedReply(value, text) : seatedReply(value, text)),
});

/** Shows whoever presses where they stand. */
export const lookAtCurve = mutation({
  name: 'casino.crash.look',
  version: 1,
  input: controlInput(keySchema),
  run: (m, key) => lookAt(m, key),
  view: (value, text) => ({ ...seatedReply(value, text), replaces: true }),
});

/** Opens another round in the channel of the press. */
export const anotherCurve = mutation({
  name: 'casino.crash.another',
  version: 1,
  input: controlInput(z.strictObject({ offered: z.int().min(1).max(coinsMax) })),
  run: (m, { offered }) => openAnother(m, offered as Coins),
  view: (value, text) => openedReply(value, text),
});

const controls = (shown: ShownRound, text: Text): NonNullable<Reply['rows']> => {
  const { channel: at, round, offered } = shown;
  const key = { at, round };
  const odds = paytableButton('crash', text);
  switch (shown.phase) {
    case 'open': {
      const join = customId(joinCurve, { ...key, amount: String(offered) });
      return [
        [
          playButton(text('economy.casino.crash.join', { coins: offered }), join, 'success'),
          playButton(text('economy.casino.crash.join-other'), customId(joinForm, key), 'primary'),
          odds,
        ],
      ];
    }
    case 'rising':
      return [[playButton(text('economy.casino.crash.cash-out'), customId(cashOutCurve, key), 'success')]];
    case 'over':
      return [[playButton(text('economy.casino.crash.another'), customId(anotherCurve, { offered }), 'primary'), odds]];
  }
};

/** The card of a round in its channel. */
export const roundReply = (shown: ShownRound, text: Text): Reply => ({
  private: false,
  embeds: [roundEmbed(shown, text)],
  rows: controls(shown, text),
});

/** What whoever opened a round is told. The controls are here as well: the bot may not be allowed to post there. */
export const openedReply = ({ shown }: Opened, text: Text): Reply => ({
  ...roundReply(shown, text),
  private: true,
  content: text('economy.casino.crash.channel.opened', { channel: `<#${shown.channel}>` }),
});

/** Where a member stands in a round, for their own eyes, with controls of their own. */
export const seatedReply = ({ shown, bet, wallet, bank }: Seated, text: Text): Reply => {
  const key = { at: shown.channel, round: shown.round };
  return {
    private: true,
    embeds: [
      {
        description: ownLine(shown, bet, text),
        color: colors.gold,
        fields: [coinsField('economy.field.wallet', wallet, text), coinsField('economy.field.bank', bank, text)],
      },
    ],
    ...(bet.end === undefined && {
      rows: [
        [
          playButton(text('economy.casino.crash.cash-out'), customId(cashOutCurve, key), 'success'),
          playButton(text('economy.casino.crash.look'), customId(lookAtCurve, key)),
        ],
      ],
    }),
  };
};

const stoppedReply = ({ at, settled }: Stopped, text: Text): Reply => ({
  private: true,
  embeds: [settledEmbed(settled, [text('economy.casino.crash.channel.stopped', { at: at / 100 })], text)],
});
