// Random weeks of in-game guilds beside a model of who is in which, what they put in, and what each treasury holds.
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { clans, memberships } from '../../../src/features/clans/state.ts';
import { answerRefused } from '../limits.ts';
import { type Answered, dayMs, hourMs, member, person, type Table } from '../table.ts';
import { checkClans, controls, forgetful, type MembershipRow, treasuryOf } from './ground.ts';

const people = [1, 2, 3, 4, 5].map(member);
const names = ['Ferrymen', 'Others', 'The Third', 'ferrymen'];

type Step =
  | { readonly kind: 'say'; readonly who: number; readonly path: string; readonly input: Record<string, unknown> }
  | { readonly kind: 'press'; readonly who: number; readonly which: number }
  | { readonly kind: 'job'; readonly name: string; readonly missed: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'fund'; readonly who: number; readonly wallet: number; readonly bank: number }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'erase'; readonly who: number };

const who = fc.nat(people.length - 1);
const name = fc.constantFrom(...names);
const amount = fc.oneof(fc.constantFrom('all', 'half', '25%'), fc.integer({ min: 1, max: 3_000 }).map(String));
const somebody = fc.record({ member: who.map((index) => person(people[index] as (typeof people)[number])) });
const nothing = fc.constant({});

const say = (path: string, input: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant('say' as const), who, path: fc.constant(path), input });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: say('guild create', fc.record({ name })) },
  { weight: 8, arbitrary: say('guild join', fc.record({ name })) },
  { weight: 2, arbitrary: say('guild join', nothing) },
  { weight: 2, arbitrary: say('guild leave', nothing) },
  { weight: 12, arbitrary: say('guild deposit', fc.record({ amount })) },
  { weight: 8, arbitrary: say('guild withdraw', fc.record({ amount })) },
  { weight: 6, arbitrary: say('guild invite', somebody) },
  { weight: 3, arbitrary: say('guild requests', nothing) },
  { weight: 3, arbitrary: say('guild promote', somebody) },
  { weight: 1, arbitrary: say('guild demote', somebody) },
  { weight: 2, arbitrary: say('guild kick', somebody) },
  { weight: 2, arbitrary: say('guild transfer', somebody) },
  { weight: 1, arbitrary: say('guild disband', fc.record({ confirm: name })) },
  { weight: 2, arbitrary: say('guild settings', fc.record({ open: fc.boolean(), 'officer-limit': fc.nat(100) })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('bank', 'members', 'top', 'info', 'shares').chain((one) => say(`guild ${one}`, nothing)),
  },
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('press' as const), who, which: fc.nat(30) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('job' as const),
      name: fc.constantFrom('levy', 'unlock', 'interest', 'succession'),
      missed: fc.nat(3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(hourMs, dayMs, 3 * dayMs).map((ms) => ({ kind: 'wait' as const, ms })),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('fund' as const), who, wallet: fc.nat(5_000), bank: fc.nat(5_000) }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        ['guild.leave_payout', 'on'],
        ['guild.leave_payout', 'off'],
        ['levy.rate', '75%'],
        ['levy.rate', '0%'],
        ['guild.max_members', '2'],
        ['guild.max_members', '50'],
        ['guild.interest_cap', '0.5%'],
      )
      .map(([key = '', value = '']) => ({ kind: 'set' as const, key, value })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), who }) },
);

const memberOf = (index: number) => people[index] as (typeof people)[number];
const dateOf = (table: Table): string => new Date(table.clock.now).toISOString().slice(0, 10);

const all = (table: Table): ReadonlyMap<string, MembershipRow> =>
  new Map([...table.state.rows(memberships)] as [string, MembershipRow][]);

const clanIds = (table: Table): readonly string[] => [...table.state.rows(clans).keys()];

interface Before {
  readonly of: ReadonlyMap<string, MembershipRow>;
  readonly treasuries: ReadonlyMap<string, number>;
  readonly wallets: readonly number[];
}

const lookAt = (table: Table): Before => ({
  of: all(table),
  treasuries: new Map(clanIds(table).map((id) => [id, treasuryOf(table, id)])),
  wallets: people.map((one) => table.account(one).wallet),
});

/** What one answered command may have changed, by the model: nothing where it was refused. */
const checkSaid = (
  table: Table,
  before: Before,
  { who: index, path }: { who: number; path: string },
  said: Answered,
) => {
  const after = lookAt(table);
  const self = memberOf(index);
  if (said.refused !== undefined) {
    expect(after).toEqual(before);
    return;
  }
  const mine = before.of.get(self);
  const moved = (after.wallets[index] ?? 0) - (before.wallets[index] ?? 0);
  if (path === 'guild deposit' && mine) {
    expect(after.of.get(self)?.contribution).toBe(mine.contribution - moved);
    expect(after.treasuries.get(mine.clan)).toBe((before.treasuries.get(mine.clan) ?? 0) - moved);
    expect(moved).toBeLessThan(0);
  }
  if (path === 'guild withdraw' && mine) {
    expect(moved).toBeGreaterThan(0);
    expect(after.of.get(self)?.contribution).toBe(Math.max(0, mine.contribution - moved));
    expect(after.treasuries.get(mine.clan)).toBe((before.treasuries.get(mine.clan) ?? 0) - moved);
    if (mine.role === 'member') expect(moved).toBeLessThanOrEqual(mine.contribution);
  }
  if (path === 'guild leave') expect(mine?.role).not.toBe('owner');
  // Nobody is moved from one guild to another, and nobody but owners makes owners.
  for (const [one, { clan }] of after.of) {
    const was = before.of.get(one);
    if (was) expect(was.clan).toBe(clan);
  }
};

describe('weeks of guilds', () => {
  test.prop([fc.array(step, { maxLength: 80, size: 'max' })], { numRuns: 150 })(
    'keep everybody in one guild at most, an owner in each, and every coin accounted for',
    (steps) => {
      const table = forgetful();
      for (const [key, value] of [
        ['guild.create_cost', '10'],
        ['levy.rate', '50%'],
        ['levy.keep', '100'],
        ['members.grace_hours', '0'],
      ] as const) {
        table.set(key, value);
      }
      const shown: string[] = [];
      for (const one of steps) {
        const before = lookAt(table);
        switch (one.kind) {
          case 'say': {
            const said = table.say(memberOf(one.who), one.path, one.input);
            expect(answerRefused(said)).toEqual([]);
            checkSaid(table, before, one, said);
            for (const { customId } of controls(said)) shown.push(customId);
            break;
          }
          case 'press': {
            const id = shown.at(-1 - (one.which % Math.max(1, shown.length)));
            if (id === undefined) break;
            const chosen = clanIds(table)[0];
            const select = id.includes('chosen');
            const said = table.press(memberOf(one.who), id, select && chosen !== undefined ? { chosen } : {});
            expect(answerRefused(said)).toEqual([]);
            if (said.refused !== undefined) expect(lookAt(table)).toEqual(before);
            for (const { customId } of controls(said)) shown.push(customId);
            break;
          }
          case 'job': {
            const run = { date: dateOf(table), dueAt: table.clock.now, missed: one.missed };
            table.runTask(`economy.clan.${one.name}`, run);
            table.fall();
            const once = lookAt(table);
            table.runTask(`economy.clan.${one.name}`, run);
            table.fall();
            expect(lookAt(table)).toEqual(once);
            break;
          }
          case 'wait':
            table.wait(one.ms);
            table.fall();
            break;
          case 'fund':
            table.fund(memberOf(one.who), one.wallet, one.bank);
            break;
          case 'set':
            table.set(one.key, one.value);
            break;
          case 'erase':
            table.runTask('core.member-left', { member: memberOf(one.who) });
            table.fall();
            table.runTask('core.member-joined', { member: memberOf(one.who) });
            expect(lookAt(table).of.get(memberOf(one.who))).toBeUndefined();
            break;
        }
        checkClans(table);
      }
    },
  );
});
