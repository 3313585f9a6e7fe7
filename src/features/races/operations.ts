import { z } from 'zod';
import { parseAmount } from '../../kernel/amount.ts';
import { permits } from '../../kernel/authority.ts';
import { customId } from '../../kernel/component.ts';
import { controlInput } from '../../kernel/control.ts';
import type { Command } from '../../kernel/feature.ts';
import { form, mutation } from '../../kernel/operation.ts';
import { InputError, options } from '../../kernel/option.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors } from '../wallet/api.ts';
import { type BetMade, type Changed, callOff, lookAt, placeBet } from './betting.ts';
import { raceEmbeds, ratLine } from './card.ts';
import { type Opened, openRace, raceSchema } from './play.ts';
import { bettingSeconds } from './settings.ts';
import type { ShownRace } from './shown.ts';
import { races, ratSchema } from './state.ts';
import { bettorsMax, dropOutOneIn, places, returned } from './tuning.ts';

const amountCharacters = 32;
const percentUnits = 100;

/** `/ratrace`, and the button for another race. */
export const ratrace = mutation({
  name: 'races.open',
  version: 1,
  input: options({}),
  run: (m) => openRace(m),
  view: (opened, text) => openedReply(opened, text),
});

/** Bets on the rat that was picked, as much as was typed. */
export const bet = mutation({
  name: 'races.bet',
  version: 1,
  input: controlInput(raceSchema.extend({ rat: ratSchema, amount: z.string().max(amountCharacters) })),
  run: (m, { rat, amount: typed, ...key }) => {
    const amount = parseAmount(typed);
    if (amount === undefined) throw new InputError('economy.races.no-amount');
    return placeBet(m, key, rat, amount);
  },
  view: (value, text) => betReply(value, text),
});

/** Asks how much to bet on the rat that was picked. */
export const betForm = form({
  name: 'races.bet-form',
  version: 1,
  input: controlInput(raceSchema.extend({ chosen: z.enum(['0', '1', '2', '3', '4', '5']) })),
  run: (q, { at, race: id, chosen }) => {
    const race = q.find(races, [at]);
    if (race?.id !== id) return refuse('economy.races.past');
    return done({ at, race: id, rat: Number(chosen) });
  },
  view: ({ at, race, rat }, text) => ({
    modal: {
      title: text('economy.races.form.title', { rat: rat + 1 }),
      customId: customId(bet, { at, race, rat }),
      fields: [
        {
          name: 'amount',
          label: text('economy.races.form.amount'),
          placeholder: text('economy.races.form.examples'),
          charactersMax: amountCharacters,
          required: true,
        },
      ],
    },
  }),
});

/** Shows the race as it is. */
export const look = mutation({
  name: 'races.look',
  version: 1,
  input: controlInput(raceSchema),
  run: (m, key) => lookAt(m, key),
  view: (race, text) => ({ ...raceReply(race, text), replaces: true }),
});

/** Calls the race off. */
export const cancel = mutation({
  name: 'races.cancel',
  version: 1,
  input: controlInput(raceSchema),
  run: (m, key) => callOff(m, key, permits('staff', m.actor.permissions)),
  view: (race, text) => ({ ...raceReply(race, text), replaces: true }),
});

/** A race with the controls that it has at its time. */
export const raceReply = (race: ShownRace, text: Text): Reply => ({
  private: false,
  embeds: raceEmbeds(race, text),
  rows: controls(race, text),
});

const controls = (shown: ShownRace, text: Text): NonNullable<Reply['rows']> => {
  const { at, race, phase, rats } = shown;
  const key = { at, race };
  const lookButton = {
    kind: 'button',
    label: text('economy.races.look'),
    style: 'secondary',
    customId: customId(look, key),
  } as const;
  switch (phase) {
    case 'lobby':
      return [
        [
          {
            kind: 'select',
            placeholder: text('economy.races.pick'),
            customId: customId(betForm, key),
            choices: rats.map((_, rat) => ({
              label: text('economy.races.rat', { rat: rat + 1 }),
              value: String(rat),
              description: ratLine(shown, rat, text),
            })),
          },
        ],
        [
          lookButton,
          {
            kind: 'button',
            label: text('economy.races.cancel'),
            style: 'secondary',
            customId: customId(cancel, key),
          },
        ],
      ];
    case 'running':
      return [[lookButton]];
    case 'over':
    case 'cancelled':
      return [
        [{ kind: 'button', label: text('economy.races.another'), style: 'primary', customId: customId(ratrace) }],
      ];
  }
};

const openedReply = ({ race, postedIn }: Opened, text: Text): Reply =>
  postedIn === undefined
    ? raceReply(race, text)
    : { private: true, content: text('economy.races.posted', { channel: `<#${postedIn}>` }) };

const betReply = (value: BetMade | Changed, text: Text): Reply => {
  if ('changed' in value) return { ...raceReply(value.changed, text), replaces: true };
  const { race, posted, rat, stake, wallet, bank } = value;
  if (!posted) return { ...raceReply(race, text), replaces: true };
  return {
    private: true,
    embeds: [
      {
        description: text('economy.races.bet', { rat: rat + 1, coins: stake }),
        color: colors.gold,
        fields: [coinsField('economy.field.wallet', wallet, text), coinsField('economy.field.bank', bank, text)],
      },
    ],
  };
};

export const ratraceCommand: Command = {
  path: 'ratrace',
  describe: 'economy.races.describe',
  operation: ratrace,
  visibility: 'public',
  explain: {
    text: 'economy.races.explain',
    figures: (query) => ({
      seconds: query.setting(bettingSeconds),
      percent: (returned * percentUnits) / 1_000,
      places,
      dropOut: percentUnits / dropOutOneIn,
      most: bettorsMax,
    }),
  },
};
