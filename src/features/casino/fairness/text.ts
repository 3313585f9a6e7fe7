import type { Messages } from '../../../kernel/text.ts';

/** Words of provable fairness. */
export const messages = {
  'core.fair.explain':
    'Every game you play is drawn from a server seed that is fixed before you bet, a client seed that you can choose, and the number of the round. Until a server seed is revealed you see its SHA-256 hash; /fair rotate reveals it and goes on with the next. /fair verify then works any of your rounds out again, and so can you, without the bot: docs/fairness.md says how.',
  'core.fair.field.hash': 'SHA-256 of the server seed',
  'core.fair.field.next-hash': 'SHA-256 of the next server seed',
  'core.fair.field.client-seed': 'Client seed',
  'core.fair.field.server-seed': 'Server seed',
  'core.fair.client-seed': 'Your own client seed: letters, digits, dots, hyphens, underscores',
  'core.fair.no-client-seed': 'A client seed has 1 to 32 letters, digits, dots, hyphens or underscores.',

  'core.fair.seed.describe': 'See the hash of the seed that your next rounds are drawn from',
  'core.fair.seed.title': 'Seed {number, number}',
  'core.fair.seed.about':
    '{used, plural, =0 {No round has been drawn from it yet.} one {One round has been drawn from it.} other {# rounds have been drawn from it.}} /fair rotate reveals it.',

  'core.fair.rotate.describe': 'Reveal your seed and go on with the next one',
  'core.fair.rotate.open': 'A game of yours is still open, and its seed would show how it ends. Finish it first.',
  'core.fair.rotate.revealed': 'Seed {number, number} is revealed',
  'core.fair.rotate.rounds':
    '{used, plural, =0 {No round was drawn from it.} one {Round {first, number} was drawn from it.} other {Rounds {first, number} to {last, number} were drawn from it.}} /fair verify works them out again.',

  'core.fair.verify.describe': 'Work a past round out again',
  'core.fair.verify.round': 'The number of the round, as its card shows it',
  'core.fair.verify.server-seed': 'A revealed server seed, for a round that is not yours',
  'core.fair.verify.client-seed': 'The client seed that goes with it',
  'core.fair.verify.title': 'Round {round, number} · {game}',
  'core.fair.verify.deck': 'The deck, from its first card: {cards}',
  'core.fair.verify.crash': 'The curve ended at {point, number, ::.00}×.',
  'core.fair.verify.id': 'The id of a race or of a crash round of a channel, as it stands at the foot of its card',
  'core.fair.verify.no-id': 'An id has nine digits and letters, as it stands at the foot of the card.',
  'core.fair.verify.rats': 'Of a race that is not kept: its rats in order, as speed/stamina/luck',
  'core.fair.verify.title-shared': 'Round {round} · {game}',
  'core.fair.verify.agrees': 'That is what was told and paid.',
  'core.fair.verify.disagrees': 'Something else was told or paid. Please tell the staff.',
  'core.fair.verify.bets': 'The bets give the client seed.',
  'core.fair.verify.bets-missing': 'Members who bet were forgotten since, so the bets no longer give the client seed.',
  'core.fair.verify.all-shared':
    'For a round that is not kept, give its id and both seeds, and of a race its rats. They all stand on its card.',
  'core.fair.verify.unknown-id':
    'Round {round} is not kept here, or not over yet. With its id, its seeds and a race’s rats, all of which stand on its card, it can be worked out all the same.',
  'core.fair.verify.same':
    'The round paid {found, number} on a stake of {stake, number}, and that is what its draws come to.',
  'core.fair.verify.other':
    'The round paid {found, number} on a stake of {stake, number}, but its draws come to {due, number}. Please tell the staff.',
  'core.fair.verify.which': 'Say which round: its number or its id stands at the foot of its card.',
  'core.fair.verify.all': 'For a round that is not yours, give its number, both seeds and the game.',
  'core.fair.verify.unknown':
    'Round {round, number} of yours is not kept, or not over yet. With its seeds and its game it can be worked out all the same.',
  'core.fair.verify.secret':
    'The seed of round {round, number} is not revealed yet, or not kept any more. /fair rotate reveals the one in use.',
} satisfies Messages;
