import type { Query } from '../../../kernel/context.ts';
import { type Coins, isRowId, type RowId } from '../../../kernel/ids.ts';
import { query } from '../../../kernel/operation.ts';
import { InputError, integerOption, type Option, optional, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Field } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors } from '../../wallet/api.ts';
import { code } from '../cards.ts';
import { gameOption } from '../commands/paytable.ts';
import { type SharedRound, sharedRounds, type VerifiedRound } from '../points.ts';
import type { Game } from '../tuning.ts';
import { roundRandom, seedHash } from './draw.ts';
import { type Drawn, drawAgain, drawnText, paidAgain } from './replay.ts';
import { type Round, roundOf } from './rounds.ts';
import { clientSeedOption, revealedSeed } from './seeds.ts';

const nonceMax = 999_999_999;
const ratsCharactersMax = 200;

/** A round of one member worked out anew. */
interface Own {
  readonly kind: 'own';
  readonly serverSeed: string;
  readonly clientSeed: string;
  readonly nonce: number;
  readonly game: Game;
  readonly drawn: Drawn;
  /** Of a kept round: what was paid, and what should have been. */
  readonly paid: { readonly stake: number; readonly found: number; readonly due: number } | undefined;
}

/** A round of several members worked out anew. */
interface Shared {
  readonly kind: 'shared';
  readonly id: RowId;
  readonly round: VerifiedRound;
}

const verifyRound = (q: Query, round: Round): Outcome<Own> => {
  const seed = revealedSeed(q, q.actor.member, round.seed);
  if (!seed) return refuse('core.fair.verify.secret', { round: round.nonce });
  const { serverSeed, clientSeed } = seed;
  const { nonce, play, stake, paid } = round;
  const { game } = play;
  const source = { serverSeed, clientSeed, nonce, game };
  const due = paidAgain(play, stake as Coins, roundRandom(source));
  const drawn = drawAgain(game, roundRandom(source), play);
  return done({ kind: 'own', ...source, drawn, paid: { stake, found: paid, due } });
};

const verifyShared = (q: Query, subject: SharedRound): Outcome<Shared> => {
  const [found] = q.extensions(sharedRounds, subject);
  if (found === undefined) return refuse('core.fair.verify.unknown-id', { round: subject.id });
  return typeof found === 'string' ? refuse(found) : done({ kind: 'shared', id: subject.id, round: found });
};

/** The id of a round of several members. */
const idOption: Option<RowId> = {
  type: 'text',
  required: true,
  describe: 'core.fair.verify.id',
  max: 9,
  parse: (input) => {
    if (typeof input !== 'string' || !isRowId(input)) throw new InputError('core.fair.verify.no-id');
    return input as RowId;
  },
};

/** `/fair verify`: a round of one's own by its number, one of several by its id, or any round of anybody by its seeds. */
export const fairVerify = query({
  name: 'fair.verify',
  version: 1,
  input: options({
    round: optional(integerOption({ describe: 'core.fair.verify.round', min: 0, max: nonceMax })),
    id: optional(idOption),
    'server-seed': optional(textOption({ describe: 'core.fair.verify.server-seed', charactersMax: 64 })),
    'client-seed': optional({ ...clientSeedOption, describe: 'core.fair.verify.client-seed' }),
    game: optional(gameOption),
    rats: optional(textOption({ describe: 'core.fair.verify.rats', charactersMax: ratsCharactersMax })),
  }),
  run: (q, input): Outcome<Own | Shared> => {
    const { round: nonce, id, 'server-seed': serverSeed, 'client-seed': clientSeed, game, rats } = input;
    if (id !== undefined) {
      if (serverSeed === undefined && clientSeed === undefined && rats === undefined) return verifyShared(q, { id });
      if (serverSeed === undefined || clientSeed === undefined) return refuse('core.fair.verify.all-shared');
      return verifyShared(q, { id, seeds: { serverSeed, clientSeed }, ...(rats !== undefined && { rats }) });
    }
    if (nonce === undefined) return refuse('core.fair.verify.which');
    if (serverSeed !== undefined || clientSeed !== undefined || game !== undefined) {
      if (serverSeed === undefined || clientSeed === undefined || game === undefined) {
        return refuse('core.fair.verify.all');
      }
      const source = { serverSeed, clientSeed, nonce, game };
      return done<Own>({ kind: 'own', ...source, drawn: drawAgain(game, roundRandom(source)), paid: undefined });
    }
    const round = roundOf(q, q.actor.member, nonce);
    return round ? verifyRound(q, round) : refuse('core.fair.verify.unknown', { round: nonce });
  },
  view: (verified, text) => ({
    private: true,
    embeds: [
      {
        title: titleOf(verified, text),
        description: linesOf(verified, text).join('\n'),
        color: isWrong(verified) ? colors.loss : colors.money,
        fields: seedFields(verified.kind === 'own' ? verified : verified.round, text),
      },
    ],
  }),
});

const titleOf = (verified: Own | Shared, text: Text): string =>
  verified.kind === 'own'
    ? text('core.fair.verify.title', { round: verified.nonce, game: text(`economy.casino.${verified.game}.name`) })
    : text('core.fair.verify.title-shared', { round: verified.id, game: text(verified.round.title) });

const isWrong = (verified: Own | Shared): boolean =>
  verified.kind === 'own'
    ? verified.paid !== undefined && verified.paid.found !== verified.paid.due
    : verified.round.agrees === false;

const linesOf = (verified: Own | Shared, text: Text): readonly string[] => {
  if (verified.kind === 'shared') {
    const { lines, agrees } = verified.round;
    const words = lines.map((line) => text(line.text, line.args));
    if (agrees !== undefined) words.push(text(agrees ? 'core.fair.verify.agrees' : 'core.fair.verify.disagrees'));
    return words;
  }
  const { drawn, paid } = verified;
  const lines = [drawnText(drawn, text)];
  if (paid) {
    const { stake, found, due } = paid;
    lines.push(text(found === due ? 'core.fair.verify.same' : 'core.fair.verify.other', { stake, found, due }));
  }
  return lines;
};

const seedFields = (
  { serverSeed, clientSeed }: { readonly serverSeed: string; readonly clientSeed: string },
  text: Text,
): readonly Field[] => [
  { name: text('core.fair.field.server-seed'), value: code(serverSeed) },
  { name: text('core.fair.field.hash'), value: code(seedHash(serverSeed)) },
  { name: text('core.fair.field.client-seed'), value: code(clientSeed) },
];
