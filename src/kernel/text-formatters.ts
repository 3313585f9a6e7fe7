import type { Formatters } from 'intl-messageformat';

type Made = 'NumberFormat' | 'DateTimeFormat' | 'PluralRules';

/** Whole numbers below this are most of those that are said: what the runtime makes of them is kept. */
const keptBelow = 1_000;

/** The same function, asked only once about each small whole number. */
const keeping = <T extends string>(make: (value: number) => T): ((value: number) => T) => {
  const known: T[] = [];
  return (value) => {
    if (!Number.isInteger(value) || value < 0 || value >= keptBelow) return make(value);
    // Minus zero has the place of zero, and so its words.
    const place = value + 0;
    known[place] ??= make(place);
    return known[place];
  };
};

/** The object with another function in the place of one of its own. */
const withFunction = <T extends object, K extends keyof T>(object: T, name: K, value: T[K]): T =>
  Object.create(object, { [name]: { value } }) as T;

/**
 * The Intl objects that messages of one locale share. The library's own cache spells its arguments out as JSON for each
 * number it formats, which takes longer than the formatting; here only unusual options are.
 */
export const sharedFormatters = (locale: string): Formatters => {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const plainNumber = withFunction(
    numbers,
    'format',
    keeping((value) => numbers.format(value)),
  );
  const cardinal = withFunction(
    plurals,
    'select',
    keeping((value) => plurals.select(value)),
  );
  const others = new Map<string, unknown>();
  const shared = <T>(what: Made, options: object | undefined, make: () => T): T => {
    const key = `${what} ${JSON.stringify(options)}`;
    const known = others.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    others.set(key, made);
    return made;
  };
  return {
    getNumberFormat: (_locales, options) =>
      options === undefined
        ? plainNumber
        : shared('NumberFormat', options, () => new Intl.NumberFormat(locale, options as Intl.NumberFormatOptions)),
    getDateTimeFormat: (_locales, options) =>
      shared('DateTimeFormat', options, () => new Intl.DateTimeFormat(locale, options)),
    getPluralRules: (_locales, options) =>
      options?.type === 'ordinal'
        ? shared('PluralRules', options, () => new Intl.PluralRules(locale, options))
        : cardinal,
  };
};
