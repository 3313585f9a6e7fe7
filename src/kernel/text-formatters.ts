import type { Formatters } from 'intl-messageformat';

type Made = 'NumberFormat' | 'DateTimeFormat' | 'PluralRules';

/**
 * The Intl objects that messages of one locale share. The library's own cache spells its arguments out as JSON for each
 * number it formats, which takes longer than the formatting; here only unusual options are.
 */
export const sharedFormatters = (locale: string): Formatters => {
  const plainNumber = new Intl.NumberFormat(locale);
  const cardinal = new Intl.PluralRules(locale);
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
