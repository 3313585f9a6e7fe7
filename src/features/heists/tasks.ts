import type { Random } from '../../kernel/random.ts';
import type { TaskKind } from './rules.ts';

/** A task as it was drawn: what is shown, what is right, and what there is to choose from. */
export interface DrawnTask {
  readonly kind: TaskKind;
  readonly given: string;
  readonly answer: string;
  /** The values of its buttons or its select, in the order they are shown. */
  readonly choices: readonly string[];
}

const between = (random: Random, least: number, most: number): number => least + random.int(most - least + 1);

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Two numbers from 10 to 50 added or taken, the smaller from the larger, or two from 5 to 15 multiplied. */
const drawArithmetic = (random: Random): DrawnTask => {
  const sign = (['+', '−', '×'] as const)[random.int(3)] ?? '+';
  const [least, most] = sign === '×' ? [5, 15] : [10, 50];
  const [one, other] = [between(random, least, most), between(random, least, most)];
  const [high, low] = [Math.max(one, other), Math.min(one, other)];
  const results = { '+': one + other, '−': high - low, '×': one * other };
  const given = sign === '−' ? `${high} − ${low}` : `${one} ${sign} ${other}`;
  return { kind: 'arithmetic', given, answer: String(results[sign]), choices: [] };
};

/** Four digits from 1 to 9. */
const drawSum = (random: Random): DrawnTask => {
  const digits = times(4, () => between(random, 1, 9));
  return {
    kind: 'sum',
    given: digits.join(' '),
    answer: String(digits.reduce((sum, digit) => sum + digit, 0)),
    choices: [],
  };
};

/** Three digits from 1 to 5, whose sum is told. */
const drawLock = (random: Random): DrawnTask => {
  const digits = times(3, () => between(random, 1, 5));
  return {
    kind: 'lock',
    given: String(digits.reduce((sum, digit) => sum + digit, 0)),
    answer: digits.join(''),
    choices: [],
  };
};

const buttons = 4;

/** One of four buttons, which stand in any order. */
const drawReaction = (random: Random): DrawnTask => {
  const order: string[] = [];
  const left = ['0', '1', '2', '3'];
  while (left.length > 0) order.push(...left.splice(random.int(left.length), 1));
  const named = order[random.int(buttons)] ?? '0';
  return { kind: 'reaction', given: named, answer: named, choices: order };
};

/** Colours of a pattern: red, blue, green, yellow. */
const dots = ['r', 'b', 'g', 'y'] as const;
const patternDots = 4;
const patternsShown = 8;

/** Four coloured dots, to be found again among eight such rows. */
const drawPattern = (random: Random): DrawnTask => {
  const pattern = (): string => times(patternDots, () => dots[random.int(dots.length)] ?? 'r').join('');
  const answer = pattern();
  const others = new Set<string>();
  while (others.size < patternsShown - 1) {
    const other = pattern();
    if (other !== answer) others.add(other);
  }
  const choices = [...others];
  choices.splice(random.int(patternsShown), 0, answer);
  return { kind: 'pattern', given: answer, answer, choices };
};

const draws: Readonly<Record<TaskKind, (random: Random) => DrawnTask>> = {
  arithmetic: drawArithmetic,
  sum: drawSum,
  lock: drawLock,
  reaction: drawReaction,
  pattern: drawPattern,
};

/** Draws a task of a kind. */
export const drawTask = (kind: TaskKind, random: Random): DrawnTask => draws[kind](random);

const numberPattern = /^\d{1,4}$/;
const lockPattern = /^[1-5]{3}$/;

/**
 * What was answered, in the form answers are kept in; `undefined` for what can be no answer at all: it costs nothing but
 * time. Only ASCII digits are digits.
 */
export const readAnswer = (
  { kind, choices }: Pick<DrawnTask, 'kind' | 'choices'>,
  typed: string,
): string | undefined => {
  const text = typed.trim();
  switch (kind) {
    case 'arithmetic':
    case 'sum':
      return numberPattern.test(text) ? String(Number(text)) : undefined;
    case 'lock': {
      const digits = text.replaceAll(/[ -]/g, '');
      return lockPattern.test(digits) ? digits : undefined;
    }
    case 'reaction':
    case 'pattern':
      return choices.includes(text) ? text : undefined;
  }
};
