import { z } from 'zod';
import { permits } from '../../kernel/authority.ts';
import { customId } from '../../kernel/component.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import type { RowId } from '../../kernel/ids.ts';
import { mutation, query } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Button, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { colors } from '../wallet/api.ts';
import { record } from './record.ts';
import { type Action, audit, rowIdSchema } from './state.ts';
import { type Effect, effectLines, undoers } from './undoers.ts';
import { actionLine } from './words.ts';

const inputSchema = controlInput(z.strictObject({ id: rowIdSchema }));

/** An action that was not undone yet and can be; or why it cannot. */
const undoable = (q: Query, id: RowId): Action | Outcome<never> => {
  const action = q.find(audit, [id]);
  if (action === undefined) return refuse('economy.staff.undo.gone');
  if (action.undoneBy !== undefined) return refuse('economy.staff.undo.twice');
  return action.deed.kind === 'undo' || action.deed.kind === 'season' ? refuse('economy.staff.undo.never') : action;
};

const isAction = (found: Action | Outcome<never>): found is Action => 'deed' in found;

/** What is shown before an action is undone. */
interface Preview {
  readonly id: RowId;
  readonly action: Action;
  readonly effect: Effect;
}

const readPreview = (q: Query, id: RowId): Outcome<Preview> => {
  const action = undoable(q, id);
  return isAction(action) ? done({ id, action, effect: undoers.preview(q, action) }) : action;
};

const previewCard = ({ id, action, effect }: Preview, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.staff.undo.title'),
      description: [actionLine(action, text), '', ...effectLines(effect, text)].join('\n'),
      color: effect.blocked ? colors.loss : colors.gold,
    },
  ],
  rows: [
    [
      {
        kind: 'button',
        label: text('economy.staff.undo.confirm'),
        style: 'danger',
        customId: customId(undo, { id }),
        disabled: effect.blocked !== undefined,
      },
    ],
  ],
});

/** Shows what undoing an action would do now; changes nothing. */
export const previewUndo = query({
  name: 'economy.staff.preview-undo',
  version: 1,
  who: 'staff',
  input: inputSchema,
  run: (q, { id }) => readPreview(q, id),
  view: (shown, text) => previewCard(shown, text),
});

/** The same of an action that was chosen from the audit. */
export const previewChosen = query({
  name: 'economy.staff.preview-chosen',
  version: 1,
  who: 'staff',
  input: controlInput(z.strictObject({ chosen: rowIdSchema })),
  run: (q, { chosen }) => readPreview(q, chosen),
  view: (shown, text) => previewCard(shown, text),
});

const undoOf = (m: Mutation, id: RowId, action: Action): Outcome<Action> => {
  const refused = undoers.undo(m, action);
  if (refused) return refused;
  const { before: after, after: before, target } = action;
  const undoneBy = record(m, {
    before,
    after,
    deed: { kind: 'undo', of: id },
    ...(target !== undefined && { target }),
  });
  // Read again: the audit may have made room, and what was undone be the oldest.
  if (m.find(audit, [id]) !== undefined) m.put(audit, [id], { ...action, undoneBy });
  return done(action);
};

/** Undoes an action, once. */
export const undo = mutation({
  name: 'economy.staff.undo',
  version: 1,
  who: 'staff',
  input: inputSchema,
  run: (m, { id }): Outcome<Action> => {
    const action = undoable(m, id);
    if (!isAction(action)) return action;
    // A whole economy is brought back by those who may have it begin anew.
    if (action.deed.kind === 'reset' && !permits('administrator', m.actor.permissions)) {
      return refuse('economy.staff.reset.administrators');
    }
    return undoOf(m, id, action);
  },
  view: (action, text) => ({
    private: true,
    replaces: true,
    embeds: [
      {
        title: text('economy.staff.undo.done'),
        description: actionLine({ ...action, undoneBy: undefined }, text),
        color: colors.money,
      },
    ],
  }),
});

/** The button under an answer that leads to the preview of its undoing. */
export const undoButton = (id: RowId, text: Text): Button => ({
  kind: 'button',
  label: text('economy.staff.undo.button'),
  style: 'secondary',
  customId: customId(previewUndo, { id }),
});
