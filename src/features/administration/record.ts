import { show } from '../../kernel/card.ts';
import type { Mutation } from '../../kernel/context.ts';
import { postMessage } from '../../kernel/effect.ts';
import type { RowId } from '../../kernel/ids.ts';
import { actionCard } from './action-card.ts';
import { staffLog } from './settings.ts';
import { type Action, audit, ensureNamed, membersNamed } from './state.ts';
import { auditMax } from './tuning.ts';

/** The oldest actions go where the audit is full; two, so that one that is too long gets shorter. */
const makeRoom = (m: Mutation): void => {
  if (m.count(audit) < auditMax) return;
  for (const [key] of m.page(audit, { limit: 2 })) m.remove(audit, key);
};

/** Keeps an action of the member who acts, posts it where the server has a channel for that, and gives its id. */
export const record = (m: Mutation, action: Omit<Action, 'at' | 'by' | 'undoneBy'>): RowId => {
  ensureNamed(m, m.actor.member);
  if (action.target !== undefined) ensureNamed(m, action.target);
  for (const member of membersNamed(action.deed)) ensureNamed(m, member);
  makeRoom(m);
  const id = m.newId();
  const kept = { ...action, at: m.now, by: m.actor.member };
  m.put(audit, [id], kept);
  const channel = m.setting(staffLog);
  if (channel !== '') m.perform(postMessage, { channel, card: show(actionCard, kept) });
  return id;
};
