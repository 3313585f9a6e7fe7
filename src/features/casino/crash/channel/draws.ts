import { createHash } from 'node:crypto';
import type { RowId } from '../../../../kernel/ids.ts';
import { roundRandom } from '../../fairness/draw.ts';
import { crashPoint } from '../rules.ts';
import type { ChannelBet } from './state.ts';

const clientSeedDigits = 32;

/**
 * What the bets add to the draws: the SHA-256 of who bet how much with which target, in order. Nobody can know it when
 * the server seed is committed to, so that no seed can have been chosen for what people would bet.
 */
export const clientSeedOf = (bets: readonly Pick<ChannelBet, 'member' | 'stake' | 'target'>[]): string =>
  createHash('sha256')
    .update(bets.map(({ member, stake, target }) => `${member}:${stake}:${target}`).join('\n'))
    .digest('hex')
    .slice(0, clientSeedDigits);

/** Where the curve of a round ends, in hundredths: drawn as a member's own, with the round's id for its number. */
export const channelPoint = (round: {
  readonly id: RowId;
  readonly serverSeed: string;
  readonly clientSeed: string;
}): number => {
  const { id, serverSeed, clientSeed } = round;
  return crashPoint(roundRandom({ serverSeed, clientSeed, nonce: id, game: 'crash' }));
};
