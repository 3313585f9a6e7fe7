import type { z } from 'zod';
import { functionOf } from './source.ts';

/** What a reader gives for a value that is not as it should be. */
export const refused: unique symbol = Symbol('refused');

/** Gives a copy of a value that is as declared, `refused` for any other. */
export type Reader = (value: unknown) => unknown;

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

/** The names in code that is being made. */
interface Names {
  /** Keeps something that the code is to use, and gives its name. */
  readonly of: (constant: unknown) => string;
  /** A name that nothing else has. */
  readonly fresh: (what: string) => string;
}

const declarationOf = (schema: z.ZodType): Declaration =>
  (schema as unknown as { _zod: { def: Declaration } })._zod.def;

const isOptional = (schema: z.ZodType): boolean => declarationOf(schema).type === 'optional';

/** A check as an expression over `value`; `undefined` where it is of another kind. */
const testCode = (check: Check, names: Names): string | undefined => {
  const { value, inclusive, format, pattern, minimum, maximum, fn } = check;
  switch (check.check) {
    case 'greater_than':
      return value === undefined ? undefined : `value ${inclusive ? '>=' : '>'} ${names.of(value)}`;
    case 'less_than':
      return value === undefined ? undefined : `value ${inclusive ? '<=' : '<'} ${names.of(value)}`;
    case 'string_format': {
      const isPattern = format === 'regex' && pattern && !pattern.global && !pattern.sticky;
      return isPattern ? `${names.of(pattern)}.test(value)` : undefined;
    }
    case 'min_length':
      return minimum === undefined ? undefined : `value.length >= ${names.of(minimum)}`;
    case 'max_length':
      return maximum === undefined ? undefined : `value.length <= ${names.of(maximum)}`;
    case 'custom':
      return fn && `${names.of(fn)}(value) === true`;
    default:
      return undefined;
  }
};

const refuseUnless = (...tests: readonly string[]): string => `if (!(${tests.join(' && ')})) return refused;`;

/** What there is no code for is read by zod. */
const zodCode = (schema: z.ZodType, names: Names): string => {
  const read: Reader = (value) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : refused;
  };
  return `value = ${names.of(read)}(value); if (value === refused) return refused;`;
};

const itemCode = (copy: string, index: number | string, item: z.ZodType, names: Names): string =>
  `value = ${copy}[${index}]; ${codeOf(item, names)} ${copy}[${index}] = value;`;

/** The copy is of the right length from the start: one that grows has room for more, which every row kept would keep. */
const copyCode = (copy: string, itemsCode: string): string =>
  `{ const ${copy} = value.slice(); ${itemsCode} value = ${copy}; }`;

const arrayCode = (element: z.ZodType, tests: readonly string[], names: Names): string => {
  const copy = names.fresh('copy');
  const index = names.fresh('index');
  const loop = `for (let ${index} = 0; ${index} < ${copy}.length; ${index} += 1)`;
  const code = copyCode(copy, `${loop} { ${itemCode(copy, index, element, names)} }`);
  return `${refuseUnless('Array.isArray(value)', ...tests)} ${code}`;
};

const tupleCode = (items: readonly z.ZodType[], names: Names): string => {
  const copy = names.fresh('copy');
  const code = copyCode(copy, items.map((item, index) => itemCode(copy, index, item, names)).join(' '));
  return `${refuseUnless('Array.isArray(value)', `value.length === ${items.length}`)} ${code}`;
};

const objectCode = (shape: Readonly<Record<string, z.ZodType>>, names: Names): string => {
  const given = names.fresh('given');
  const copy = names.fresh('copy');
  const known = names.fresh('known');
  const all = names.fresh('all');
  const properties = Object.entries(shape).map(([property, schema]) => {
    const key = JSON.stringify(property);
    const count = `value !== undefined || ${key} in ${given}`;
    const code = codeOf(schema, names);
    const keep = `${copy}[${key}] = value;`;
    if (isOptional(schema)) return `value = ${given}[${key}]; if (${count}) { ${known} += 1; ${code} ${keep} }`;
    // One that is missing may have a default.
    const isMissing = `value === undefined && !(${key} in ${given})`;
    return `value = ${given}[${key}]; if (${count}) ${known} += 1; ${code} if (${isMissing}) return refused; ${keep}`;
  });
  return `{
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused;
    const ${given} = value, ${copy} = {};
    let ${known} = 0, ${all} = 0;
    ${properties.join('\n    ')}
    for (const _ in ${given}) ${all} += 1;
    if (${all} !== ${known}) return refused;
    value = ${copy};
  }`;
};

/** Code that leaves in `value` a copy of what was there, or returns `refused`. */
const codeOf = (schema: z.ZodType, names: Names): string => {
  const declaration = declarationOf(schema);
  const {
    type,
    format,
    fn,
    checks = [],
    shape,
    catchall,
    element,
    items,
    rest,
    innerType,
    entries,
    values,
  } = declaration;
  const tests = checks.map(({ _zod }) => testCode(_zod.def, names));
  if (!tests.every((test) => test !== undefined)) return zodCode(schema, names);
  const plain = tests.length === 0;
  switch (type) {
    case 'number':
      if (format === 'safeint') return refuseUnless('Number.isSafeInteger(value)', ...tests);
      return format === undefined ? refuseUnless('Number.isFinite(value)', ...tests) : zodCode(schema, names);
    case 'string':
      return format === undefined ? refuseUnless(`typeof value === 'string'`, ...tests) : zodCode(schema, names);
    case 'bigint':
    case 'boolean':
      return refuseUnless(`typeof value === '${type}'`, ...tests);
    case 'custom':
      return plain && fn ? refuseUnless(`${names.of(fn)}(value) === true`) : zodCode(schema, names);
    case 'enum':
    case 'literal':
      return refuseUnless(`${names.of(new Set(entries ? Object.values(entries) : values))}.has(value)`, ...tests);
    case 'optional':
    case 'nullable': {
      if (!plain || !innerType) return zodCode(schema, names);
      return `if (value !== ${type === 'optional' ? 'undefined' : 'null'}) { ${codeOf(innerType, names)} }`;
    }
    case 'array':
      return element ? arrayCode(element, tests, names) : zodCode(schema, names);
    case 'tuple':
      return plain && items && rest === null && !items.some(isOptional)
        ? tupleCode(items, names)
        : zodCode(schema, names);
    case 'object': {
      const strict = catchall !== undefined && declarationOf(catchall).type === 'never';
      return plain && shape && strict ? objectCode(shape, names) : zodCode(schema, names);
    }
    default:
      return zodCode(schema, names);
  }
};

/**
 * A reader of a schema, made as code of its own: one function that went over the properties of all kinds of rows took
 * five times as long, since the engine cannot know then where in an object a property stands. Zod does the same.
 */
export const compileReader = (schema: z.ZodType): Reader => {
  const constants: Record<string, unknown> = { refused };
  let names = 0;
  const fresh = (what: string): string => {
    names += 1;
    return `${what}${names}`;
  };
  const of = (constant: unknown): string => {
    const name = fresh('constant');
    constants[name] = constant;
    return name;
  };
  const code = codeOf(schema, { of, fresh });
  return functionOf<Reader>(`(value) => { ${code} return value; }`, constants);
};
