import { IntlMessageFormat } from 'intl-messageformat';
import { InvariantError } from './assert.ts';
import type { Dotted } from './ids.ts';
import type { TextArguments } from './outcome.ts';
import { sharedFormatters } from './text-formatters.ts';
import { messageWriter } from './text-message.ts';

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
    const compiled = new Map<string, (args?: TextArguments) => string>();
    const compile = (key: string): ((args?: TextArguments) => string) => {
      const message = messages.get(key);
      if (message === undefined) throw new InvariantError(`no text ${key}`);
      const parsed = new IntlMessageFormat(message, supported, undefined, { ignoreTag: true, formatters });
      const write = messageWriter(parsed, formatters);
      compiled.set(key, write);
      return write;
    };
    const text: Text = (key, args) => (compiled.get(key) ?? compile(key))(args);
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
