import { fc } from '@fast-check/vitest';
import { type GuildId, guildId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { histories } from './collections.ts';
import { type Deed, requestAt } from './model.ts';

export const guilds: readonly GuildId[] = ['111111111111111111', '18446744073709551615', '999999999999999999'].map(
  guildId,
);
export const firstGuild = guildId('111111111111111111');

const member = fc.constantFrom('anna', 'ben', 'cleo', 'dan', 'eve', 'ümit', 'z\u{1f600}e', '\ufffdz');
const coins = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }));

const wallet = fc.record(
  {
    coins,
    debt: fc.integer({ min: 0, max: 5 }),
    badges: fc.array(fc.record({ name: fc.string({ maxLength: 5 }) }), { maxLength: 2 }),
  },
  { requiredKeys: ['coins', 'badges'], noNullPrototype: true },
);
const sum = fc.oneof(
  fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }).map((value) => ({ sum: value })),
  fc.array(fc.tuple(member, fc.integer()), { maxLength: 3 }).map((entries) => ({ parts: Object.fromEntries(entries) })),
);

const removed = fc.constant(undefined);
const change: fc.Arbitrary<Deed['changes'][number]> = fc.oneof(
  fc.record({
    collection: fc.constant('wallet' as const),
    key: member,
    after: fc.oneof({ weight: 4, arbitrary: wallet }, { weight: 1, arbitrary: removed }),
  }),
  fc.record({
    collection: fc.constant('history' as const),
    key: fc.tuple(member, fc.integer({ min: -2, max: 12 })).map((parts) => encodeKey(histories.key, parts)),
    after: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 8 }) }, { noNullPrototype: true }),
      },
      { weight: 1, arbitrary: removed },
    ),
  }),
  fc.record({
    collection: fc.constant('sum' as const),
    key: fc.constantFrom('one', 'two', 'three'),
    after: fc.oneof({ weight: 4, arbitrary: sum }, { weight: 1, arbitrary: removed }),
  }),
);

/** What an operation does, before it has a time and an interaction. */
export interface Plan {
  readonly guild: number;
  readonly laterMs: number;
  readonly changes: Deed['changes'];
  /** How much later Discord made its interaction than that of the one before; `undefined` where nobody asked. */
  readonly askedLaterMs: number | undefined;
}

/** Operations of up to `changesMax` rows in one of `guilds`. */
export const plans = (changesMax: number): fc.Arbitrary<Plan> =>
  fc.record({
    guild: fc.nat(guilds.length - 1),
    laterMs: fc.oneof(
      { weight: 8, arbitrary: fc.nat(1_000) },
      { weight: 1, arbitrary: fc.constantFrom(10 * 60_000, 15 * 60_000, 20 * 60_000) },
    ),
    changes: fc.uniqueArray(change, {
      maxLength: changesMax,
      selector: ({ collection, key }) => `${collection} ${key}`,
    }),
    askedLaterMs: fc.option(
      fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 1_000 }) },
        { weight: 1, arbitrary: fc.constantFrom(10 * 60_000, 15 * 60_000, 20 * 60_000) },
      ),
      { nil: undefined, freq: 2 },
    ),
  });

const requestOf = (askedLaterMs: number, before: readonly Deed[]): string => {
  const newest = before.findLast(({ request }) => request !== undefined)?.request ?? requestAt(1_000);
  return String(BigInt(newest) + BigInt(requestAt(askedLaterMs)));
};

/** The operation a plan is, behind others. */
export const deedOf = ({ guild, laterMs, changes, askedLaterMs }: Plan, before: readonly Deed[]): Deed => ({
  guild: guilds[guild] ?? firstGuild,
  at: (before.at(-1)?.at ?? 1_000) + laterMs,
  changes,
  request: askedLaterMs === undefined ? undefined : requestOf(askedLaterMs, before),
});
