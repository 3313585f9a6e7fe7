// What the tests of the administration share: a table with staff at it.
import { audit } from '../../../src/features/administration/state.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { type Answered, administrator, manager, member, type Table } from '../table.ts';

/** Who may manage the server, and who administers it. */
export const mod = member(50);
export const admin = member(51);

/** Says a command of the staff. */
export const eco = (table: Table, path: string, input: Readonly<Record<string, unknown>> = {}): Answered =>
  table.say(mod, `eco ${path}`, input, { permissions: manager });

/** The id of a control of an answer, by the words on it. */
export const control = ({ reply }: Answered, label: string): string => {
  const found = (reply.rows ?? []).flat().find((one) => one.kind === 'button' && one.label === label);
  if (!found) throw new Error(`no button ${label}`);
  return found.customId;
};

/** The select of an answer. */
export const select = ({ reply }: Answered) => {
  const found = (reply.rows ?? []).flat().find((one) => one.kind === 'select');
  if (found?.kind !== 'select') throw new Error('no select');
  return found;
};

/** Whether a button of an answer can be pressed. */
export const enabled = ({ reply }: Answered, label: string): boolean =>
  (reply.rows ?? []).flat().some((one) => one.kind === 'button' && one.label === label && one.disabled !== true);

/** Presses as staff. */
export const press = (
  table: Table,
  id: string,
  joined: Readonly<Record<string, unknown>> = {},
  who: MemberId = mod,
): Answered => table.press(who, id, joined, { permissions: who === admin ? administrator : manager });

/** Goes from an answer with an undo button to the preview. */
export const preview = (table: Table, answered: Answered): Answered => press(table, control(answered, 'Undo'));

/** Undoes what an answer tells of, by way of the preview. */
export const undo = (table: Table, answered: Answered): Answered =>
  press(table, control(preview(table, answered), 'Undo it'));

export const actions = (table: Table) => [...table.state.rows(audit).values()] as (typeof audit.initial)[];
