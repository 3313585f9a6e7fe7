import type { Embed, Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { code } from '../casino/api.ts';
import { colors, mention, relativeTime } from '../wallet/api.ts';
import type { ShownRace } from './shown.ts';
import type { Bet } from './state.ts';
import { factorUnits, fields } from './tuning.ts';

/** What a rat is like and what its places pay, to 100 characters. */
export const ratLine = ({ rats, factors }: Pick<ShownRace, 'rats' | 'factors'>, rat: number, text: Text): string => {
  const { speed = 0, stamina = 0, luck = 0 } = rats[rat] ?? {};
  const [win = 0, second = 0, third = 0] = (factors[rat] ?? []).map((factor) => factor / factorUnits);
  return [
    text('economy.races.figures', { speed, stamina, luck }),
    second > 0 ? text('economy.races.factors', { win, second, third }) : text('economy.races.win-only', { win }),
  ].join(' · ');
};

/** A rat on its track. */
const trackLine = ({ frame }: ShownRace, rat: number): string => {
  const field = frame?.fields[rat] ?? 0;
  const place = frame ? frame.home.indexOf(rat) : -1;
  const end = frame?.dropped === rat ? ' ✖' : place >= 0 ? ` ${['🥇', '🥈', '🥉'][place] ?? ''}` : '';
  return `${code(`${rat + 1} ${'▰'.repeat(field)}${'▱'.repeat(fields - field)}`)}${end}`;
};

const betLine = ({ member, rat, stake, paid }: Bet, text: Text): string =>
  text(paid === undefined ? 'economy.races.line' : 'economy.races.line-paid', {
    member: mention(member),
    rat: rat + 1,
    stake,
    paid: paid ?? 0,
  });

const seedFields = ({ hash, serverSeed, clientSeed }: ShownRace, text: Text): readonly Field[] => [
  { name: text('core.fair.field.hash'), value: code(hash) },
  ...(serverSeed === undefined ? [] : [{ name: text('core.fair.field.server-seed'), value: code(serverSeed) }]),
  ...(clientSeed === undefined ? [] : [{ name: text('core.fair.field.client-seed'), value: code(clientSeed) }]),
];

const headLines = (race: ShownRace, text: Text): readonly string[] => {
  const { phase, startsAt, frame, rats } = race;
  const table = rats.map((_, rat) => `**${rat + 1}** ${ratLine(race, rat, text)}`);
  switch (phase) {
    case 'lobby':
      return [text('economy.races.lobby', { at: relativeTime(startsAt) }), '', ...table];
    case 'running':
      return [
        text('economy.races.running', { turn: frame?.turn ?? 0 }),
        ...rats.map((_, rat) => trackLine(race, rat)),
        '',
        ...table,
      ];
    case 'over':
      return [text('economy.races.over'), ...rats.map((_, rat) => trackLine(race, rat)), '', ...table];
    case 'cancelled':
      return [text('economy.races.cancelled')];
  }
};

/** The cards of a race: the rats with what they pay, and who bet on them. */
export const raceEmbeds = (race: ShownRace, text: Text): readonly Embed[] => [
  {
    title: text('economy.races.title'),
    description: headLines(race, text).join('\n'),
    color: race.phase === 'over' ? colors.money : colors.gold,
    fields: seedFields(race, text),
    footer: text('economy.races.number', { race: race.race }),
  },
  ...(race.bets.length > 0
    ? [
        {
          title: text('economy.races.bets', { bets: race.bets.length }),
          description: race.bets.map((bet) => betLine(bet, text)).join('\n'),
          color: colors.gold,
        },
      ]
    : []),
];
