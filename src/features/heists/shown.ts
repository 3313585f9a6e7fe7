import type { Query } from '../../kernel/context.ts';
import type { EpochMs, MemberId, RowId } from '../../kernel/ids.ts';
import { findClan } from '../clans/api.ts';
import { pings, prefers } from '../settings/api.ts';
import type { Role } from './rules.ts';
import type { CrewMember, HeistRow, PastHeist } from './state.ts';
import { full } from './tuning.ts';

/** What everybody may see of somebody who plays. */
export interface ShownMember {
  readonly member: MemberId;
  readonly answer: CrewMember['answer'];
  readonly role: Role | undefined;
  readonly progress: number;
  readonly gone: boolean;
}

/** What everybody may see of a heist that is not over. */
export interface OpenHeist {
  readonly heist: RowId;
  readonly state: 'open';
  readonly stage: HeistRow['stage'];
  readonly mode: HeistRow['mode'];
  readonly attacker: string;
  readonly target: string;
  readonly leader: MemberId | undefined;
  readonly amount: number;
  readonly penalty: number;
  readonly endsAt: EpochMs;
  readonly phase: number;
  readonly noise: number;
  readonly mistakes: number;
  readonly mistakesMax: number;
  readonly crew: readonly ShownMember[];
  /** Where it is posted. */
  readonly channel: string | undefined;
  /** Those who were asked and do not want to be pinged; missing in cards of before. */
  readonly quiet?: readonly MemberId[];
}

/** A heist that is over, or did not come to be. */
export interface EndedHeist {
  readonly heist: RowId;
  readonly state: 'over';
  readonly past: PastHeist;
}
export interface CancelledHeist {
  readonly heist: RowId;
  readonly state: 'cancelled';
  readonly attacker: string;
}

export type ShownHeist = OpenHeist | EndedHeist | CancelledHeist;

/** The noise in percent: that of a team counts by its size, as five would otherwise be heard in any first phase. */
export const noiseOf = ({ noise, size }: Pick<HeistRow, 'noise' | 'size'>): number =>
  Math.min(full, Math.floor(noise / size));

/** A heist that is not over as everybody may see it: no task, no answer. */
export const shownHeist = (query: Query, id: RowId, heist: HeistRow): OpenHeist => ({
  heist: id,
  state: 'open',
  stage: heist.stage,
  mode: heist.mode,
  attacker: findClan(query, heist.attacker)?.name ?? '',
  target: findClan(query, heist.target)?.name ?? '',
  leader: heist.leader,
  amount: heist.amount,
  penalty: heist.penalty,
  endsAt: heist.endsAt,
  phase: heist.phase,
  noise: noiseOf(heist),
  mistakes: heist.mistakes,
  mistakesMax: heist.mistakesMax,
  crew: heist.crew.map(({ member, answer, role, progress, gone }) => ({
    member,
    answer,
    role,
    progress,
    gone: gone ?? false,
  })),
  channel: heist.channel,
  quiet: heist.crew
    .filter(({ member, answer }) => answer === 'asked' && !prefers(query, member, pings))
    .map(({ member }) => member),
});
