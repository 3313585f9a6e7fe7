import type { Mutation, Query } from '../../kernel/context.ts';
import { type EpochMs, epochMs, type MemberId, type RowId } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { membersOf } from '../clans/api.ts';
import { heistModifiersOf, type Page, pageOf } from '../items/api.ts';
import { begin, mention, refuseAtRest } from '../wallet/api.ts';
import { cancelHeist, canPlay, closeAsking, findHeist, isOpen, shownNow, wakeStage } from './advance.ts';
import { keepHeist, openRecord, withCrew } from './keep.ts';
import { planOf } from './plan.ts';
import { type Role, roles, roleTasks } from './rules.ts';
import { type ShownHeist, shownHeist } from './shown.ts';
import { newCrew, newHeist, refuseOthers, refuseStake, startHeist } from './start.ts';
import { type CrewMember, type HeistRow, heistRows } from './state.ts';
import { pageMembers, stepMs, teamMax, teamMin } from './tuning.ts';

/** Who can be asked to take part, a page of them, as who leads sees it. */
export interface Picking {
  readonly heist: RowId;
  readonly endsAt: EpochMs;
  readonly picked: readonly MemberId[];
  readonly candidates: Page<MemberId>;
}

/** The card of a step before the start, or what became of the heist meanwhile. */
export type Step = { readonly picking: Picking } | { readonly shown: ShownHeist };

const pickingOf = (q: Query, id: RowId, { attacker, crew, leader, endsAt }: HeistRow, page: number): Picking => ({
  heist: id,
  endsAt: epochMs(endsAt),
  picked: crew.map(({ member }) => member).filter((member) => member !== leader),
  candidates: pageOf(
    membersOf(q, attacker)
      .map(({ member }) => member)
      .filter((member) => member !== leader),
    page,
    pageMembers,
  ),
});

/** Starts a heist that who acts plays alone. */
export const startSolo = (m: Mutation, target: RowId, amount: number): Outcome<ShownHeist> => {
  const plan = planOf(m, target, amount);
  if (!('attacker' in plan)) return plan;
  begin(m);
  const refused = refuseStake(m, plan.penalty, 1);
  if (refused) return refused;
  const id = m.newId();
  return done<ShownHeist>(shownHeist(m, id, startHeist(m, id, newHeist(m, plan, 'solo'), plan)));
};

/** Begins to put a team together. */
export const openTeam = (m: Mutation, target: RowId, amount: number): Outcome<Step> => {
  const plan = planOf(m, target, amount);
  if (!('attacker' in plan)) return plan;
  begin(m);
  const refused = refuseStake(m, plan.penalty, teamMin);
  if (refused) return refused;
  const id = m.newId();
  const heist = { ...newHeist(m, plan, 'team'), endsAt: epochMs(m.now + stepMs) };
  m.put(heistRows, [id], heist);
  openRecord(m, plan.attacker, id);
  wakeStage(m, id, heist);
  return done<Step>({ picking: pickingOf(m, id, heist, 1) });
};

/** A heist of a stage before the start, for a control of whom leads it; what is to be shown where it is past that. */
const ledLobby = (
  m: Mutation,
  id: RowId,
  stages: readonly HeistRow['stage'][],
): { readonly row: HeistRow } | { readonly shown: ShownHeist } | Outcome<never> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const present = findHeist(m, id);
  if (!isOpen(present)) return present;
  const refused = refuseOthers(m, present.row);
  if (refused) return refused;
  return stages.includes(present.row.stage) ? present : { shown: shownNow(m, id, present) };
};

const stepOf = (lobby: Exclude<ReturnType<typeof ledLobby>, { readonly row: HeistRow }>): Outcome<Step> =>
  'shown' in lobby ? done<Step>({ shown: lobby.shown }) : lobby;

/** Turns the pages of those who can be asked. */
export const turnPicking = (m: Mutation, id: RowId, page: number): Outcome<Step> => {
  const lobby = ledLobby(m, id, ['picking']);
  return 'row' in lobby ? done<Step>({ picking: pickingOf(m, id, lobby.row, page) }) : stepOf(lobby);
};

/** Picks somebody of the clan, or drops who was picked. */
export const pick = (m: Mutation, id: RowId, member: MemberId, page: number): Outcome<Step> => {
  const lobby = ledLobby(m, id, ['picking']);
  if (!('row' in lobby)) return stepOf(lobby);
  const { row } = lobby;
  if (member === row.leader) return refuse('economy.heist.leader-is-in');
  const isPicked = row.crew.some((one) => one.member === member);
  if (!isPicked && !canPlay(m, row.attacker, member)) return refuse('economy.heist.cannot-play');
  if (!isPicked && row.crew.length >= teamMax) return refuse('economy.heist.team-full', { most: teamMax });
  const crew = isPicked ? row.crew.filter((one) => one.member !== member) : [...row.crew, newCrew(m, member, 'asked')];
  const after = { ...row, crew };
  m.put(heistRows, [id], after);
  return done<Step>({ picking: pickingOf(m, id, after, page) });
};

/** Asks those who were picked, before everybody's eyes. */
export const ask = (m: Mutation, id: RowId): Outcome<ShownHeist> => {
  const lobby = ledLobby(m, id, ['picking']);
  if (!('row' in lobby)) return 'shown' in lobby ? done<ShownHeist>(lobby.shown) : lobby;
  const { row } = lobby;
  if (row.crew.length < teamMin) return refuse('economy.heist.nobody-picked');
  const after: HeistRow = { ...row, stage: 'asking', endsAt: epochMs(m.now + stepMs) };
  keepHeist(m, id, after, true);
  wakeStage(m, id, after);
  return done<ShownHeist>(shownHeist(m, id, after));
};

/** Somebody who was asked says yes or no; nobody else can for them. The last answer closes the asking. */
export const answerAsking = (m: Mutation, id: RowId, says: 'accepted' | 'declined'): Outcome<ShownHeist> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const present = findHeist(m, id);
  if (!isOpen(present)) return 'shown' in present ? done<ShownHeist>(present.shown) : present;
  const { row } = present;
  if (row.stage !== 'asking') return done<ShownHeist>(shownHeist(m, id, row));
  const { member } = m.actor;
  const one = row.crew.find((other) => other.member === member);
  if (one === undefined || member === row.leader) return refuse('economy.heist.not-asked');
  if (one.answer !== 'asked') return refuse('economy.heist.answered');
  if (says === 'accepted') {
    begin(m);
    const refused = canPlay(m, row.attacker, member)
      ? refuseStake(m, row.penalty, teamMin)
      : refuse('economy.heist.not-in-it');
    if (refused) return refused;
  }
  const after = withCrew(row, member, (before) => ({ ...before, answer: says }));
  const isLast = after.crew.every(({ answer }) => answer !== 'asked');
  const next = isLast ? closeAsking(m, id, after) : { row: after };
  if (!isOpen(next)) return done<ShownHeist>(next.shown);
  keepHeist(m, id, next.row);
  wakeStage(m, id, next.row);
  return done<ShownHeist>(shownHeist(m, id, next.row));
};

/** Gives a member a role that nobody has. */
export const setRole = (m: Mutation, id: RowId, member: MemberId, role: Role): Outcome<ShownHeist> => {
  const lobby = ledLobby(m, id, ['roles']);
  if (!('row' in lobby)) return 'shown' in lobby ? done<ShownHeist>(lobby.shown) : lobby;
  const { row } = lobby;
  const taken = row.crew.find((one) => one.role === role);
  if (taken !== undefined && taken.member !== member) {
    return refuse('economy.heist.role-taken', { member: mention(taken.member) });
  }
  if (!row.crew.some((one) => one.member === member)) return refuse('economy.heist.cannot-play');
  const after = withCrew(row, member, (one) => ({ ...one, role }));
  keepHeist(m, id, after);
  return done<ShownHeist>(shownHeist(m, id, after));
};

/** What a member's things do for a role, in ten-thousandths. */
const fitness = (q: Query, { member }: CrewMember, role: Role): number => {
  const { trait } = roleTasks[role];
  const sum: Readonly<Record<string, number>> = heistModifiersOf(q, member).sum;
  return trait === undefined ? 0 : (sum[trait] ?? 0);
};

/** Gives everybody a role: who leads leads, each other in turn what their things help most with. */
export const assignRoles = (m: Mutation, id: RowId): Outcome<ShownHeist> => {
  const lobby = ledLobby(m, id, ['roles']);
  if (!('row' in lobby)) return 'shown' in lobby ? done<ShownHeist>(lobby.shown) : lobby;
  const { row } = lobby;
  const left: Role[] = roles.filter((role) => role !== 'leader');
  const crew = row.crew.map((one): CrewMember => {
    if (one.member === row.leader) return { ...one, role: 'leader' };
    const best = left.reduce((before, role) => (fitness(m, one, role) > fitness(m, one, before) ? role : before));
    left.splice(left.indexOf(best), 1);
    return { ...one, role: best };
  });
  const after = { ...row, crew };
  keepHeist(m, id, after);
  return done<ShownHeist>(shownHeist(m, id, after));
};

/** Starts the heist of a team whose roles are given. Everything is checked again. */
export const startTeam = (m: Mutation, id: RowId): Outcome<ShownHeist> => {
  const lobby = ledLobby(m, id, ['roles']);
  if (!('row' in lobby)) return 'shown' in lobby ? done<ShownHeist>(lobby.shown) : lobby;
  const { row } = lobby;
  const missing = row.crew.find(({ member }) => !canPlay(m, row.attacker, member));
  if (missing !== undefined) return refuse('economy.heist.one-missing', { member: mention(missing.member) });
  if (row.crew.some(({ role }) => role === undefined)) return refuse('economy.heist.roles-missing');
  const plan = planOf(m, row.target, row.amount, id);
  if (!('attacker' in plan)) return plan;
  if (plan.attacker !== row.attacker) return refuse('economy.heist.not-leader');
  return done<ShownHeist>(shownHeist(m, id, startHeist(m, id, row, plan)));
};

/** Calls a heist off that was not started. */
export const callOff = (m: Mutation, id: RowId): Outcome<ShownHeist> => {
  const lobby = ledLobby(m, id, ['picking', 'asking', 'roles']);
  if (!('row' in lobby)) return 'shown' in lobby ? done<ShownHeist>(lobby.shown) : lobby;
  return done<ShownHeist>(cancelHeist(m, id, lobby.row));
};

/** Shows a heist as it is. */
export const lookAt = (m: Mutation, id: RowId): Outcome<ShownHeist> => {
  const present = findHeist(m, id);
  return isOpen(present) || 'shown' in present ? done<ShownHeist>(shownNow(m, id, present)) : present;
};
