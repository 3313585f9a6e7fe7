import { type Amount, parseAmount } from './amount.ts';
import { assert } from './assert.ts';
import type { Query } from './context.ts';
import { type Dotted, isSnowflake, type MemberId, type Schema } from './ids.ts';
import type { TextArguments } from './outcome.ts';

/** Input that the declared options do not take: becomes a private refusal in the member's language. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: Dotted;
  readonly args: TextArguments;
  constructor(code: Dotted, args: TextArguments = {}) {
    super(code);
    this.code = code;
    this.args = args;
  }
}

/** Somebody named in an option, as Discord resolved them. */
export interface Person {
  readonly id: MemberId;
  readonly bot: boolean;
  /** Whether they are in the server now. */
  readonly present: boolean;
}

/** Something to pick while typing: what is shown and what is sent. */
export interface Completion {
  readonly name: string;
  readonly value: string;
}

/** One option of a slash command: what Discord is told, and what the runtime takes. */
export interface Option<T> extends Schema<T> {
  readonly type: 'text' | 'integer' | 'boolean' | 'member';
  readonly describe: Dotted;
  readonly required: boolean;
  readonly choices?: readonly { readonly value: string; readonly describe: Dotted }[];
  /** Bounds of an integer, or of a text's length in characters. */
  readonly min?: number;
  readonly max?: number;
  /** Suggestions for what has been typed so far; at most 25 are shown. */
  readonly complete?: (query: Query, typed: string) => readonly Completion[];
}

/** Options by name, in the order Discord shows them. */
export interface Options<T> extends Schema<T> {
  readonly options: Readonly<Record<string, Option<unknown>>>;
}

type Values<O extends Record<string, Option<unknown>>> = { [Name in keyof O]: ReturnType<O[Name]['parse']> };

/** Declares a command's options; parsing checks each and drops nothing: an unknown name is refused. */
export const options = <const O extends Record<string, Option<unknown>>>(spec: O): Options<Values<O>> => {
  const names = Object.keys(spec);
  return {
    options: spec,
    parse: (input) => {
      if (typeof input !== 'object' || input === null) throw new InputError('core.input.options');
      const given = input as Record<string, unknown>;
      for (const name of Object.keys(given)) {
        if (!Object.hasOwn(spec, name))
          throw new InputError('core.input.unknown-option', { option: name.slice(0, 32) });
      }
      const values: Record<string, unknown> = {};
      for (const name of names) {
        const option = spec[name] as Option<unknown>;
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        if (value === undefined && option.required) throw new InputError('core.input.missing', { option: name });
        values[name] = value === undefined ? undefined : option.parse(value);
      }
      return values as Values<O>;
    },
  };
};

/** The same option, which may be left out. */
export const optional = <T>(option: Option<T>): Option<T | undefined> => ({ ...option, required: false });

/** A text of `charactersMin` to `charactersMax` characters. */
export const textOption = (spec: {
  readonly describe: Dotted;
  readonly charactersMax: number;
  readonly complete?: Option<string>['complete'];
}): Option<string> => ({
  type: 'text',
  required: true,
  describe: spec.describe,
  max: spec.charactersMax,
  ...(spec.complete && { complete: spec.complete }),
  parse: (input) => {
    if (typeof input !== 'string' || input.length === 0) throw new InputError('core.input.text');
    if (input.length > spec.charactersMax) throw new InputError('core.input.too-long', { max: spec.charactersMax });
    // Half a character is another text once it was stored: UTF-8 has none.
    return input.toWellFormed();
  },
});

/** A whole number between two bounds, both taken. */
export const integerOption = (spec: {
  readonly describe: Dotted;
  readonly min: number;
  readonly max: number;
}): Option<number> => ({
  type: 'integer',
  required: true,
  ...spec,
  parse: (input) => {
    if (typeof input !== 'number' || !Number.isSafeInteger(input) || input < spec.min || input > spec.max) {
      throw new InputError('core.input.integer', { min: spec.min, max: spec.max });
    }
    return input;
  },
});

/** Yes or no. */
export const booleanOption = (spec: { readonly describe: Dotted }): Option<boolean> => ({
  type: 'boolean',
  required: true,
  ...spec,
  parse: (input) => {
    if (typeof input !== 'boolean') throw new InputError('core.input.boolean');
    return input;
  },
});

/** One of up to 25 fixed values. */
export const choiceOption = <const C extends string>(spec: {
  readonly describe: Dotted;
  readonly choices: Readonly<Record<C, Dotted>>;
}): Option<C> => {
  const values = Object.keys(spec.choices) as C[];
  assert(values.length <= 25, 'an option has at most 25 choices');
  return {
    type: 'text',
    required: true,
    describe: spec.describe,
    choices: values.map((value) => ({ value, describe: spec.choices[value] })),
    parse: (input) => {
      const found = values.find((value) => value === input);
      if (found === undefined) throw new InputError('core.input.choice', { choices: values.join(', ') });
      return found;
    },
  };
};

/** Somebody; the gateway hands in what Discord resolved. */
export const memberOption = (spec: { readonly describe: Dotted }): Option<Person> => ({
  type: 'member',
  required: true,
  ...spec,
  parse: (input) => {
    const person = input as Partial<Person> | null;
    if (typeof person !== 'object' || person === null || typeof person.id !== 'string' || !isSnowflake(person.id)) {
      throw new InputError('core.input.member');
    }
    return { id: person.id, bot: person.bot === true, present: person.present === true };
  },
});

/** An amount of coins as text: `250`, `all`, `half`, `25%`. */
export const amountOption = (spec: { readonly describe: Dotted }): Option<Amount> => ({
  type: 'text',
  required: true,
  max: 32,
  ...spec,
  complete: (_query, typed) =>
    ['all', 'half', '25%'].filter((value) => value.startsWith(typed)).map((value) => ({ name: value, value })),
  parse: (input) => {
    const amount = typeof input === 'string' ? parseAmount(input) : undefined;
    if (amount === undefined) throw new InputError('core.input.amount');
    return amount;
  },
});
