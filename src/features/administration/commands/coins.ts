import type { Mutation } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId, RowId } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { choiceOption, memberOption, optional, options, type Person, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { pings, prefers } from '../../settings/api.ts';
import {
  accountOf,
  type Correction,
  coinsField,
  colors,
  correct,
  exactAmountOption,
  mention,
  moneyOf,
} from '../../wallet/api.ts';
import { entries } from '../entries.ts';
import { ledgerButton } from '../ledger.ts';
import { record } from '../record.ts';
import { reasonCharactersMax } from '../tuning.ts';
import { undoButton } from '../undo.ts';

const reasonOption = optional(
  textOption({ describe: 'economy.staff.option.reason', charactersMax: reasonCharactersMax }),
);

/** Coins that the staff gave or took. */
interface Moved {
  readonly id: RowId;
  readonly by: MemberId;
  readonly target: MemberId;
  readonly how: 'given' | 'taken';
  readonly asked: number;
  readonly wallet: number;
  readonly bank: number;
  /** What the purses concerned hold now. */
  readonly after: { readonly wallet?: number; readonly bank?: number };
  readonly reason: string | undefined;
  /** Whoever gets coins hears of it, unless they do not want to. */
  readonly pinged: boolean;
}

/** Why nothing can be given to or taken from somebody. */
export const refusePerson = (m: Mutation, person: Person): Outcome<never> | undefined => {
  if (person.bot) return refuse('economy.staff.bot');
  // Somebody who left still has an account until they are erased; nobody gets one who is not here.
  return person.present || accountOf(m, person.id) ? undefined : refuse('economy.staff.absent');
};

const fundsOf = (m: Mutation, member: MemberId): string => {
  const { wallet, bank } = moneyOf(m, member);
  return String(wallet + bank);
};

const move = (
  m: Mutation,
  how: 'given' | 'taken',
  correction: Correction,
  { asked, reason }: { readonly asked: number; readonly reason: string | undefined },
): Outcome<Moved> => {
  const { member: target, wallet, bank } = correction;
  const before = fundsOf(m, target);
  const refused = correct(m, { purses: [correction] }, how === 'given' ? entries.gift : entries.taking);
  if (refused) return refused;
  const id = record(m, {
    target,
    before,
    after: fundsOf(m, target),
    ...(reason !== undefined && { reason }),
    deed: { kind: 'coins', how, corrections: [correction] },
  });
  const now = moneyOf(m, target);
  const after = { ...(wallet !== 0 && { wallet: now.wallet }), ...(bank !== 0 && { bank: now.bank }) };
  const sizes = { wallet: Math.abs(wallet), bank: Math.abs(bank) };
  const pinged = how === 'given' && prefers(m, target, pings);
  return done({ id, by: m.actor.member, target, how, asked, ...sizes, after, reason, pinged });
};

const card = (moved: Moved, text: Text): Reply => {
  const { id, by, target, how, asked, wallet, bank, after, reason, pinged } = moved;
  const total = wallet + bank;
  return {
    private: false,
    embeds: [
      {
        description: [
          text(`economy.staff.coins.${how}`, { target: mention(target), wallet, bank }),
          ...(total < asked ? [text('economy.staff.coins.less', { asked, total })] : []),
          ...(reason === undefined ? [] : [text('economy.staff.audit.reason', { reason })]),
        ].join('\n'),
        color: total < asked ? colors.gold : colors.money,
        fields: [
          ...(after.wallet === undefined ? [] : [coinsField('economy.field.wallet', after.wallet, text)]),
          ...(after.bank === undefined ? [] : [coinsField('economy.field.bank', after.bank, text)]),
          { name: text('economy.staff.field.by'), value: mention(by), inline: true },
        ],
      },
    ],
    rows: [[undoButton(id, text), ledgerButton(target, text)]],
    mentions: pinged ? [target] : [],
  };
};

/** Gives a member coins that are made for it. */
export const giveCoins = mutation({
  name: 'economy.staff.give-coins',
  version: 1,
  who: 'staff',
  input: options({
    member: memberOption({ describe: 'economy.staff.give-coins.member' }),
    amount: exactAmountOption({ describe: 'economy.staff.give-coins.amount' }),
    to: optional(
      choiceOption({
        describe: 'economy.staff.give-coins.to',
        choices: { wallet: 'economy.staff.purse.wallet', bank: 'economy.staff.purse.bank' },
      }),
    ),
    reason: reasonOption,
  }),
  run: (m, { member, amount, to = 'wallet', reason }) => {
    const refused = refusePerson(m, member);
    if (refused) return refused;
    const correction = { member: member.id, wallet: 0, bank: 0, [to]: amount };
    return move(m, 'given', correction, { asked: amount, reason });
  },
  view: (shown, text) => card(shown, text),
});

export const giveCoinsCommand: Command = {
  path: 'eco give-coins',
  describe: 'economy.staff.give-coins.describe',
  operation: giveCoins,
  visibility: 'public',
};

/** Takes coins from a member, never more than there are; they are unmade. */
export const takeCoins = mutation({
  name: 'economy.staff.take-coins',
  version: 1,
  who: 'staff',
  input: options({
    member: memberOption({ describe: 'economy.staff.take-coins.member' }),
    amount: exactAmountOption({ describe: 'economy.staff.take-coins.amount' }),
    from: optional(
      choiceOption({
        describe: 'economy.staff.take-coins.from',
        choices: {
          wallet: 'economy.staff.purse.wallet',
          bank: 'economy.staff.purse.bank',
          both: 'economy.staff.purse.both',
        },
      }),
    ),
    reason: reasonOption,
  }),
  run: (m, { member, amount, from = 'wallet', reason }) => {
    const refused = refusePerson(m, member);
    if (refused) return refused;
    const held = moneyOf(m, member.id);
    const wallet = from === 'bank' ? 0 : Math.min(amount, held.wallet);
    const bank = from === 'wallet' ? 0 : Math.min(amount - wallet, held.bank);
    if (wallet + bank === 0) return refuse('economy.staff.take-coins.nothing');
    const correction = { member: member.id, wallet: 0 - wallet, bank: 0 - bank };
    return move(m, 'taken', correction, { asked: amount, reason });
  },
  view: (shown, text) => card(shown, text),
});

export const takeCoinsCommand: Command = {
  path: 'eco take-coins',
  describe: 'economy.staff.take-coins.describe',
  operation: takeCoins,
  visibility: 'public',
  explain: { text: 'economy.staff.take-coins.explain', figures: () => ({}) },
};
