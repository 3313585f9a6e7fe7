import type { Coins } from '../../../kernel/ids.ts';
import { coins, coinsMax, noCoins } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';

/** Pockets of the European wheel: 0 to 36. */
export const pockets = 37;
/** A bet on n numbers pays 36 / n stakes, so that every bet returns 36 / 37. */
const payingNumbers = 36;

const redNumbers = new Set([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);

export type Colour = 'green' | 'red' | 'black';

/** The colour of a pocket. */
export const colourOf = (pocket: number): Colour => {
  if (pocket === 0) return 'green';
  return redNumbers.has(pocket) ? 'red' : 'black';
};

export const betKinds = [
  'colour',
  'parity',
  'half',
  'dozen',
  'column',
  'six-line',
  'corner',
  'street',
  'split',
  'straight',
] as const;
export type BetKind = (typeof betKinds)[number];

/** A bet on the wheel. */
export interface WheelBet {
  readonly kind: BetKind;
  /** As members type it and cards show it: `red`, `dozen 2`, `split 8-11`, `17`. */
  readonly name: string;
  readonly numbers: readonly number[];
  /** Other ways to type it. */
  readonly aliases: readonly string[];
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, place) => from + place);
const all = range(1, payingNumbers);
const rows = range(0, 11).map((row) => row * 3 + 1);

const outside = (
  kind: BetKind,
  name: string,
  covers: (pocket: number) => boolean,
  aliases: readonly string[] = [],
): WheelBet => ({ kind, name, numbers: all.filter(covers), aliases });

/** A bet on neighbouring numbers; `name` where the first and the last do not say it. */
const inside = (kind: BetKind, numbers: readonly number[], name?: string): WheelBet => {
  const listed = numbers.join('-');
  const short = `${kind} ${numbers[0]}-${numbers.at(-1)}`;
  const own = name ?? short;
  return { kind, name: own, numbers, aliases: [listed, `${kind} ${listed}`, short].filter((one) => one !== own) };
};

const splits = [
  ...all.filter((pocket) => pocket % 3 !== 0).map((pocket) => [pocket, pocket + 1]),
  ...all.filter((pocket) => pocket <= 33).map((pocket) => [pocket, pocket + 3]),
  ...[1, 2, 3].map((pocket) => [0, pocket]),
];

const ordinals = ['1st', '2nd', '3rd'];

/** Every bet of the European table. */
export const wheelBets: readonly WheelBet[] = [
  outside('colour', 'red', (pocket) => colourOf(pocket) === 'red'),
  outside('colour', 'black', (pocket) => colourOf(pocket) === 'black'),
  outside('parity', 'even', (pocket) => pocket % 2 === 0),
  outside('parity', 'odd', (pocket) => pocket % 2 === 1),
  outside('half', 'low', (pocket) => pocket <= 18, ['1-18']),
  outside('half', 'high', (pocket) => pocket >= 19, ['19-36']),
  ...[1, 2, 3].map((dozen) =>
    outside('dozen', `dozen ${dozen}`, (pocket) => Math.ceil(pocket / 12) === dozen, [
      `${ordinals[dozen - 1]} dozen`,
      `${ordinals[dozen - 1]} 12`,
      `dozen ${dozen * 12 - 11}-${dozen * 12}`,
      `${dozen * 12 - 11}-${dozen * 12}`,
    ]),
  ),
  ...[1, 2, 3].map((column) =>
    outside('column', `column ${column}`, (pocket) => ((pocket - 1) % 3) + 1 === column, [
      `${ordinals[column - 1]} column`,
    ]),
  ),
  ...rows.slice(0, -1).map((first) => inside('six-line', range(first, first + 5))),
  ...rows
    .slice(0, -1)
    .flatMap((first) =>
      [first, first + 1].map((pocket) => inside('corner', [pocket, pocket + 1, pocket + 3, pocket + 4])),
    ),
  inside('corner', [0, 1, 2, 3]),
  ...rows.map((first) => inside('street', range(first, first + 2))),
  inside('street', [0, 1, 2], 'street 0-1-2'),
  inside('street', [0, 2, 3], 'street 0-2-3'),
  ...splits.map((numbers) => inside('split', numbers)),
  ...range(0, payingNumbers).map(
    (pocket): WheelBet => ({
      kind: 'straight',
      name: String(pocket),
      numbers: [pocket],
      aliases: [`straight ${pocket}`, ...(pocket === 0 ? ['green', 'zero'] : [])],
    }),
  ),
];

const betsByText = new Map(
  wheelBets.flatMap((bet) => [bet.name, ...bet.aliases].map((text): readonly [string, WheelBet] => [text, bet])),
);

/** The bet meant by what was typed, in any case, with commas or blanks between numbers as well; else `undefined`. */
export const parseWheelBet = (typed: string): WheelBet | undefined => {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return betsByText.get(text) ?? betsByText.get(text.replaceAll(/(?<=\d) ?[-,/ ] ?(?=\d)/g, '-'));
};

/** Stakes a bet pays when it wins, stake and all. */
export const wheelFactor = ({ numbers }: Pick<WheelBet, 'numbers'>): number => payingNumbers / numbers.length;

/** The ball falls. */
export const spinWheel = (random: Random): number => random.int(pockets);

/** What a bet pays, at most what an account can hold. */
export const wheelPaid = (stake: Coins, bet: Pick<WheelBet, 'numbers'>, pocket: number): Coins =>
  bet.numbers.includes(pocket) ? coins(Math.min(stake * wheelFactor(bet), coinsMax)) : noCoins;

/** What comes back of a stake on average. */
export const wheelReturn = (bet: Pick<WheelBet, 'numbers'>): number =>
  (wheelFactor(bet) * bet.numbers.length) / pockets;
