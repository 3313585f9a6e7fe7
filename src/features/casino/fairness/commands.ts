import type { Query } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { mutation, query } from '../../../kernel/operation.ts';
import { InputError, integerOption, type Option, optional, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Field } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors } from '../../wallet/api.ts';
import { hands } from '../blackjack/state.ts';
import { code, commitmentFields } from '../cards.ts';
import { gameOption } from '../commands/paytable.ts';
import { flights } from '../crash/state.ts';
import type { Game } from '../tuning.ts';
import { roundRandom, seedHash } from './draw.ts';
import { type Drawn, drawAgain, drawnText, paidAgain } from './replay.ts';
import { type Round, roundOf } from './rounds.ts';
import {
  type Commitment,
  clientSeedPattern,
  commitmentOf,
  ensureSeeds,
  type RevealedSeed,
  revealedSeed,
  rotateSeeds,
} from './seeds.ts';

const nonceMax = 999_999_999;
const clientSeedCharacters = 32;

const clientSeedOption: Option<string> = {
  type: 'text',
  required: true,
  describe: 'core.fair.client-seed',
  max: clientSeedCharacters,
  parse: (input) => {
    if (typeof input !== 'string' || !clientSeedPattern.test(input)) throw new InputError('core.fair.no-client-seed');
    return input;
  },
};

/** `/fair seed`: what is committed to for the member's next rounds. */
export const fairSeed = mutation({
  name: 'fair.seed',
  version: 1,
  input: options({}),
  run: (m) => done(commitmentOf(ensureSeeds(m).seed)),
  view: (commitment, text) => ({
    private: true,
    embeds: [
      {
        title: text('core.fair.seed.title', { number: commitment.number }),
        description: text('core.fair.seed.about', { used: commitment.used }),
        color: colors.gold,
        fields: commitmentFields(commitment, text),
      },
    ],
  }),
});

/** What a rotation shows: the seed that was in use, unless the member had none, and what is committed to now. */
interface Rotated {
  readonly revealed: RevealedSeed | undefined;
  readonly commitment: Commitment;
}

/**
 * `/fair rotate`: reveals the member's seed and goes on with the next one. Not while a game drawn from it is open: who
 * sees the seed sees the cards.
 */
export const fairRotate = mutation({
  name: 'fair.rotate',
  version: 1,
  input: options({ 'client-seed': optional(clientSeedOption) }),
  run: (m, { 'client-seed': clientSeed }): Outcome<Rotated> => {
    const { member } = m.actor;
    if (m.find(hands, [member]) ?? m.find(flights, [member])) return refuse('core.fair.rotate.open');
    const { seed, fresh } = ensureSeeds(m);
    const revealed = fresh ? undefined : rotateSeeds(m, seed, clientSeed);
    return done({ revealed, commitment: commitmentOf(ensureSeeds(m).seed) });
  },
  view: ({ revealed, commitment }, text) => ({
    private: true,
    embeds: [
      ...(revealed
        ? [
            {
              title: text('core.fair.rotate.revealed', { number: revealed.number }),
              description: text('core.fair.rotate.rounds', {
                used: revealed.nonce - revealed.since,
                first: revealed.since,
                last: revealed.nonce - 1,
              }),
              color: colors.money,
              fields: [
                { name: text('core.fair.field.server-seed'), value: code(revealed.serverSeed) },
                { name: text('core.fair.field.hash'), value: code(seedHash(revealed.serverSeed)) },
                { name: text('core.fair.field.client-seed'), value: code(revealed.clientSeed) },
              ],
            },
          ]
        : []),
      {
        title: text('core.fair.seed.title', { number: commitment.number }),
        description: text('core.fair.seed.about', { used: commitment.used }),
        color: colors.gold,
        fields: commitmentFields(commitment, text),
      },
    ],
  }),
});

/** A round worked out anew. */
interface Verified {
  readonly serverSeed: string;
  readonly clientSeed: string;
  readonly nonce: number;
  readonly game: Game;
  readonly drawn: Drawn;
  /** Of a kept round: what was paid, and what should have been. */
  readonly paid: { readonly stake: number; readonly found: number; readonly due: number } | undefined;
}

const verifyRound = (q: Query, round: Round): Outcome<Verified> => {
  const seed = revealedSeed(q, q.actor.member, round.seed);
  if (!seed) return refuse('core.fair.verify.secret', { round: round.nonce });
  const { serverSeed, clientSeed } = seed;
  const { nonce, play, stake, paid } = round;
  const { game } = play;
  const source = { serverSeed, clientSeed, nonce, game };
  const due = paidAgain(play, stake as Coins, roundRandom(source));
  return done({ ...source, drawn: drawAgain(game, roundRandom(source), play), paid: { stake, found: paid, due } });
};

/** `/fair verify`: a round of one's own by its number, or any round of anybody by its seeds. */
export const fairVerify = query({
  name: 'fair.verify',
  version: 1,
  input: options({
    round: optional(integerOption({ describe: 'core.fair.verify.round', min: 0, max: nonceMax })),
    'server-seed': optional(textOption({ describe: 'core.fair.verify.server-seed', charactersMax: 64 })),
    'client-seed': optional({ ...clientSeedOption, describe: 'core.fair.verify.client-seed' }),
    game: optional(gameOption),
  }),
  run: (q, { round: nonce, 'server-seed': serverSeed, 'client-seed': clientSeed, game }): Outcome<Verified> => {
    if (nonce === undefined) return refuse('core.fair.verify.which');
    if (serverSeed !== undefined || clientSeed !== undefined || game !== undefined) {
      if (serverSeed === undefined || clientSeed === undefined || game === undefined) {
        return refuse('core.fair.verify.all');
      }
      const source = { serverSeed, clientSeed, nonce, game };
      return done({ ...source, drawn: drawAgain(game, roundRandom(source)), paid: undefined });
    }
    const round = roundOf(q, q.actor.member, nonce);
    return round ? verifyRound(q, round) : refuse('core.fair.verify.unknown', { round: nonce });
  },
  view: (verified, text) => ({
    private: true,
    embeds: [
      {
        title: text('core.fair.verify.title', {
          round: verified.nonce,
          game: text(`economy.casino.${verified.game}.name`),
        }),
        description: verifiedLines(verified, text).join('\n'),
        color: verified.paid && verified.paid.found !== verified.paid.due ? colors.loss : colors.money,
        fields: verifiedFields(verified, text),
      },
    ],
  }),
});

const verifiedLines = ({ drawn, paid }: Verified, text: Text): readonly string[] => {
  const lines = [drawnText(drawn, text)];
  if (paid) {
    const { stake, found, due } = paid;
    lines.push(text(found === due ? 'core.fair.verify.same' : 'core.fair.verify.other', { stake, found, due }));
  }
  return lines;
};

const verifiedFields = ({ serverSeed, clientSeed }: Verified, text: Text): readonly Field[] => [
  { name: text('core.fair.field.server-seed'), value: code(serverSeed) },
  { name: text('core.fair.field.hash'), value: code(seedHash(serverSeed)) },
  { name: text('core.fair.field.client-seed'), value: code(clientSeed) },
];

export const fairCommands: readonly Command[] = [
  {
    path: 'fair seed',
    describe: 'core.fair.seed.describe',
    operation: fairSeed,
    visibility: 'private',
    explain: { text: 'core.fair.explain', figures: () => ({}) },
  },
  { path: 'fair rotate', describe: 'core.fair.rotate.describe', operation: fairRotate, visibility: 'private' },
  { path: 'fair verify', describe: 'core.fair.verify.describe', operation: fairVerify, visibility: 'private' },
];
