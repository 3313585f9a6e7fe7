import { card } from '../../kernel/card.ts';
import { colors } from '../wallet/api.ts';
import type { Action } from './state.ts';
import { actionLine } from './words.ts';

/** What is posted of an action where the server has a channel for that. */
export const actionCard = card<Action>({
  name: 'economy.staff.action',
  view: (action, text) => ({
    private: false,
    embeds: [{ title: text('economy.staff.log.title'), description: actionLine(action, text), color: colors.gold }],
  }),
});
