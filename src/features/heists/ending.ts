import type { Mutation } from '../../kernel/context.ts';
import { reaction } from '../../kernel/event.ts';
import type { RowId } from '../../kernel/ids.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { clanEnding } from '../clans/api.ts';
import { cancelHeist, finish } from './advance.ts';
import { heistRows, records, targeted } from './state.ts';
import { openMax } from './tuning.ts';

/** The heists that are played against a clan, page by page: there may be more than one page gives. */
const against = function* (m: Mutation, clan: RowId): Generator<RowId> {
  const pageRows = 200;
  for (let seen = 0; seen < openMax; seen += pageRows) {
    const page = m.page(targeted, { from: [clan], limit: pageRows });
    if (page.length === 0) return;
    for (const [[, id]] of page) yield id;
  }
};

const abandon = (m: Mutation, id: RowId): void => {
  const heist = m.find(heistRows, [id]);
  if (heist === undefined) return;
  if (heist.stage === 'playing') finish(m, id, heist, { outcome: 'void', reason: 'ended' });
  else cancelHeist(m, id, heist);
};

/**
 * A clan that plays a heist, or against which one is played, is not disbanded until it is over. Where a clan ends because
 * nobody is left in it, its heists come to nothing and everybody gets back what was taken.
 */
export const guardClans = reaction(clanEnding, (m, { clan, why }) => {
  const { open } = m.get(records, [clan]);
  const isPlayed = open !== undefined && m.find(heistRows, [open])?.stage === 'playing';
  const isTarget = m.page(targeted, { from: [clan], limit: 1 }).length > 0;
  if (why === 'disbanded' && (isPlayed || isTarget)) return refuse('economy.heist.running');
  if (open !== undefined) abandon(m, open);
  for (const id of against(m, clan)) abandon(m, id);
  m.remove(records, [clan]);
  return done();
});
