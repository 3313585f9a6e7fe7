import { createHash, createHmac } from 'node:crypto';
import { seededRandom } from '../../kernel/random.ts';
import { type Race, runRace } from './rules.ts';
import type { Bet, RaceRow } from './state.ts';

const clientSeedDigits = 32;

/**
 * What the bets add to the draws: the SHA-256 of who bet how much on which rat, in order. Nobody can know it when the
 * server seed is committed to, so that no seed can have been chosen for what people would bet.
 */
export const clientSeedOf = (bets: readonly Bet[]): string =>
  createHash('sha256')
    .update(bets.map(({ member, rat, stake }) => `${member}:${rat + 1}:${stake}`).join('\n'))
    .digest('hex')
    .slice(0, clientSeedDigits);

/** What a race follows from. */
export type Drawn = Pick<RaceRow, 'serverSeed' | 'clientSeed' | 'id' | 'rats'>;

/**
 * Runs the race of a row whose bets are closed: drawn as a round of the casino is, with the race's id for its number.
 * `docs/fairness.md` says how to come to the same race without the bot; a change here is a change of that promise.
 */
export const raceOf = ({ serverSeed, clientSeed = '', id, rats }: Drawn): Race =>
  runRace(seededRandom(createHmac('sha256', serverSeed).update(`${clientSeed}:${id}:ratrace`).digest()), rats);
