import type { EpochMs } from '../../kernel/ids.ts';
import { seedHash } from '../casino/api.ts';
import { raceOf } from './draws.ts';
import type { Bet, RaceRow } from './state.ts';
import { places, turnMs } from './tuning.ts';

/** Where the rats of a race that runs are. */
export interface Frame {
  readonly turn: number;
  /** The field of each. */
  readonly fields: readonly number[];
  /** Those that are home, the first first, as far as places are paid. */
  readonly home: readonly number[];
  readonly dropped: number | undefined;
}

/** What everybody may see of a race. */
export interface ShownRace extends Pick<RaceRow, 'phase' | 'startsAt' | 'rats' | 'factors'> {
  readonly at: string;
  readonly race: string;
  readonly bets: readonly Bet[];
  /** What is committed to: the SHA-256 of the server seed. */
  readonly hash: string;
  readonly frame?: Frame;
  readonly serverSeed?: string;
  readonly clientSeed?: string;
}

/** Where the rats of a race are at a time. */
const frameOf = (row: RaceRow, startedAt: EpochMs, now: EpochMs): Frame => {
  const race = raceOf(row);
  const passed = row.phase === 'over' ? race.turns.length : Math.floor((now - startedAt) / turnMs);
  const turn = Math.min(Math.max(passed, 0), race.turns.length);
  return {
    turn,
    fields: turn === 0 ? row.rats.map(() => 0) : (race.turns[turn - 1] ?? []),
    home: race.home
      .filter((one) => one.turn <= turn)
      .slice(0, places)
      .map(({ rat }) => rat),
    dropped: race.dropOut !== undefined && race.dropOut.turn <= turn ? race.dropOut.rat : undefined,
  };
};

/** What may be seen of a race at a time: the seeds when it is over, and never before. */
export const shownRace = (now: EpochMs, at: string, row: RaceRow): ShownRace => {
  const { id, phase, startsAt, startedAt, serverSeed, clientSeed, rats, factors, bets } = row;
  return {
    at,
    race: id,
    phase,
    startsAt,
    rats,
    factors,
    bets,
    hash: seedHash(serverSeed),
    ...(startedAt !== undefined && { frame: frameOf(row, startedAt, now) }),
    ...((phase === 'over' || phase === 'cancelled') && { serverSeed }),
    ...(phase === 'over' && clientSeed !== undefined && { clientSeed }),
  };
};
