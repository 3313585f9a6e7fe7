import { createHash, createHmac } from 'node:crypto';
import type { RowId } from '../../../kernel/ids.ts';
import { type Random, seededRandom } from '../../../kernel/random.ts';
import type { Game } from '../tuning.ts';

/** What the draws of a round follow from, and nothing else. */
export interface RoundSource {
  /** Secret until it is revealed; 64 hexadecimal digits. */
  readonly serverSeed: string;
  readonly clientSeed: string;
  /** The number of a member's round, or the id of a round of several. */
  readonly nonce: number | RowId;
  readonly game: Game;
}

/** What is shown of a server seed before it is revealed: the SHA-256 of its text, in hexadecimal digits. */
export const seedHash = (serverSeed: string): string => createHash('sha256').update(serverSeed).digest('hex');

/**
 * The draws of a round: the kernel's stream over HMAC-SHA-256(server seed, "client seed:nonce:game"). `docs/fairness.md`
 * says how to come to the same numbers without the bot; a change here is a change of that promise.
 */
export const roundRandom = ({ serverSeed, clientSeed, nonce, game }: RoundSource): Random =>
  seededRandom(createHmac('sha256', serverSeed).update(`${clientSeed}:${nonce}:${game}`).digest());

const seedBytes = 32;

/** A fresh server seed out of an operation's own randomness. */
export const newServerSeed = (random: Random): string =>
  Array.from({ length: seedBytes }, () => random.int(256).toString(16).padStart(2, '0')).join('');
