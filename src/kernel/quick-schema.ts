import type { z } from 'zod';
import type { Schema } from './ids.ts';

/** What a reader gives for a value that is not as it should be. */
const refused: unique symbol = Symbol('refused');

/** Gives a copy of a value that is as declared, `refused` for any other. */
type Reader = (value: unknown) => unknown;

/** What zod keeps of a declaration; each type has some of it. */
interface Declaration {
  readonly type: string;
  readonly format?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly fn?: (value: unknown) => unknown;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly rest?: z.ZodType | null;
  readonly innerType?: z.ZodType;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
}

interface Check {
  readonly check: string;
  readonly value?: number | bigint;
  readonly inclusive?: boolean;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly fn?: (value: unknown) => unknown;
}

type Test = (value: never) => boolean;

const declarationOf = (schema: z.ZodType): Declaration =>
  (schema as unknown as { _zod: { def: Declaration } })._zod.def;

/** The checks of a declaration as tests; `undefined` where one is of another kind. */
const testsOf = ({ checks = [] }: Declaration): readonly Test[] | undefined => {
  const tests = checks.map(({ _zod }) => testOf(_zod.def));
  return tests.includes(undefined) ? undefined : (tests as readonly Test[]);
};

const testOf = ({ check, value, inclusive, format, pattern, minimum, maximum, fn }: Check): Test | undefined => {
  if (check === 'greater_than' && value !== undefined) {
    return inclusive ? (given: number) => given >= value : (given: number) => given > value;
  }
  if (check === 'less_than' && value !== undefined) {
    return inclusive ? (given: number) => given <= value : (given: number) => given < value;
  }
  if (check === 'string_format' && format === 'regex' && pattern && !pattern.global && !pattern.sticky) {
    return (given: string) => pattern.test(given);
  }
  if (check === 'min_length' && minimum !== undefined) return (given: { length: number }) => given.length >= minimum;
  if (check === 'max_length' && maximum !== undefined) return (given: { length: number }) => given.length <= maximum;
  if (check === 'custom' && fn) return (given: unknown) => fn(given) === true;
  return undefined;
};

const passes = (tests: readonly Test[], value: unknown): boolean => {
  for (const test of tests) if (!test(value as never)) return false;
  return true;
};

const simple =
  (is: (value: unknown) => boolean, tests: readonly Test[]): Reader =>
  (value) =>
    is(value) && passes(tests, value) ? value : refused;

const arrayReader = (element: Reader, tests: readonly Test[]): Reader => {
  return (value) => {
    if (!Array.isArray(value) || !passes(tests, value)) return refused;
    // Of the right length from the start: one that grows has room for more, which every row kept would keep.
    const copy: unknown[] = value.slice();
    for (let index = 0; index < copy.length; index += 1) {
      const read = element(copy[index]);
      if (read === refused) return refused;
      copy[index] = read;
    }
    return copy;
  };
};

const tupleReader = (items: readonly Reader[]): Reader => {
  return (value) => {
    if (!Array.isArray(value) || value.length !== items.length) return refused;
    const copy: unknown[] = value.slice();
    for (let index = 0; index < items.length; index += 1) {
      const read = (items[index] as Reader)(copy[index]);
      if (read === refused) return refused;
      copy[index] = read;
    }
    return copy;
  };
};

const objectReader = (shape: Readonly<Record<string, z.ZodType>>): Reader => {
  const names = Object.keys(shape);
  const readers = names.map((name) => readerOf(shape[name] as z.ZodType));
  const optional = names.map((name) => isOptional(shape[name] as z.ZodType));
  const known = new Set(names);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused;
    const given = value as Readonly<Record<string, unknown>>;
    for (const name in given) if (!known.has(name)) return refused;
    const copy: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      const property = given[name];
      const read = (readers[index] as Reader)(property);
      if (read === refused) return refused;
      if (read !== undefined || name in given) copy[name] = read;
      else if (!optional[index]) return refused;
    }
    return copy;
  };
};

/** Whatever there is no reader for is read by zod. */
const readBy =
  (schema: z.ZodType): Reader =>
  (value) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : refused;
  };

const isOptional = (schema: z.ZodType): boolean => declarationOf(schema).type === 'optional';

const readerOf = (schema: z.ZodType): Reader => {
  const declaration = declarationOf(schema);
  const { type, format, fn, shape, catchall, element, items, rest, innerType, entries, values } = declaration;
  const tests = testsOf(declaration);
  if (!tests) return readBy(schema);
  const plain = tests.length === 0;
  switch (type) {
    case 'number':
      if (format === 'safeint') return simple(Number.isSafeInteger, tests);
      return format === undefined ? simple(Number.isFinite, tests) : readBy(schema);
    case 'string':
      return format === undefined ? simple((value) => typeof value === 'string', tests) : readBy(schema);
    case 'bigint':
      return simple((value) => typeof value === 'bigint', tests);
    case 'boolean':
      return simple((value) => typeof value === 'boolean', tests);
    case 'custom':
      return plain && fn ? simple((value) => fn(value) === true, tests) : readBy(schema);
    case 'enum':
    case 'literal': {
      const all = new Set(entries ? Object.values(entries) : values);
      return simple((value) => all.has(value), tests);
    }
    case 'optional':
    case 'nullable': {
      if (!plain || !innerType) return readBy(schema);
      const inner = readerOf(innerType);
      const none = type === 'optional' ? undefined : null;
      return (value) => (value === none ? none : inner(value));
    }
    case 'array':
      return element ? arrayReader(readerOf(element), tests) : readBy(schema);
    case 'tuple':
      return plain && items && rest === null && !items.some(isOptional)
        ? tupleReader(items.map(readerOf))
        : readBy(schema);
    case 'object': {
      const strict = catchall !== undefined && declarationOf(catchall).type === 'never';
      return plain && shape && strict ? objectReader(shape) : readBy(schema);
    }
    default:
      return readBy(schema);
  }
};

/** A schema that takes and gives what `source` does, and says about what it does not take what `source` says. */
export interface QuickSchema<T> extends Schema<T> {
  readonly source: Schema<T>;
  /** The properties of a row, in the order it is stored in; as zod's objects have it. */
  readonly shape?: unknown;
}

const isQuick = <T>(schema: Schema<T>): schema is QuickSchema<T> => 'source' in schema;

/**
 * The same schema, read without zod where its parts are of the common kinds. A row is checked and copied with each put,
 * and zod makes some eleven kilobytes of garbage over one payment's rows; this makes the copy. What is refused here is
 * read by zod, which has the words for it.
 */
export const quickSchema = <T>(source: Schema<T>): QuickSchema<T> => {
  if (isQuick(source)) return source;
  if (!('_zod' in source)) return { source, parse: (input) => source.parse(input) };
  const read = readerOf(source as unknown as z.ZodType);
  return {
    source,
    ...('shape' in source && { shape: source.shape }),
    parse: (input) => {
      const value = read(input);
      return value === refused ? source.parse(input) : (value as T);
    },
  };
};
