import { z } from 'zod';
import type { KeyKinds } from '../kernel/collection.ts';
import type { Query } from '../kernel/context.ts';
import type { MemberId } from '../kernel/ids.ts';
import { departures } from '../kernel/membership.ts';
import { type Operation, query } from '../kernel/operation.ts';
import { done } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import { memberSchema } from '../kernel/schemas.ts';
import { keyedByMember, type OpenCollection, type Parts } from './rows.ts';

/** Members that one page of the roll names at most: as many as Discord tells the presence of at once. */
export const rollMembersMax = 100;
/** Rows that are looked up for one page at most: others get their turn between. */
const lookUpsMax = 400;

/** Members who have rows in a guild, in the order of their ids, a page at a time. */
export interface Roll {
  readonly members: readonly { readonly member: MemberId; readonly departed: boolean }[];
  /** The next page is that behind this member; absent on the last one. */
  readonly after?: MemberId | undefined;
}

const least: KeyKinds = { member: '0' as MemberId, id: '0' as KeyKinds['id'], text: '0', int: 0 };

/** The first member behind another who has a row in a collection: one look, however many rows each has. */
const memberBehind = (q: Query, rows: OpenCollection, member: MemberId | undefined): MemberId | undefined => {
  // A blank sorts behind the separator of parts and before every digit: behind all rows of the member.
  const after = member && ([`${member} `, ...rows.key.slice(1).map((kind) => least[kind])] as Parts);
  return q.page(rows, { after, limit: 1 })[0]?.[0][0] as MemberId | undefined;
};

const readRoll = (q: Query, registry: Registry, after: MemberId | undefined): Roll => {
  const next = new Map<OpenCollection, MemberId>();
  let lookUps = 0;
  const advance = (rows: OpenCollection, behind: MemberId | undefined): void => {
    const member = memberBehind(q, rows, behind);
    lookUps += 1;
    if (member === undefined) next.delete(rows);
    else next.set(rows, member);
  };
  for (const rows of keyedByMember(registry)) advance(rows, after);
  const members: Roll['members'][number][] = [];
  while (next.size > 0) {
    const member = [...next.values()].reduce((first, other) => (other < first ? other : first));
    members.push({ member, departed: q.find(departures, [member]) !== undefined });
    if (members.length === rollMembersMax || lookUps >= lookUpsMax) return { members, after: member };
    for (const [rows, at] of next) if (at === member) advance(rows, member);
  }
  return { members };
};

/** Those alone who are said to have left. */
const readDeparted = (q: Query, after: MemberId | undefined): Roll => {
  const page = q.page(departures, { after: after && [after], limit: rollMembersMax });
  const members = page.map(([[member]]) => ({ member, departed: true }));
  return members.length < rollMembersMax ? { members } : { members, after: members.at(-1)?.member };
};

/** What page of the roll is wanted: of everybody, or of those alone who are said to have left. */
export interface RollWish {
  readonly departed: boolean;
  readonly after?: MemberId | undefined;
}

/** Reads a page of the roll. */
export const rollOf = (registry: () => Registry): Operation<RollWish> =>
  query({
    name: 'core.members',
    version: 1,
    who: 'runtime',
    input: z.strictObject({ departed: z.boolean(), after: memberSchema.optional() }),
    run: (q, { departed, after }) => done(departed ? readDeparted(q, after) : readRoll(q, registry(), after)),
    view: () => ({ private: true }),
  });
