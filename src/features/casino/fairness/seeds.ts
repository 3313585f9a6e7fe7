import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { collection } from '../../../kernel/collection.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import type { Frozen, MemberId } from '../../../kernel/ids.ts';
import { InputError, type Option } from '../../../kernel/option.ts';
import type { Random } from '../../../kernel/random.ts';
import { type Game, playersMax, revealedKept } from '../tuning.ts';
import { newServerSeed, roundRandom, seedHash } from './draw.ts';

const serverSeedSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** No colon, as that stands between the parts of what is hashed. */
const clientSeedPattern = /^[A-Za-z0-9_.-]{1,32}$/;
const clientSeedCharacters = 32;

/** A client seed as somebody types it. */
export const clientSeedOption: Option<string> = {
  type: 'text',
  required: true,
  describe: 'core.fair.client-seed',
  max: clientSeedCharacters,
  parse: (input) => {
    if (typeof input !== 'string' || !clientSeedPattern.test(input)) throw new InputError('core.fair.no-client-seed');
    return input;
  },
};

const clientSeedSchema = z.string().regex(clientSeedPattern);

const seedSchema = z.strictObject({
  /** How many seeds the member had before this one. */
  number: z.int().nonnegative(),
  serverSeed: serverSeedSchema,
  /** Committed to as well, so that a client seed is chosen when the server seed it will meet is fixed. */
  nextServerSeed: serverSeedSchema,
  clientSeed: clientSeedSchema,
  /** Of the next round. It goes on over all seeds of a member, so that it names a round. */
  nonce: z.int().nonnegative(),
  /** The nonce of the first round of this seed. */
  since: z.int().nonnegative(),
});

/** What a member's rounds are drawn from. */
export const seeds = collection({
  name: 'fair.seed',
  version: 1,
  key: ['member'],
  schema: seedSchema,
  initial: { number: 0, serverSeed: '', nextServerSeed: '', clientSeed: '', nonce: 0, since: 0 },
  upgrades: [],
  rowsMax: playersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** The last seeds of a member that were revealed, in a ring. */
export const revealedSeeds = collection({
  name: 'fair.revealed-seed',
  version: 1,
  key: ['member', 'int'],
  schema: seedSchema.omit({ nextServerSeed: true }),
  initial: { number: 0, serverSeed: '', clientSeed: '', nonce: 0, since: 0 },
  upgrades: [],
  rowsMax: playersMax * revealedKept,
  orderings: {},
  totals: {},
  forget: 'key',
});

export type Seed = Frozen<z.infer<typeof seedSchema>>;
export type RevealedSeed = Omit<Seed, 'nextServerSeed'>;

/** What may be shown of a member's seeds. */
export interface Commitment {
  readonly number: number;
  readonly hash: string;
  readonly nextHash: string;
  readonly clientSeed: string;
  /** Rounds that this seed was used for. */
  readonly used: number;
}

export const commitmentOf = ({ number, serverSeed, nextServerSeed, clientSeed, nonce, since }: Seed): Commitment => ({
  number,
  hash: seedHash(serverSeed),
  nextHash: seedHash(nextServerSeed),
  clientSeed,
  used: nonce - since,
});

/** The seeds of the member who acts, drawn when they had none. `fresh` tells that nobody has seen their hash before. */
export const ensureSeeds = (m: Mutation): { readonly seed: Seed; readonly fresh: boolean } => {
  const { member } = m.actor;
  const known = m.find(seeds, [member]);
  if (known) return { seed: known, fresh: false };
  const seed: Seed = {
    number: 0,
    serverSeed: newServerSeed(m.random),
    nextServerSeed: newServerSeed(m.random),
    clientSeed: newServerSeed(m.random).slice(0, 16),
    nonce: 0,
    since: 0,
  };
  m.put(seeds, [member], seed);
  return { seed, fresh: true };
};

/** A round of a member's own seed. */
export interface Ticket {
  /** The seed's number. */
  readonly seed: number;
  readonly nonce: number;
}

/** Takes the member's next round for a game: its place in their seed, and its draws. The member has seeds. */
export const takeRound = (m: Mutation, game: Game): { readonly ticket: Ticket; readonly random: Random } => {
  const { member } = m.actor;
  const seed = m.get(seeds, [member]);
  const { number, nonce } = seed;
  m.put(seeds, [member], { ...seed, nonce: nonce + 1 });
  const ticket = { seed: number, nonce };
  return { ticket, random: roundDraws(m, member, game, ticket) };
};

/** The draws of a round of the seed in force, from their beginning. Throws when the round is of another seed. */
export const roundDraws = (query: Query, member: MemberId, game: Game, { seed, nonce }: Ticket): Random => {
  const { number, serverSeed, clientSeed } = query.get(seeds, [member]);
  assert(serverSeed !== '' && number === seed, 'a seed stays while a game that was drawn from it is open');
  return roundRandom({ serverSeed, clientSeed, nonce, game });
};

/** Reveals the member's seed and goes on with the next. The client seed stays unless another is given. */
export const rotateSeeds = (m: Mutation, seed: Seed, clientSeed: string | undefined): RevealedSeed => {
  const { member } = m.actor;
  const { nextServerSeed, ...revealed } = seed;
  m.put(revealedSeeds, [member, seed.number % revealedKept], revealed);
  m.put(seeds, [member], {
    number: seed.number + 1,
    serverSeed: nextServerSeed,
    nextServerSeed: newServerSeed(m.random),
    clientSeed: clientSeed ?? seed.clientSeed,
    nonce: seed.nonce,
    since: seed.nonce,
  });
  return revealed;
};

/** A seed of a member by its number, once it is revealed and while it is kept. */
export const revealedSeed = (query: Query, member: MemberId, number: number): RevealedSeed | undefined => {
  const found = query.find(revealedSeeds, [member, number % revealedKept]);
  return found?.number === number ? found : undefined;
};
