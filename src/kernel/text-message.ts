import type { Formatters, IntlMessageFormat } from 'intl-messageformat';
import { InvariantError } from './assert.ts';
import type { Scalar } from './ids.ts';
import type { TextArguments } from './outcome.ts';

/** What the library keeps of a part of a message; each kind has some of it. */
interface Element {
  readonly type: number;
  /** The words of a literal, else the name of an argument. */
  readonly value: string;
  readonly style?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] } | undefined>>;
  readonly offset?: number;
  readonly pluralType?: string;
}

/** The library's numbers of the kinds of parts that are read here. */
const kinds = { literal: 0, argument: 1, number: 2, select: 5, plural: 6, pound: 7 } as const;

/** Puts a part of a message into words. `counted` is what `#` stands for, inside a plural. */
type Part = (args: TextArguments, counted: number | undefined) => string;

const argumentOf = (args: TextArguments, name: string): Scalar => {
  if (!(name in args)) throw new InvariantError(`a text lacks its argument ${name}`);
  return args[name];
};

/** What an option says, or the one for all others. */
const optionOf = (options: ReadonlyMap<string, Part>, name: string): Part | undefined =>
  options.get(name) ?? options.get('other');

const argumentPart =
  (name: string): Part =>
  (args) =>
    String(argumentOf(args, name) ?? '');

const numberPart =
  (name: string, formatters: Formatters): Part =>
  (args) =>
    formatters.getNumberFormat().format(argumentOf(args, name) as number);

const selectPart =
  (name: string, options: ReadonlyMap<string, Part>): Part =>
  (args) =>
    optionOf(options, String(argumentOf(args, name)))?.(args, undefined) ?? '';

const pluralPart =
  (name: string, offset: number, options: ReadonlyMap<string, Part>, formatters: Formatters): Part =>
  (args) => {
    const given = argumentOf(args, name);
    const counted = Number(given) - offset;
    const option = options.get(`=${given}`) ?? optionOf(options, formatters.getPluralRules().select(counted));
    return option?.(args, counted) ?? '';
  };

/** One part after the other. `undefined` where there is one of a kind that the library has to read. */
const sequence = (elements: readonly Element[], formatters: Formatters): Part | undefined => {
  const parts: Part[] = [];
  for (const element of elements) {
    const part = partOf(element, formatters);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return (args, counted) => {
    let words = '';
    for (const part of parts) words += part(args, counted);
    return words;
  };
};

const optionsOf = ({ options = {} }: Element, formatters: Formatters): ReadonlyMap<string, Part> | undefined => {
  const parts = new Map<string, Part>();
  for (const [name, option] of Object.entries(options)) {
    const part = sequence(option?.value ?? [], formatters);
    if (part === undefined) return undefined;
    parts.set(name, part);
  }
  return parts;
};

const partOf = (element: Element, formatters: Formatters): Part | undefined => {
  const { type, value, style, offset = 0, pluralType } = element;
  switch (type) {
    case kinds.literal:
      return () => value;
    case kinds.argument:
      return argumentPart(value);
    case kinds.number:
      return style === undefined || style === null ? numberPart(value, formatters) : undefined;
    case kinds.select: {
      const options = optionsOf(element, formatters);
      return options && selectPart(value, options);
    }
    case kinds.plural: {
      const options = pluralType === 'cardinal' ? optionsOf(element, formatters) : undefined;
      return options && pluralPart(value, offset, options, formatters);
    }
    case kinds.pound:
      return (_, counted) => (counted === undefined ? '' : formatters.getNumberFormat().format(counted));
    default:
      return undefined;
  }
};

const noArguments: TextArguments = {};

/**
 * What puts a parsed message into words. Most are of literals, arguments, plain numbers, plurals and selects, and need
 * none of the objects that the library makes for each part on each use. Whatever is of another kind is read by it.
 */
export const messageWriter = (
  message: IntlMessageFormat,
  formatters: Formatters,
): ((args?: TextArguments) => string) => {
  const whole = sequence(message.getAst() as unknown as readonly Element[], formatters);
  if (whole === undefined) return (args) => String(message.format(args));
  return (args = noArguments) => whole(args, undefined);
};
