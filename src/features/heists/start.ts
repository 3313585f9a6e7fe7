import type { Mutation } from '../../kernel/context.ts';
import { epochMs, type MemberId, type RowId } from '../../kernel/ids.ts';
import { coins } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { consumeHeist, heistModifiersOf } from '../items/api.ts';
import { ensureAccount, refuseReserved } from '../wallet/api.ts';
import { wakeStage } from './advance.ts';
import { noEscrow, takeEscrow } from './escrow.ts';
import { keepHeist } from './keep.ts';
import { changeRecord } from './notes.ts';
import { type Plan, today } from './plan.ts';
import { type Gear, teamGear } from './rules.ts';
import { heistChannel } from './settings.ts';
import { type CrewMember, type HeistRow, targeted } from './state.ts';
import { idleMs, mistakesAllowed, mistakesAllowedMore, phaseMs } from './tuning.ts';

/** Somebody who plays, before the heist starts. */
export const newCrew = (m: Mutation, member: MemberId, answer: CrewMember['answer']): CrewMember => {
  ensureAccount(m, member);
  return { member, answer, progress: 0, gear: {}, lockTries: 0, escrow: noEscrow };
};

/** A heist of a plan, with nobody in it but who leads. */
export const newHeist = (m: Mutation, plan: Plan, mode: HeistRow['mode']): HeistRow => {
  const { attacker, target, amount, penalty, difficulty } = plan;
  const leader = m.actor.member;
  const channel = m.setting(heistChannel) || m.actor.channel;
  return {
    attacker,
    target,
    mode,
    amount,
    penalty,
    stage: 'picking',
    endsAt: m.now,
    difficulty,
    phase: 0,
    noise: 0,
    mistakes: 0,
    mistakesMax: 0,
    size: 1,
    team: {},
    leader,
    crew: [newCrew(m, leader, 'accepted')],
    ...(channel !== undefined && { channel }),
  };
};

/**
 * Why who acts cannot put a part of a penalty at stake: coins that must stay with them would reach others that way.
 */
export const refuseStake = (m: Mutation, penalty: number, members: number): Outcome<never> | undefined =>
  refuseReserved(m, m.actor.member, coins(Math.floor(penalty / members)));

const used = (sum: Gear): Gear => Object.fromEntries(Object.entries(sum).filter(([, value]) => value > 0));

/**
 * Starts a heist: the attempt of this Sunday is used, everybody's part of the penalty is taken, their potions are used up.
 * What their things come to stays as it is now.
 */
export const startHeist = (m: Mutation, id: RowId, lobby: HeistRow, plan: Plan): HeistRow => {
  const { attacker, target, mode } = lobby;
  const { penalty, difficulty, amount } = plan;
  const size = lobby.crew.length;
  const modifiers = lobby.crew.map(({ member }) => heistModifiersOf(m, member));
  const part = coins(Math.floor(penalty / size));
  const crew = lobby.crew.map((one, place): CrewMember => {
    const { sum = {}, lockTries = 0 } = modifiers[place] ?? {};
    consumeHeist(m, one.member);
    return { ...one, gear: used(sum), lockTries, escrow: takeEscrow(m, one.member, part) };
  });
  const forgives = crew.some(({ gear }) => (gear['forgiveness'] ?? 0) > 0);
  const allowed = forgives ? mistakesAllowedMore : mistakesAllowed;
  const heist: HeistRow = {
    ...lobby,
    amount,
    penalty,
    difficulty,
    stage: 'playing',
    startedAt: m.now,
    endsAt: epochMs(m.now + (mode === 'solo' ? idleMs : phaseMs)),
    size,
    mistakesMax: mode === 'solo' ? 0 : allowed,
    team: used(teamGear(modifiers)),
    crew,
  };
  changeRecord(m, attacker, { open: id, tried: today(m) });
  m.put(targeted, [target, id], {});
  keepHeist(m, id, heist, mode === 'solo');
  wakeStage(m, id, heist);
  return heist;
};

/** Why who acts does not lead a heist. */
export const refuseOthers = (m: Mutation, { leader }: HeistRow): Outcome<never> | undefined =>
  leader === m.actor.member ? undefined : refuse('economy.heist.not-leader');
