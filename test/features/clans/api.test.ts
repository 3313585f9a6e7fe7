// What heists will need of in-game guilds, used by a feature of its own: coins between treasuries, locks, a say at the end.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  clanEnding,
  clanIdSchema,
  clanNamed,
  completeClans,
  findClan,
  giveTreasury,
  isLocked,
  membershipOf,
  membersOf,
  ownerOf,
  plansFor,
  shownName,
  takeTreasury,
  topClans,
  treasuryOf,
  unlock,
} from '../../../src/features/clans/api.ts';
import { features } from '../../../src/features/index.ts';
import { book, entryKind } from '../../../src/features/wallet/api.ts';
import { controlInput } from '../../../src/kernel/control.ts';
import { reaction } from '../../../src/kernel/event.ts';
import { coins } from '../../../src/kernel/money.ts';
import { mutation, query } from '../../../src/kernel/operation.ts';
import { options, textOption } from '../../../src/kernel/option.ts';
import { done as ended, refuse } from '../../../src/kernel/outcome.ts';
import { featureWith } from '../../house/feature.ts';
import { alice, bob, carol, createTable, person, type Table } from '../table.ts';
import { checkClans, clanOf, done, found, treasuryOf as held, runJob, take } from './ground.ts';

const entry = entryKind('test');

const raid = mutation({
  name: 'raid.take',
  version: 1,
  input: controlInput(z.strictObject({ from: clanIdSchema, to: clanIdSchema, coins: z.int() })),
  run: (m, { from, to, coins: amount }) => {
    const loot = coins(Math.min(amount, treasuryOf(m, from)));
    const refused = book(m, {
      postings: [],
      vaults: [takeTreasury(from, loot, entry), giveTreasury(to, loot, entry)],
    });
    if (refused) return refused;
    unlock(m, from);
    return ended();
  },
  view: () => ({ private: true, content: 'taken' }),
});

const plan = query({
  name: 'raid.plan',
  version: 1,
  input: options({
    target: textOption({ describe: 'raid.target', charactersMax: 64, complete: completeClans }),
  }),
  run: (q, { target }) => {
    const own = plansFor(q, q.actor.member);
    const clan = clanNamed(q, target);
    const of = clan && findClan(q, clan);
    if (own === undefined || clan === undefined || of === undefined) return refuse('raid.no');
    return ended({
      own,
      clan,
      name: shownName(of.name),
      locked: isLocked(q, of),
      owner: ownerOf(q, clan),
      members: membersOf(q, own).map(({ member, role }) => [member, role].join(' ')),
      role: membershipOf(q, q.actor.member)?.role,
      richest: topClans(q, 0, 1)[0]?.clan,
    });
  },
  view: (value) => ({ private: true, content: JSON.stringify(value) }),
});

let isRaiding = false;
const raids = featureWith('raids', {
  pack: 'economy',
  commands: [{ path: 'raid', describe: 'raid.target', operation: plan, visibility: 'private' }],
  operations: [raid, plan],
  reactions: [reaction(clanEnding, (_, { why }) => (why === 'disbanded' && isRaiding ? refuse('raid.no') : ended()))],
  messages: { 'raid.target': 'Whom', 'raid.no': 'No' },
});

const rivals = (): { readonly table: Table; readonly one: string; readonly other: string } => {
  const table = createTable([...features, raids]);
  const one = found(table, alice, 'Ferry_men');
  const other = found(table, bob, 'Others');
  table.fund(alice, 1_000);
  done(table.say(alice, 'guild deposit', { amount: 'all' }));
  isRaiding = false;
  return { table, one, other };
};

const plundered = (table: Table, from: string, to: string, amount: number) => {
  const operation = table.registry.operations.get('raid.take');
  if (!operation) throw new Error('no raid');
  return table.perform(bob, operation, { from, to, coins: amount });
};

describe('another feature', () => {
  test('moves coins between treasuries, and unlocks one', () => {
    const { table, one, other } = rivals();
    table.set('levy.rate', '50%');
    table.set('levy.keep', '0');
    table.fund(alice, 100);
    runJob(table, 'economy.clan.levy', '2026-08-01');
    expect(clanOf(table, one)?.lockedAt).toBeDefined();
    done(plundered(table, one, other, 600));
    expect([held(table, one), held(table, other)]).toEqual([450, 600]);
    expect(clanOf(table, one)?.lockedAt).toBeUndefined();
    checkClans(table);
    done(plundered(table, one, other, 5_000));
    expect([held(table, one), held(table, other)]).toEqual([0, 1_050]);
    checkClans(table);
  });

  test('finds clans and members, and who may plan', () => {
    const { table, one, other } = rivals();
    const planned = done(table.say(bob, 'raid', { target: 'ferry men' })).words;
    expect(JSON.parse(planned)).toEqual({
      own: other,
      clan: one,
      name: 'Ferry\\_men',
      locked: false,
      owner: alice,
      members: [`${bob} owner`],
      role: 'owner',
      richest: one,
    });
    expect(table.suggest('raid', 'target', 'oth')).toEqual([{ name: 'Others', value: 'Others' }]);
    done(table.say(bob, 'guild disband', { confirm: 'Others' }));
    take(table, alice, bob);
    found(table, carol, 'Thirds');
    expect(table.say(bob, 'raid', { target: 'Thirds' }).refused).toBe('raid.no');
    done(table.say(alice, 'guild promote', { member: person(bob) }));
    expect(table.say(bob, 'raid', { target: 'Thirds' }).refused).toBe('raid.no');
    done(table.say(alice, 'guild settings', { 'officers-plan': true }));
    expect(table.say(bob, 'raid', { target: 'Thirds' }).refused).toBeUndefined();
  });

  test('may refuse that a guild is disbanded', () => {
    const { table, one } = rivals();
    isRaiding = true;
    expect(table.say(alice, 'guild disband', { confirm: 'ferry men' }).refused).toBe('raid.no');
    expect(clanOf(table, one)).toBeDefined();
    isRaiding = false;
    done(table.say(alice, 'guild disband', { confirm: 'ferry men' }));
    checkClans(table);
  });
});
