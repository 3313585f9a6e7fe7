import type { MemberId } from '../../kernel/ids.ts';
import type { Text } from '../../kernel/text.ts';
import { itemText, nameText } from '../items/api.ts';
import { mention, relativeTime } from '../wallet/api.ts';
import type { Action } from './state.ts';

/** A member by a mention, or that nobody knows any more who it was. */
export const somebody = (member: MemberId | undefined, text: Text): string =>
  member === undefined ? text('economy.staff.somebody') : mention(member);

/** What the staff did, in words: `gave coins to @member`. */
export const deedWords = ({ deed, target }: Action, text: Text): string => {
  const to = somebody(target, text);
  switch (deed.kind) {
    case 'coins':
      return text(`economy.staff.deed.${deed.how}`, { target: to });
    case 'setting':
      return text('economy.staff.deed.setting', { key: deed.key });
    case 'ban':
      return text(deed.lifted ? 'economy.staff.deed.unban' : 'economy.staff.deed.ban', { target: to });
    case 'items':
      return text('economy.staff.deed.items', { target: to, item: nameText(deed.item, text), count: deed.count });
    case 'loot':
      return text('economy.staff.deed.loot', { chest: itemText(`${deed.tier}_chest`, text) });
    case 'reset':
    case 'season':
      return text(`economy.staff.deed.${deed.kind}`, { number: deed.number });
    case 'undo':
      return text('economy.staff.deed.undo');
  }
};

/** One action as a line of the audit. */
export const actionLine = (action: Action, text: Text): string => {
  const { at, by, before, after, reason, undoneBy } = action;
  const parts = [
    text('economy.staff.audit.line', { at: relativeTime(at), by: somebody(by, text), what: deedWords(action, text) }),
    ...(before === after ? [] : [text('economy.staff.audit.change', { before, after })]),
    ...(reason === undefined ? [] : [text('economy.staff.audit.reason', { reason })]),
    ...(undoneBy === undefined ? [] : [text('economy.staff.audit.undone')]),
  ];
  return parts.join(' ');
};
