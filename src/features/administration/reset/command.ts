import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import { type EpochMs, epochMs, type RowId } from '../../../kernel/ids.ts';
import { form, mutation, query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Modal, Reply } from '../../../kernel/reply.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, guildMoneyOf, relativeTime } from '../../wallet/api.ts';
import { record } from '../record.ts';
import { rowIdSchema } from '../state.ts';
import { dangerFormMs, dangerMs } from '../tuning.ts';
import { undoButton } from '../undo.ts';
import { isResetting, type Reset, resetOf } from './state.ts';
import type { Steps } from './steps.ts';

/** Characters of what is typed to confirm. */
const typedMax = 40;

/**
 * What is typed to confirm: of this server, so that nobody resets one while thinking of another. The actor does not
 * know the server's name, which Discord tells the gateway alone.
 */
export const phraseOf = (q: Query): string => `reset ${q.guild.slice(-4)}`;

const untilInput = controlInput(z.strictObject({ until: timeSchema }));

interface Progress {
  readonly id: RowId;
  readonly reset: Pick<Reset, 'stage' | 'rows' | 'taken' | 'until'>;
  readonly accounts: number;
}

const readProgress = (q: Query, id: RowId): Progress => ({
  id,
  reset: resetOf(q),
  accounts: guildMoneyOf(q).accounts,
});

/** How far a reset or its undoing is, in words. */
export const progressWords = ({ reset, accounts }: Omit<Progress, 'id'>, text: Text): string =>
  text(`economy.staff.reset.stage.${reset.stage}`, {
    rows: reset.rows,
    taken: reset.taken,
    accounts,
    until: reset.until === undefined ? '' : relativeTime(reset.until),
  });

/** What was typed, as it came. */
export const typedSchema = z.string().max(typedMax);

/** The form in which a reset is confirmed; it leads to the operation of a control. */
export const confirmationForm = (control: string, phrase: string, text: Text): Modal => ({
  modal: {
    title: text('economy.staff.reset.form.title'),
    customId: control,
    fields: [
      {
        name: 'typed',
        label: text('economy.staff.reset.form.typed', { phrase }),
        charactersMax: typedMax,
        required: true,
      },
    ],
  },
});

/** Has the economy begin anew and keeps that; gives the action's id. */
export const beginReset = (m: Mutation, steps: Steps): RowId => {
  const { held, inVaults } = guildMoneyOf(m);
  const number = steps.begin(m);
  return record(m, { before: String(held + inVaults), after: '0', deed: { kind: 'reset', number } });
};

/** The operations of `/eco reset`, over the steps that do it. */
export const resetCommand = (steps: Steps) => {
  const progress = query({
    name: 'economy.staff.reset-progress',
    version: 1,
    who: 'staff',
    input: controlInput(z.strictObject({ id: rowIdSchema })),
    run: (q, { id }) => done(readProgress(q, id)),
    view: (shown, text) => ({ ...progressCard(shown, text), replaces: true }),
  });

  const progressCard = (shown: Progress, text: Text): Reply => ({
    private: true,
    embeds: [
      {
        title: text('economy.staff.reset.title'),
        description: progressWords(shown, text),
        color: shown.reset.stage === 'kept' ? colors.money : colors.gold,
      },
    ],
    rows: [
      [
        {
          kind: 'button',
          label: text('economy.staff.reset.refresh'),
          style: 'secondary',
          customId: customId(progress, { id: shown.id }),
        },
        undoButton(shown.id, text),
      ],
    ],
  });

  const run = mutation({
    name: 'economy.staff.reset-run',
    version: 1,
    who: 'administrator',
    input: controlInput(z.strictObject({ until: timeSchema, typed: typedSchema })),
    run: (m, { until, typed }): Outcome<Progress> => {
      const refused = refuseReset(m, epochMs(until + dangerFormMs));
      if (refused) return refused;
      if (typed.trim().toLowerCase() !== phraseOf(m)) return refuse('economy.staff.reset.mistyped');
      return done(readProgress(m, beginReset(m, steps)));
    },
    view: (shown, text) => progressCard(shown, text),
  });

  const confirm = form({
    name: 'economy.staff.reset-form',
    version: 1,
    who: 'administrator',
    input: untilInput,
    run: (q, { until }) => refuseReset(q, until) ?? done({ until, phrase: phraseOf(q) }),
    view: ({ until, phrase }, text) => confirmationForm(customId(run, { until }), phrase, text),
  });

  const cancel = query({
    name: 'economy.staff.reset-cancel',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: () => done(),
    view: (_, text) => ({ private: true, replaces: true, content: text('economy.staff.reset.cancelled') }),
  });

  const open = query({
    name: 'economy.staff.reset',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: (q) => {
      const until = epochMs(q.now + dangerMs);
      const refused = refuseReset(q, until);
      if (refused) return refused;
      const { accounts, held, inVaults } = guildMoneyOf(q);
      const { stage, until: kept } = resetOf(q);
      return done({
        until,
        accounts,
        coins: held + inVaults,
        phrase: phraseOf(q),
        replaced: stage === 'kept' ? kept : undefined,
      });
    },
    view: ({ until, accounts, coins, phrase, replaced }, text) => ({
      private: true,
      embeds: [
        {
          title: text('economy.staff.reset.title'),
          description: [
            text('economy.staff.reset.danger', { accounts, coins }),
            ...(replaced === undefined ? [] : [text('economy.staff.reset.replaces', { at: relativeTime(replaced) })]),
            text('economy.staff.reset.how', { phrase, at: relativeTime(until) }),
          ].join('\n'),
          color: colors.loss,
        },
      ],
      rows: [
        [
          {
            kind: 'button',
            label: text('economy.staff.reset.confirm'),
            style: 'danger',
            customId: customId(confirm, { until }),
          },
          {
            kind: 'button',
            label: text('economy.staff.reset.cancel'),
            style: 'secondary',
            customId: customId(cancel),
          },
        ],
      ],
    }),
  });

  const command: Command = {
    path: 'eco reset',
    describe: 'economy.staff.reset.describe',
    operation: open,
    visibility: 'private',
    explain: { text: 'economy.staff.reset.explain', figures: () => ({}) },
  };
  return { command, operations: [open, confirm, cancel, run, progress] };
};

/** Why the economy cannot begin anew now: it is at it, or the card is too old. */
export const refuseReset = (q: Query, until: EpochMs): Outcome<never> | undefined => {
  if (isResetting(q)) return refuse('economy.staff.reset.running');
  return q.now > until ? refuse('economy.staff.reset.late') : undefined;
};
