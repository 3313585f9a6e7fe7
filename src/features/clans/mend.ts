import type { Key } from '../../kernel/collection.ts';
import type { Mutation } from '../../kernel/context.ts';
import { reaction } from '../../kernel/event.ts';
import type { RowId } from '../../kernel/ids.ts';
import { sweep } from '../../kernel/job.ts';
import { done } from '../../kernel/outcome.ts';
import { economyReturned, utcDay } from '../wallet/api.ts';
import { membershipOf, ownerOf, rankOfRole } from './clan.ts';
import { changeClan, crown } from './membership.ts';
import { clans, mendingKey, mendings, roster } from './state.ts';
import { abandon, heirOf } from './succession.ts';
import { clanMembersMax, mendStepClans } from './tuning.ts';

const pageRows = 200;

/** Whether somebody has the place in a clan that the roster gives them. */
const isRight = (m: Mutation, [clan, rank, joinedAt, member]: Key<(typeof roster)['key']>): boolean => {
  const membership = membershipOf(m, member);
  return membership?.clan === clan && rankOfRole(membership.role) === rank && Number(membership.joinedAt) === joinedAt;
};

/** Takes places off the roster whose members are gone, and gives how many are left. */
const countMembers = (m: Mutation, clan: RowId): number => {
  let count = 0;
  let after: Key<(typeof roster)['key']> | undefined;
  for (let seen = 0; seen <= clanMembersMax; seen += pageRows) {
    const page = m.page(roster, { from: [clan], after, limit: pageRows });
    for (const [key] of page) {
      if (isRight(m, key)) count += 1;
      else m.remove(roster, key);
    }
    after = page.at(-1)?.[0];
    if (page.length < pageRows) break;
  }
  return count;
};

const mendClan = (m: Mutation, clan: RowId): void => {
  const members = countMembers(m, clan);
  if (members === 0) {
    abandon(m, clan);
    return;
  }
  changeClan(m, clan, { members });
  const heir = ownerOf(m, clan) === undefined ? heirOf(m, clan) : undefined;
  if (heir !== undefined) crown(m, heir.member);
};

/** Counts every clan's members anew, has owners who are gone followed, and ends clans that have nobody left. */
export const mendClans = sweep({
  name: 'economy.clan.mend',
  version: 1,
  rows: clans,
  stepRows: mendStepClans,
  step: (m, rows) => {
    for (const [[clan]] of rows) mendClan(m, clan);
  },
  finish: (m) => m.remove(mendings, mendingKey),
});

/**
 * A reset was undone. Whoever was erased in between is in no row that came back, but was counted in some. Few clans are
 * mended at once, more in steps.
 */
export const beginMending = reaction(economyReturned, (m) => {
  if (m.count(clans) <= mendStepClans) {
    for (const [[clan]] of m.page(clans, { limit: mendStepClans })) mendClan(m, clan);
    return done();
  }
  m.put(mendings, mendingKey, {});
  m.wake(mendClans, 'returned', m.now, { date: utcDay(m.now), dueAt: m.now, missed: 0 });
  return done();
});
