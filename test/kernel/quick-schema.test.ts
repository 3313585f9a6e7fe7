import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { features } from '../../src/features/index.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import type { Schema } from '../../src/kernel/ids.ts';
import { type QuickSchema, quickSchema } from '../../src/kernel/quick-schema.ts';
import { registry as collect, type Registry } from '../../src/kernel/registry.ts';

const registry: Registry = collect(
  [...features, forgettingFeature({ registry: () => registry, hash: String, guildRetentionDays: 30 })],
  [],
);

/** Values of the kinds that rows hold, right ones and nearly right ones. */
const values = fc.oneof(
  fc.constantFrom<unknown>(0, -0, 1, -1, 0.5, 10 ** 15, 10 ** 15 + 1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom<unknown>(
    '',
    'a',
    '200000000000000001',
    '00000000a',
    '2026-11-21',
    'paid',
    'TECH',
    'away',
    '__proto__',
  ),
  fc.constantFrom<unknown>(undefined, null, true, false, 0n, -1n, 10n ** 30n, [], {}, new Date(0), () => 1),
  fc.integer(),
  fc.string({ maxLength: 30 }),
);

interface Declaration {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly entries?: Readonly<Record<string, unknown>>;
}

/** Values that look like what a schema declares, in parts. */
const like = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  const { type, shape, element, items, innerType, entries } = (schema as unknown as { _zod: { def: Declaration } })._zod
    .def;
  const nearly = ((): fc.Arbitrary<unknown> => {
    if (shape) {
      const parts = Object.fromEntries(Object.entries(shape).map(([name, part]) => [name, like(part)]));
      const whole = fc.record({ ...parts }, { requiredKeys: [], noNullPrototype: true });
      const more = fc.record({ ...parts, extra: values }, { requiredKeys: [], noNullPrototype: true });
      const full = fc.record({ ...parts }, { noNullPrototype: true });
      return fc.oneof({ weight: 8, arbitrary: full }, { weight: 1, arbitrary: whole }, { weight: 1, arbitrary: more });
    }
    if (element) return fc.array(like(element), { maxLength: 3 });
    if (items) return fc.oneof(fc.tuple(...items.map(like)), fc.array(values, { maxLength: items.length + 1 }));
    if (innerType) return like(innerType);
    if (entries) return fc.constantFrom(...Object.values(entries));
    if (type === 'number') return fc.oneof(fc.nat(100), fc.integer());
    if (type === 'bigint') return fc.bigInt({ min: -5n, max: 10n ** 20n });
    if (type === 'boolean') return fc.boolean();
    return values;
  })();
  return fc.oneof({ weight: 30, arbitrary: nearly }, { weight: 1, arbitrary: values });
};

const outcome = (schema: Schema<unknown>, value: unknown): unknown => {
  try {
    return { value: schema.parse(value) };
  } catch (error) {
    return { refused: error instanceof z.ZodError ? error.issues : error };
  }
};

describe('a quick schema', () => {
  const collections = [...registry.collections.values()];
  test('reads the rows of most collections by itself', () => {
    expect(collections.length).toBeGreaterThan(20);
    expect(collections.every(({ schema }) => 'source' in schema)).toBe(true);
  });

  test.each(collections.map(({ name, schema }) => [name, schema as QuickSchema<unknown>] as const))(
    '%s takes, gives and refuses what zod does',
    (_, schema) => {
      fc.assert(
        fc.property(like(schema.source as z.ZodType), (value) => {
          expect(outcome(schema, value)).toStrictEqual(outcome(schema.source, value));
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each([
    ['a number', z.number().min(1).max(5)],
    ['a whole number between', z.int().gt(0).lt(10)],
    ['an array of bounded length', z.array(z.int()).min(1).max(2)],
    ['a text of a pattern', z.string().regex(/^a+$/).max(3)],
    ['a text that is more than a text', z.string().trim().toLowerCase()],
    ['a pattern that remembers', z.string().regex(/a/g)],
    ['a tuple with something to leave out', z.tuple([z.int(), z.int().optional()])],
    ['a tuple with a rest', z.tuple([z.int()]).rest(z.string())],
    ['a union', z.union([z.int(), z.strictObject({ a: z.string().nullable() })])],
    ['an open object', z.object({ a: z.int() })],
    ['an object with a rule', z.strictObject({ a: z.int(), b: z.int() }).refine(({ a, b }) => a < b)],
    ['an optional part', z.strictObject({ a: z.int().optional(), b: z.literal('x').nullable() })],
    ['a default', z.strictObject({ a: z.int().default(5) })],
    ['a transformed part', z.strictObject({ a: z.int().transform((value) => value + 1) })],
    ['a truthy answer', z.strictObject({ a: z.custom<number>((value) => value as never) })],
  ] as const)('%s', (_, source) => {
    const quick = quickSchema(source as Schema<unknown>);
    fc.assert(
      fc.property(fc.oneof(like(source), fc.tuple(values, values), fc.record({ a: values, b: values })), (value) => {
        expect(outcome(quick, value)).toStrictEqual(outcome(source as Schema<unknown>, value));
      }),
      { numRuns: 500 },
    );
  });

  test('gives a copy, of which nothing else holds a part', () => {
    const inner = [1];
    const given = { inner, deep: { x: 1 } };
    const schema = quickSchema(z.strictObject({ inner: z.array(z.int()), deep: z.strictObject({ x: z.int() }) }));
    const read = schema.parse(given);
    expect(read).toEqual(given);
    expect(read).not.toBe(given);
    expect(read.inner).not.toBe(inner);
    expect(read.deep).not.toBe(given.deep);
  });
});
