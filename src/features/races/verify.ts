import { extension } from '../../kernel/extension.ts';
import type { Dotted } from '../../kernel/ids.ts';
import type { TextArguments } from '../../kernel/outcome.ts';
import { sharedRounds } from '../casino/api.ts';
import { mention } from '../wallet/api.ts';
import { clientSeedOf, type Drawn, raceOf } from './draws.ts';
import { placeOf, type Race, type Rat } from './rules.ts';
import { paidBy } from './settle.ts';
import { type PastRace, pastRaces } from './state.ts';
import { figureMax, figureMin, places, ratCount } from './tuning.ts';

const title: Dotted = 'economy.races.title';

interface Line {
  readonly text: Dotted;
  readonly args: TextArguments;
}

const raceLines = ({ home, turns, dropOut }: Race): readonly Line[] => [
  { text: 'economy.races.verify.turns', args: { turns: turns.length } },
  ...home.slice(0, places).map(({ rat, turn }, place): Line => {
    return { text: 'economy.races.verify.home', args: { place: place + 1, rat: rat + 1, turn } };
  }),
  ...(dropOut
    ? [{ text: 'economy.races.verify.dropped', args: { rat: dropOut.rat + 1, turn: dropOut.turn } } as const]
    : []),
];

/** Reads the rats of a race as somebody typed them off its card: three figures each, in order. */
const parseRats = (typed: string): readonly Rat[] | undefined => {
  const figures = (typed.match(/\d+/g) ?? []).map(Number);
  if (figures.length !== ratCount * 3) return undefined;
  if (figures.some((figure) => figure < figureMin || figure > figureMax)) return undefined;
  return Array.from({ length: ratCount }, (_, rat) => {
    const [speed = 0, stamina = 0, luck = 0] = figures.slice(rat * 3);
    return { speed, stamina, luck };
  });
};

const isSameOrder = (told: readonly number[], { home }: Race): boolean =>
  told.length === home.length && told.every((rat, place) => home[place]?.rat === rat);

/** Each bet with what its place pays; what things added to it, or a full wallet kept out, is not part of the race. */
const betLines = ({ bets, factors }: PastRace, race: Race): readonly Line[] =>
  bets.map(({ member, rat, stake, paid = 0 }) => {
    const place = placeOf(race, rat);
    const due = place === undefined ? 0 : paidBy(stake, factors[rat]?.[place] ?? 0);
    const args = { member: mention(member), rat: rat + 1, stake, paid, due };
    return { text: 'economy.races.verify.bet', args };
  });

/** Works a race out again: a kept one bet by bet, any other by what its card shows. */
export const verifiedRaces = extension(sharedRounds, (query, { id, seeds, rats: typed }) => {
  if (seeds) {
    if (typed === undefined) return undefined;
    const rats = parseRats(typed);
    if (rats === undefined) return 'economy.races.verify.no-rats';
    return { title, lines: raceLines(raceOf({ id, rats, ...seeds })), ...seeds };
  }
  const past = query.find(pastRaces, [id]);
  if (past === undefined) return undefined;
  const { serverSeed, clientSeed = '', rats, home, bets } = past;
  const drawn: Drawn = { id, serverSeed, clientSeed, rats };
  const race = raceOf(drawn);
  // Bets of members who were forgotten are missing, and with them what the bets added to the draws.
  const note: Dotted = clientSeedOf(bets) === clientSeed ? 'core.fair.verify.bets' : 'core.fair.verify.bets-missing';
  const lines = [...raceLines(race), ...betLines(past, race), { text: note, args: {} }];
  return { title, lines, serverSeed, clientSeed, agrees: isSameOrder(home, race) && arePaid(past, race) };
});

/** A bet was paid where its place pays, and not where it does not. */
const arePaid = ({ bets, factors }: PastRace, race: Race): boolean =>
  bets.every(({ rat, paid = 0 }) => {
    const place = placeOf(race, rat);
    const isDue = place !== undefined && (factors[rat]?.[place] ?? 0) > 0;
    return isDue || paid === 0;
  });
