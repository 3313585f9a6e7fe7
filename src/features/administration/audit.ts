import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import type { Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import type { RowId } from '../../kernel/ids.ts';
import { query } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import type { Button, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { colors } from '../wallet/api.ts';
import { type Action, audit, rowIdSchema } from './state.ts';
import { auditPageActions } from './tuning.ts';
import { previewChosen } from './undo.ts';
import { actionLine, deedWords } from './words.ts';

/** A page of the audit, newest first. */
interface AuditPage {
  readonly actions: readonly (readonly [RowId, Action])[];
  /** The last action of this page, where there are older ones. */
  readonly older: RowId | undefined;
}

const readPage = (q: Query, before: RowId | undefined): AuditPage => {
  const rows = q.page(audit, {
    newestFirst: true,
    limit: auditPageActions + 1,
    ...(before !== undefined && { after: [before] as const }),
  });
  const actions = rows.slice(0, auditPageActions).map(([[id], action]) => [id, action] as const);
  return { actions, older: rows.length > auditPageActions ? actions.at(-1)?.[0] : undefined };
};

const isUndoable = ({ deed, undoneBy }: Action): boolean =>
  undoneBy === undefined && deed.kind !== 'undo' && deed.kind !== 'season';

const card = ({ actions, older }: AuditPage, text: Text): Reply => {
  const choices = actions
    .filter(([, action]) => isUndoable(action))
    // A choice takes no mention: whom it concerns stands in the lines above.
    .map(([value, action]) => ({
      label: deedWords({ ...action, target: undefined }, text),
      description: `${action.before} → ${action.after}`,
      value,
    }));
  const next: Button = {
    kind: 'button',
    label: text('economy.page.older'),
    style: 'secondary',
    customId: customId(turnAudit, older === undefined ? {} : { before: older }),
    disabled: older === undefined,
  };
  return {
    private: true,
    embeds: [
      {
        title: text('economy.staff.audit.title'),
        description:
          actions.length > 0
            ? actions.map(([, action]) => actionLine(action, text)).join('\n')
            : text('economy.staff.audit.none'),
        color: colors.gold,
      },
    ],
    rows: [
      ...(choices.length > 0
        ? [
            [
              {
                kind: 'select' as const,
                placeholder: text('economy.staff.audit.choose'),
                customId: customId(previewChosen),
                choices,
              },
            ],
          ]
        : []),
      [next],
    ],
  };
};

const pageInput = controlInput(z.strictObject({ before: rowIdSchema.optional() }));

/** What the staff did with the economy, newest first, with a choice of what to undo. */
export const openAudit = query({
  name: 'economy.staff.audit',
  version: 1,
  who: 'staff',
  input: pageInput,
  run: (q, { before }) => done(readPage(q, before)),
  view: (page, text) => card(page, text),
});

/** Goes on to older actions. */
export const turnAudit = query({
  name: 'economy.staff.turn-audit',
  version: 1,
  who: 'staff',
  input: pageInput,
  run: (q, { before }) => done(readPage(q, before)),
  view: (page, text) => ({ ...card(page, text), replaces: true }),
});

/** The button that leads to the audit. */
export const auditButton = (text: Text): Button => ({
  kind: 'button',
  label: text('economy.staff.audit.button'),
  style: 'secondary',
  customId: customId(openAudit),
});
