import { IntlMessageFormat } from 'intl-messageformat';
import { InvariantError } from './assert.ts';
import type { Dotted } from './ids.ts';
import type { TextArguments } from './outcome.ts';
import { sharedFormatters } from './text-formatters.ts';

/** Words by key, in the reader's language. */
export type Text = (key: Dotted, args?: TextArguments) => string;

/** A feature's words: ICU messages by key. */
export type Messages = Readonly<Record<Dotted, string>>;

/** All features' words; gives the `Text` of a language. Messages are compiled when first used. Throws on a key twice. */
export const textCatalogue = (all: readonly Messages[]): ((locale: string) => Text) => {
  const messages = new Map<string, string>();
  for (const part of all) {
    for (const [key, message] of Object.entries(part)) {
      if (messages.has(key)) throw new InvariantError(`the text ${key} is written twice`);
      messages.set(key, message);
    }
  }
  const texts = new Map<string, Text>();
  return (locale) => {
    const known = texts.get(locale);
    if (known) return known;
    const supported = supportedLocale(locale);
    const formatters = sharedFormatters(supported);
    const compiled = new Map<string, IntlMessageFormat | string>();
    const compile = (key: string): IntlMessageFormat | string => {
      const message = messages.get(key);
      if (message === undefined) throw new InvariantError(`no text ${key}`);
      const format = new IntlMessageFormat(message, supported, undefined, { ignoreTag: true, formatters });
      // Most words stand alone: without an argument they are formatted once.
      const ready = message.includes('{') ? format : String(format.format());
      compiled.set(key, ready);
      return ready;
    };
    const text: Text = (key, args) => {
      const ready = compiled.get(key) ?? compile(key);
      return typeof ready === 'string' ? ready : String(ready.format(args));
    };
    texts.set(locale, text);
    return text;
  };
};

/** The locale itself where the runtime knows it, else English. */
const supportedLocale = (locale: string): string => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch (error) {
    if (error instanceof RangeError) return 'en';
    throw error;
  }
};
