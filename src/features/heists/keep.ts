import type { Mutation } from '../../kernel/context.ts';
import { event } from '../../kernel/event.ts';
import type { RowId } from '../../kernel/ids.ts';
import { changeRecord } from './notes.ts';
import { type ShownHeist, shownHeist } from './shown.ts';
import { type HeistRow, heistRows, records } from './state.ts';

/** A heist is another than before, or looks another than before. */
export const heistChanged = event<{
  readonly shown: ShownHeist;
  readonly channel: string | undefined;
  readonly message: string | undefined;
  /** It is seen by everybody from now on. */
  readonly opened: boolean;
}>('heists.changed');

/** Writes a heist, and has its card show it where it is posted. */
export const keepHeist = (m: Mutation, id: RowId, heist: HeistRow, opened = false): void => {
  const { stale: _, ...others } = heist;
  const { channel, message } = heist;
  const isUnseen = !opened && channel !== undefined && message === undefined;
  m.put(heistRows, [id], isUnseen ? { ...others, stale: true } : others);
  m.emit(heistChanged, { shown: shownHeist(m, id, heist), channel, message, opened });
};

/** Changes one of those who play. */
export const withCrew = (
  heist: HeistRow,
  member: string,
  change: (one: HeistRow['crew'][number]) => HeistRow['crew'][number],
): HeistRow => ({ ...heist, crew: heist.crew.map((one) => (one.member === member ? change(one) : one)) });

/** A clan plans or plays nothing any more. */
export const closeRecord = (m: Mutation, clan: RowId): void => {
  const { open: _, ...record } = m.get(records, [clan]);
  m.put(records, [clan], record);
};

/** Notes what a clan plans or plays. */
export const openRecord = (m: Mutation, clan: RowId, heist: RowId): void => changeRecord(m, clan, { open: heist });
