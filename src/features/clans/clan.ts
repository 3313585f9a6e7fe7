import type { Key } from '../../kernel/collection.ts';
import type { Query } from '../../kernel/context.ts';
import type { Frozen, MemberId, RowId } from '../../kernel/ids.ts';
import type { Completion } from '../../kernel/option.ts';
import { coinsOfVault, placeOfVault, richestVaults } from '../wallet/api.ts';
import { keyOfName } from './name.ts';
import { clanNames, clans, memberships, type Role, roles, roster } from './state.ts';
import { choicesMax, clanMembersMax, levelTreasuries, lockMaxMs } from './tuning.ts';

/** A clan and a membership as rows hold them. */
export type Clan = Frozen<ReturnType<(typeof clans)['schema']['parse']>>;
export type Membership = Frozen<ReturnType<(typeof memberships)['schema']['parse']>>;

/** Somebody in a clan. */
export interface ClanMember extends Membership {
  readonly member: MemberId;
}

const pageRows = 200;

/** The clan of an id; `undefined` where it was disbanded. */
export const findClan = (query: Query, clan: RowId): Clan | undefined => query.find(clans, [clan]);

/** The membership of somebody who is in a clan. */
export const membershipOf = (query: Query, member: MemberId): Membership | undefined =>
  query.find(memberships, [member]);

/** The clan that a typed name means, whatever its case, accents and gaps. */
export const clanNamed = (query: Query, name: string): RowId | undefined => {
  const key = keyOfName(name);
  // What is too long for a key, or holds what no key can, is nobody's name.
  if (key.length > 200 || /\p{Cc}/u.test(key)) return undefined;
  return query.find(clanNames, [key])?.clan;
};

/** The number by which the roster sorts a role, 0 the highest. */
export const rankOfRole = (role: Role): number => roles.indexOf(role);

/** All members of a clan, the owner first, then officers and members, the oldest first of each; or those of one role. */
export const membersOf = (query: Query, clan: RowId, role?: Role): readonly ClanMember[] => {
  const found: ClanMember[] = [];
  const from = role === undefined ? ([clan] as const) : ([clan, rankOfRole(role)] as const);
  let after: Key<(typeof roster)['key']> | undefined;
  while (found.length < clanMembersMax) {
    const page = query.page(roster, { from, after, limit: pageRows });
    for (const [[, , , member]] of page) found.push({ ...query.get(memberships, [member]), member });
    if (page.length < pageRows) break;
    after = page.at(-1)?.[0];
  }
  return found;
};

/** Who owns a clan: there is always somebody. */
export const ownerOf = (query: Query, clan: RowId): MemberId | undefined =>
  query.page(roster, { from: [clan, 0], limit: 1 })[0]?.[0][3];

/** What is in a clan's treasury. */
export const treasuryOf = coinsOfVault;

/** Whether nothing can be taken out of a clan's treasury, nor its owner changed. */
export const isLocked = (query: Query, { lockedAt }: Pick<Clan, 'lockedAt'>): boolean =>
  lockedAt !== undefined && query.now < lockedAt + lockMaxMs;

/** The clan for which somebody may plan a heist: its owner, and officers where the owner lets them. */
export const plansFor = (query: Query, member: MemberId): RowId | undefined => {
  const membership = membershipOf(query, member);
  if (membership === undefined || membership.role === 'member') return undefined;
  const officersPlan = findClan(query, membership.clan)?.officersPlan === true;
  return membership.role === 'owner' || officersPlan ? membership.clan : undefined;
};

/** A clan on a list. */
export interface ListedClan {
  readonly clan: RowId;
  readonly name: string;
  readonly members: number;
  readonly treasury: number;
  readonly owner: MemberId | undefined;
}

/** Clans from place `from` (0 is the one with the largest treasury; of equal ones the oldest), at most `limit`. */
export const topClans = (query: Query, from: number, limit: number): readonly ListedClan[] =>
  richestVaults(query, from, limit).flatMap(({ vault, coins }) => {
    const clan = findClan(query, vault);
    if (clan === undefined) return [];
    return [{ clan: vault, name: clan.name, members: clan.members, treasury: coins, owner: ownerOf(query, vault) }];
  });

/** The level of a treasury, from 1, and what the next begins with; `undefined` at the last. */
export const levelOf = (treasury: number): { readonly level: number; readonly next: number | undefined } => {
  const level = levelTreasuries.filter((least) => treasury >= least).length;
  return { level, next: levelTreasuries[level] };
};

/** The place of a clan by its treasury, 0 the highest. */
export const placeOfClan = placeOfVault;

/** Clans to choose from while somebody types: those whose names begin so, or the richest; at most 25. */
export const completeClans = (query: Query, typed: string): readonly Completion[] => {
  const choice = ({ name }: { readonly name: string }): Completion => ({ name, value: name });
  if (typed.trim() === '') return topClans(query, 0, choicesMax).map(choice);
  const start = keyOfName(typed);
  if (start.length > 200 || /\p{Cc}/u.test(start)) return [];
  const exact = query.find(clanNames, [start]);
  const rows = query
    .page(clanNames, { after: [start], limit: choicesMax - 1 })
    .filter(([[key]]) => key.startsWith(start))
    .map(([, row]) => row);
  return [...(exact ? [exact] : []), ...rows].flatMap(({ clan }) => findClan(query, clan) ?? []).map(choice);
};
