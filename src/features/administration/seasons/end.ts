import { z } from 'zod';
import type { Board } from '../../../kernel/board.ts';
import { customId } from '../../../kernel/component.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import { type EpochMs, epochMs, type RowId } from '../../../kernel/ids.ts';
import { form, mutation, query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, relativeTime } from '../../wallet/api.ts';
import { record } from '../record.ts';
import { beginReset, confirmationForm, phraseOf, refuseReset, typedSchema } from '../reset/command.ts';
import type { Steps } from '../reset/steps.ts';
import { dangerFormMs, dangerMs } from '../tuning.ts';
import { undoButton } from '../undo.ts';
import { archiveSeason } from './archive.ts';

interface Ended {
  readonly number: number;
  /** The reset's action, where there was one. */
  readonly reset: RowId | undefined;
}

const untilInput = controlInput(z.strictObject({ until: timeSchema }));

/** What ends a season: its boards are kept, and balances stay or begin anew. */
export const createSeasonEnd = (boards: () => readonly Board[], steps: Steps) => {
  const end = (m: Mutation, resets: boolean): Ended => {
    const number = archiveSeason(m, boards());
    record(m, { before: '', after: '', deed: { kind: 'season', number } });
    return { number, reset: resets ? beginReset(m, steps) : undefined };
  };

  const endedCard = ({ number, reset }: Ended, text: Text): Reply => ({
    private: false,
    embeds: [
      {
        title: text('economy.staff.season.ended', { number }),
        description: text(reset === undefined ? 'economy.staff.season.kept' : 'economy.staff.season.reset'),
        color: colors.gold,
      },
    ],
    ...(reset !== undefined && { rows: [[undoButton(reset, text)]] }),
  });

  const endKeeping = mutation({
    name: 'economy.staff.season-end',
    version: 1,
    who: 'administrator',
    input: untilInput,
    run: (m, { until }): Outcome<Ended> => refuseEnd(m, until) ?? done(end(m, false)),
    view: (ended, text) => endedCard(ended, text),
  });

  const endResetting = mutation({
    name: 'economy.staff.season-reset',
    version: 1,
    who: 'administrator',
    input: controlInput(z.strictObject({ until: timeSchema, typed: typedSchema })),
    run: (m, { until, typed }): Outcome<Ended> => {
      const refused = refuseEnd(m, epochMs(until + dangerFormMs));
      if (refused) return refused;
      if (typed.trim().toLowerCase() !== phraseOf(m)) return refuse('economy.staff.reset.mistyped');
      return done(end(m, true));
    },
    view: (ended, text) => endedCard(ended, text),
  });

  const resetForm = form({
    name: 'economy.staff.season-form',
    version: 1,
    who: 'administrator',
    input: untilInput,
    run: (q, { until }) => refuseEnd(q, until) ?? done({ until, phrase: phraseOf(q) }),
    view: ({ until, phrase }, text) => confirmationForm(customId(endResetting, { until }), phrase, text),
  });

  const open = query({
    name: 'economy.staff.season',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: (q) => {
      const until = epochMs(q.now + dangerMs);
      return refuseEnd(q, until) ?? done({ until, phrase: phraseOf(q) });
    },
    view: ({ until, phrase }, text) => {
      const button = (label: string, style: Button['style'], id: string): Button => ({
        kind: 'button',
        label,
        style,
        customId: id,
      });
      return {
        private: true,
        embeds: [
          {
            title: text('economy.staff.season.title'),
            description: text('economy.staff.season.danger', { phrase, at: relativeTime(until) }),
            color: colors.loss,
          },
        ],
        rows: [
          [
            button(text('economy.staff.season.keep'), 'primary', customId(endKeeping, { until })),
            button(text('economy.staff.season.anew'), 'danger', customId(resetForm, { until })),
          ],
        ],
      };
    },
  });

  return {
    operations: [open, endKeeping, resetForm, endResetting],
    /** The button that leads there. */
    button: (text: Text): Button => ({
      kind: 'button',
      label: text('economy.staff.season.button'),
      style: 'secondary',
      customId: customId(open),
    }),
  };
};

/** A season ends as a reset begins: not twice at once, and not by an old card. */
const refuseEnd = (q: Query, until: number): Outcome<never> | undefined => refuseReset(q, until as EpochMs);
