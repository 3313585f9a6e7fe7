// A small feature with every way of forgetting in it.
import { z } from 'zod';
import { collection } from '../../src/kernel/collection.ts';
import { directMessage } from '../../src/kernel/effect.ts';
import { reaction } from '../../src/kernel/event.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { epochMs, type MemberId } from '../../src/kernel/ids.ts';
import { memberErasing, type Remembrance } from '../../src/kernel/membership.ts';
import { mutation, task } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { memberSchema } from '../../src/kernel/schemas.ts';

const forMember = { version: 1, upgrades: [], rowsMax: 100_000, orderings: {}, totals: {} } as const;

/** What a member holds. */
export const purses = collection({
  ...forMember,
  name: 'purse.purse',
  key: ['member'],
  schema: z.strictObject({ coins: z.int(), granted: z.boolean() }),
  initial: { coins: 0, granted: false },
  totals: { coins: (row) => row.coins },
  forget: 'key',
});
/** What a member was given and by whom: many rows. */
export const gifts = collection({
  ...forMember,
  name: 'purse.gift',
  key: ['member', 'int'],
  schema: z.strictObject({ by: memberSchema.optional(), note: z.string() }),
  initial: { note: '' },
  forget: (row, member) => (row.by === member ? { note: row.note } : row),
});
/** Who sits at which table: keyed by the member, but not first. */
export const seats = collection({
  ...forMember,
  name: 'purse.seat',
  key: ['text', 'member'],
  schema: z.strictObject({ since: z.int() }),
  initial: { since: 0 },
  forget: 'key',
});
/** What somebody says at a table about somebody else: keyed by the member, but not first. */
export const remarks = collection({
  ...forMember,
  name: 'purse.remark',
  key: ['id', 'member'],
  schema: z.strictObject({ by: memberSchema.optional() }),
  initial: {},
  forget: (row, member) => (row.by === member ? {} : row),
});
/** A poll goes with who began it; voters only leave it. */
export const polls = collection({
  ...forMember,
  name: 'purse.poll',
  key: ['id'],
  schema: z.strictObject({ by: memberSchema, voters: z.array(memberSchema), words: z.string() }),
  initial: { by: '100000000000000000' as MemberId, voters: [], words: '' },
  forget: (row, member) =>
    row.by === member ? 'remove' : { ...row, voters: row.voters.filter((voter) => voter !== member) },
});
/** Coins that nobody holds any more. */
export const burned = collection({
  ...forMember,
  name: 'purse.burned',
  key: ['text'],
  schema: z.strictObject({ coins: z.int() }),
  initial: { coins: 0 },
  totals: { coins: (row) => row.coins },
  forget: 'no member',
});
/** Coins ever made. */
export const minted = collection({
  ...forMember,
  name: 'purse.minted',
  key: ['text'],
  schema: z.strictObject({ coins: z.int() }),
  initial: { coins: 0 },
  totals: { coins: (row) => row.coins },
  forget: 'no member',
});

const grant = 100;
const view = (): { readonly private: boolean } => ({ private: true });
const common = { version: 1, view } as const;
const other = z.strictObject({ member: memberSchema });

const begin = mutation({
  ...common,
  name: 'purse.begin',
  input: z.strictObject({}),
  run: (m) => {
    const row = m.get(purses, [m.actor.member]);
    if (row.granted) return done(0);
    m.put(purses, [m.actor.member], { coins: row.coins + grant, granted: true });
    m.put(minted, ['all'], { coins: m.get(minted, ['all']).coins + grant });
    return done(grant);
  },
});
const give = mutation({
  ...common,
  name: 'purse.give',
  input: z.strictObject({ member: memberSchema, times: z.int() }),
  run: (m, { member, times }) => {
    m.put(purses, [member], { ...m.get(purses, [member]) });
    for (let time = 0; time < times; time += 1) {
      m.put(gifts, [member, time], { by: m.actor.member, note: `gift ${time}` });
    }
    return done();
  },
});
const note = mutation({
  ...common,
  name: 'purse.note',
  input: z.strictObject({ member: memberSchema, times: z.int() }),
  run: (m, { member, times }) => {
    for (let time = 0; time < times; time += 1) m.put(gifts, [member, time], { note: `note ${time}` });
    return done();
  },
});
const sit = mutation({
  ...common,
  name: 'purse.sit',
  input: z.strictObject({ table: z.string() }),
  run: (m, { table }) => {
    m.put(seats, [table, m.actor.member], { since: m.now });
    return done();
  },
});
const remark = mutation({
  ...common,
  name: 'purse.remark',
  input: other,
  run: (m, { member }) => {
    m.put(remarks, [m.newId(), member], { by: m.actor.member });
    return done();
  },
});
const poll = mutation({
  ...common,
  name: 'purse.poll',
  input: z.strictObject({ voters: z.array(memberSchema) }),
  run: (m, { voters }) => {
    m.put(polls, [m.newId()], { by: m.actor.member, voters, words: `<@${m.actor.member}> asks` });
    return done();
  },
});
/** Never asks for anything themselves. */
const somebody = '300000000000000000' as MemberId;
const reminder = task({ name: 'purse.remind-now', version: 1, input: other, run: () => done() });
const remind = mutation({
  ...common,
  name: 'purse.remind',
  input: z.strictObject({}),
  run: (m) => {
    m.wake(reminder, m.actor.member, epochMs(m.now + 365 * 86_400_000), { member: m.actor.member });
    m.wake(reminder, 'everybody', epochMs(m.now + 365 * 86_400_000), { member: m.actor.member });
    m.perform(directMessage, { member: m.actor.member, card: { card: 'purse.none', value: 0 } });
    m.perform(directMessage, { member: somebody, card: { card: 'purse.none', value: { [m.actor.member]: 0 } } });
    return done();
  },
});

const remembrance: Remembrance<{ readonly granted: boolean }> = {
  name: 'purse',
  schema: z.strictObject({ granted: z.boolean() }),
  keep: (query, member) => {
    const row = query.find(purses, [member]);
    return row && { granted: row.granted };
  },
  restore: (m, member, kept) => {
    const row = m.get(purses, [member]);
    m.put(purses, [member], { ...row, granted: row.granted || kept.granted });
  },
};

export const purse: Feature = {
  name: 'purse',
  pack: 'shared',
  commands: [],
  operations: [begin, give, note, sit, remark, poll, remind, reminder],
  collections: [purses, gifts, seats, remarks, polls, burned, minted],
  reactions: [
    reaction(memberErasing, (m, { member }) => {
      const row = m.get(purses, [member]);
      if (row.coins === 0) return done();
      m.put(purses, [member], { ...row, coins: 0 });
      m.put(burned, ['all'], { coins: m.get(burned, ['all']).coins + row.coins });
      return done();
    }),
  ],
  settings: [],
  invariants: [
    {
      name: 'purse.conserved',
      watches: [purses.name, burned.name, minted.name],
      holds: (q) => q.total(purses, 'coins') + q.total(burned, 'coins') === q.total(minted, 'coins'),
    },
  ],
  messages: {},
  remembrances: [remembrance],
};
