import { describe, expect, test } from 'vitest';
import { features } from '../../src/features/index.ts';
import { profile } from '../../src/features/profile/index.ts';
import { moneyOf } from '../../src/features/wallet/api.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { profileSection } from '../../src/kernel/profile.ts';
import { discordRefuses } from './limits.ts';
import { alice, bob, carol, createTable, field, person, seedWhere, type Table, testFeature } from './table.ts';

const failing = seedWhere((random) => random.int(10_000) >= 8_000);

/** Alice owes Bob 400, and has 100 and 600. */
const indebted = (all: readonly Feature[] = features): Table => {
  const table = createTable(all);
  table.draw(() => failing);
  table.fund(alice, 0);
  table.fund(bob, 4_000);
  table.say(alice, 'rob', { member: person(bob) });
  table.fund(alice, 100, 600);
  return table;
};

describe('/profile', () => {
  test('shows one’s own money, and begins an account as any first use does', () => {
    const table = createTable();
    const answered = table.say(alice, 'profile');
    expect(answered.reply.private).toBe(true);
    expect(answered.reply.content).toBe('This is your profile.');
    expect(field(answered, 'Wallet')).toBe('100 coins');
    expect(field(answered, 'Bank')).toBe('0 coins');
    expect(field(answered, 'Total')).toBe('100 coins');
    expect(field(answered, 'Debt')).toBeUndefined();
    expect(discordRefuses(answered.reply)).toEqual([]);
  });

  test('looking at one’s own collects debts and says so', () => {
    const table = indebted();
    const answered = table.say(alice, 'profile');
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 300, debt: 0 });
    expect(table.account(bob).wallet).toBe(4_400);
    expect(answered.words).toContain('**400** of a debt have just been collected.');
    expect(field(answered, 'Bank')).toBe('300 coins');
  });

  test('what is still owed is a field of one’s own', () => {
    const table = indebted();
    table.say(alice, 'pay', { member: person(bob), amount: '100' });
    table.fund(carol, 9_000);
    table.wait(3_600_000);
    table.say(alice, 'rob', { member: person(carol) });
    const answered = table.say(alice, 'profile');
    expect(table.account(alice).debt).toBeGreaterThan(0);
    expect(field(answered, 'Debt')).toBe(`${table.account(alice).debt.toLocaleString('en')} coins`);
  });

  test('looking at somebody else collects nothing, shows no debt and writes nothing', () => {
    const table = indebted();
    const { commits } = table.state;
    const answered = table.say(bob, 'profile', { member: person(alice) });
    expect(answered.reply).toMatchObject({ private: true, content: `This is the profile of <@${alice}>.` });
    expect(answered.reply.mentions).toBeUndefined();
    expect(field(answered, 'Wallet')).toBe('100 coins');
    expect(field(answered, 'Debt')).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 100, bank: 600, debt: 400 });
    expect(table.state.commits).toBe(commits);
  });

  test('naming oneself is looking at one’s own', () => {
    const table = indebted();
    table.say(alice, 'profile', { member: person(alice) });
    expect(table.account(alice).debt).toBe(0);
  });

  test('is private unless it is asked to be public, which only one’s own can be', () => {
    const table = indebted();
    const shown = table.say(alice, 'profile', { public: true });
    expect(shown.reply).toMatchObject({ private: false, content: `This is the profile of <@${alice}>.` });
    expect(table.say(alice, 'profile', { public: false }).reply.private).toBe(true);
    const refused = table.say(alice, 'profile', { public: true, member: person(bob) });
    expect(refused.refused).toBe('core.profile.not-yours');
    expect(refused.reply.private).toBe(true);
  });

  test.each([
    { input: { member: person(bob, { bot: true }) }, refused: 'core.profile.bot' },
    { input: { member: person(bob, { present: false }) }, refused: 'core.profile.absent' },
    { input: { member: 'bob' }, refused: 'core.input.member' },
    { input: { member: { id: '__proto__' } }, refused: 'core.input.member' },
    { input: { public: 'yes' }, refused: 'core.input.boolean' },
    { input: { section: 5 }, refused: 'core.input.text' },
    { input: { section: '' }, refused: 'core.input.text' },
    { input: { section: 'x'.repeat(33) }, refused: 'core.input.too-long' },
    { input: { share: true }, refused: 'core.input.unknown-option' },
  ])('refuses $input with $refused, and does nothing', ({ input, refused }) => {
    const table = indebted();
    expect(table.say(alice, 'profile', input).refused).toBe(refused);
    expect(table.account(alice).debt).toBe(400);
  });

  test.each(['nobody', '__proto__', 'constructor', ' '])(
    'fault 41: a section called %j is refused, naming those there are',
    (section) => {
      const answered = indebted().say(alice, 'profile', { section });
      expect(answered.refused).toBe('core.profile.no-section');
      expect(answered.words).toContain('wallet');
    },
  );

  test('suggests sections', () => {
    expect(createTable().suggest('profile', 'section', ' WAL')).toEqual([{ name: 'wallet', value: 'wallet' }]);
    expect(createTable().suggest('profile', 'section', 'no such')).toEqual([]);
  });
});

describe('sections', () => {
  const title = 'economy.entry.test';
  const fieldsOf = (value: string) => ({ fields: [{ name: 'Value', value }] });
  /** A table whose profile has two sections more: one before the wallet's, one behind that is empty for Bob. */
  const withSections = (): Table => {
    const first = profileSection({
      name: 'first',
      order: 1,
      title,
      read: (query, member) => query.actor.member === member,
      view: (own) => fieldsOf(own ? 'own' : 'of another'),
    });
    const last = profileSection({
      name: 'last',
      order: 1_000,
      title,
      read: (_, member) => (member === bob ? undefined : 'there'),
      readOwn: () => 'my own',
      view: (value) => fieldsOf(value),
    });
    const extra = { ...testFeature, name: 'extra', operations: [], messages: {}, profile: [last, first] };
    const all = [...features.filter(({ name }) => name !== 'profile'), extra];
    return createTable([...all, profile(() => all)]);
  };
  const cards = (table: Table, input: Readonly<Record<string, unknown>>) => {
    const answered = table.say(alice, 'profile', input);
    return (answered.reply.embeds ?? []).map(({ fields }) => fields?.find(({ name }) => name === 'Value')?.value);
  };

  test('stand in their order, whatever the order of features', () => {
    const [first, wallet, last, ...more] = cards(withSections(), {});
    expect([first, wallet, last, more]).toEqual(['own', undefined, 'my own', []]);
  });

  test('show of somebody else what everybody may see, and are left out where there is nothing', () => {
    expect(cards(withSections(), { member: person(carol) })).toEqual(['of another', undefined, 'there']);
    expect(cards(withSections(), { member: person(bob) })).toEqual(['of another', undefined]);
  });

  test('one alone is shown by its name', () => {
    expect(cards(withSections(), { section: ' LAST ' })).toEqual(['my own']);
    const empty = withSections().say(alice, 'profile', { section: 'last', member: person(bob) });
    expect(empty.words).toContain('There is nothing in it yet.');
  });

  test('show how it is after all of them have been looked at, those before the wallet as well', () => {
    const early = profileSection({
      name: 'early',
      order: 0,
      title,
      read: (query, member) => moneyOf(query, member).debt,
      view: (debt) => fieldsOf(String(debt)),
    });
    const extra = { ...testFeature, name: 'extra', operations: [], messages: {}, profile: [early] };
    const all = [...features.filter(({ name }) => name !== 'profile'), extra];
    const table = indebted([...all, profile(() => all)]);
    expect(cards(table, { member: person(bob) })[0]).toBe('0');
    expect(cards(table, {})[0]).toBe('0');
  });

  test('have names of their own', () => {
    const names = features.flatMap((feature) => feature.profile ?? []).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]{1,32}$/);
  });
});
