import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { colors } from '../../wallet/api.ts';
import { hands } from '../blackjack/state.ts';
import { code, commitmentFields } from '../cards.ts';
import { flights } from '../crash/state.ts';
import { seedHash } from './draw.ts';
import {
  type Commitment,
  clientSeedOption,
  commitmentOf,
  ensureSeeds,
  type RevealedSeed,
  rotateSeeds,
} from './seeds.ts';
import { fairVerify } from './verify.ts';

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
