import { afterAll, describe, expect, test } from 'vitest';
import {
  flagsOf,
  guild,
  member,
  odd,
  ok,
  press,
  type Sent,
  shownIn,
  slash,
  start,
  stopAll,
  typeOf,
} from './correspondence.ts';
import type { Received } from './endpoint.ts';
import { testRegistry } from './house.ts';

afterAll(stopAll);

describe('an interaction Discord never meant to send', () => {
  test.each<[string, Sent | Record<string, never>]>([
    ['without data', { ...slash('echo'), data: undefined as never }],
    ['of an unknown kind', { ...slash('echo'), type: 99 }],
    ['with permissions that are no number', { ...slash('echo'), member: { user: { id: member }, permissions: 'all' } }],
    ['with a guild that is no id', { ...slash('echo'), guild_id: '../../etc' }],
    ['with options that are no list', { ...slash('echo'), data: { type: 1, name: 'echo', options: 7 } }],
    ['of nothing at all', {}],
  ])('%s is logged or refused, and the next one is answered', async (_name, interaction) => {
    const { deliver, house, lines, received } = await start();
    await deliver(interaction as Sent);
    expect(house.asked).toEqual([]);
    for (const request of received) expect(shownIn(request)).toMatch(/do not understand/);
    expect(lines.length).toBeGreaterThan(0);
    const [answer] = (await deliver(slash('echo'))).slice(-1);
    expect(shownIn(answer)).toBe('{}');
  });

  test('with an option called __proto__ names an unknown option', async () => {
    const { deliver } = await start();
    const options = [{ type: 3, name: '__proto__', value: 'x' }];
    const [answer] = await deliver(slash('echo', { options }));
    expect(shownIn(answer)).toBe('No option __proto__.');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('a person', () => {
  const users = { [member]: { id: member }, '300000000000000002': { id: '300000000000000002', bot: true } };
  const members = { [member]: {} };
  test.each([
    ['here', member, { id: member, bot: false, present: true }],
    ['a bot that left', '300000000000000002', { id: '300000000000000002', bot: true, present: false }],
  ])('%s is handed in as Discord resolved them', async (_name, id, who) => {
    const { deliver } = await start();
    const interaction = slash('echo', { options: [{ type: 6, name: 'who', value: id }] });
    const [answer] = await deliver({ ...interaction, data: { ...interaction.data, resolved: { users, members } } });
    expect(JSON.parse(shownIn(answer))).toEqual({ who });
  });

  test.each(['300000000000000003', 'constructor', '__proto__'])(
    'whom Discord did not resolve (%s) is refused',
    async (id) => {
      const { deliver } = await start();
      const interaction = slash('echo', { options: [{ type: 6, name: 'who', value: id }] });
      const [answer] = await deliver({ ...interaction, data: { ...interaction.data, resolved: { users, members } } });
      expect(shownIn(answer)).toBe('Choose a member.');
    },
  );
});

describe('languages', () => {
  const german = { locale: 'de', guild_locale: 'en-US' };
  test.each([
    [odd('public', 'public'), 'answered: public, 1,000'],
    [odd('public', 'private'), 'answered: private, 1.000'],
    [odd('private', 'private'), 'answered: private, 1.000'],
    [odd('private', 'public'), 'answered: public, 1,000'],
    [slash('echo', { options: [{ type: 4, name: 'number', value: 1_001 }] }), 'From -5 to 1.000.'],
  ])('private answers are in the member’s, public ones in the server’s', async (interaction, words) => {
    const { deliver } = await start();
    const [answer] = await deliver({ ...interaction, ...german });
    expect(shownIn(answer)).toBe(words);
  });

  test('nobody speaks do not matter', async () => {
    const { deliver } = await start();
    const [answer] = await deliver({ ...odd('public', 'public'), locale: '', guild_locale: 'not a language' });
    expect(shownIn(answer)).toBe('answered: public, 1,000');
  });
});

describe('what nobody declared', () => {
  const outside = { ...slash('echo'), guild_id: undefined, member: undefined, user: { id: member } };
  test.each<[string, Sent, RegExp]>([
    ['a command', slash('gone'), /not known/],
    ['a command named after a property', slash('constructor'), /not known/],
    ['a subcommand', slash('odd', { words: ['gone'] }), /not known/],
    ['a command without its subcommand', slash('odd'), /not known/],
    ['a subcommand of a command that has none', slash('echo', { words: ['deep', 'deeper'] }), /not known/],
    ['a command on a user', { ...slash('echo'), data: { type: 2, name: 'echo', target_id: member } }, /not known/],
    ['a direct message', outside, /only work inside servers/],
  ])('%s is refused privately', async (_name, interaction, words) => {
    const { deliver, house } = await start();
    const [answer] = await deliver(interaction);
    expect(shownIn(answer)).toMatch(words);
    expect(flagsOf(answer)).toBe(64);
    expect(house.asked).toEqual([]);
  });
});

describe('controls', () => {
  test.each([
    ['forged', 'buy~everything', /not known/],
    ['of a deleted operation', 'g1~test.gone~1~{}', /not known/],
    ['named after a property', 'g1~constructor.name~1~{}', /not known/],
    ['with a person of their own making', `g1~test.echo~1~{"who":{"id":"${member}","present":true}}`, /not known/],
    ['with damaged input', 'g1~test.step~3~{"count"', /not known/],
    ['of an older version', 'g1~test.step~2~{"count":1}', /out of date/],
    ['of a later version', 'g1~test.step~4~{"count":1}', /out of date/],
    ['with input of another type', 'g1~test.step~3~{"count":"1"}', /Not today/],
  ])('%s are refused privately', async (_name, id, words) => {
    const { deliver } = await start();
    const [answer] = await deliver(press(id));
    expect(shownIn(answer)).toMatch(words);
    expect(flagsOf(answer)).toBe(64);
  });

  test('the guild and the member come from the event, whatever a control says', async () => {
    const { deliver, house } = await start();
    await deliver(press('g1~test.step~3~{"count":1,"guild":"299999999999999999","member":"1"}'));
    expect(house.asked[0]).toMatchObject({ guild, member, permissions: 8n });
  });

  test('a private answer does not take the place of a message others see', async () => {
    const registry = testRegistry();
    const operation = registry.operations.get('test.step');
    const operations = new Map(registry.operations);
    if (operation) {
      operations.set('test.step', { ...operation, view: () => ({ private: true, replaces: true, content: 'mine' }) });
    }
    const { deliver } = await start(() => ok, { ...registry, operations });
    const [onPublic, onPrivate] = await deliver(
      press('g1~test.step~3~{"count":1}'),
      press('g1~test.step~3~{"count":1}', 64),
    );
    expect([typeOf(onPublic), flagsOf(onPublic)]).toEqual([4, 64]);
    expect(typeOf(onPrivate)).toBe(7);
  });
});

describe('suggestions', () => {
  const type = (value: string): Sent => ({
    ...slash('suggested', { options: [{ type: 3, name: 'word', value, focused: true }] }),
    type: 4,
  });
  const choicesOf = (request: Received | undefined) =>
    (request?.body as { data?: { choices?: { name: string; value: string }[] } } | undefined)?.data?.choices;

  test('keep the limits and drop what would be changed by cutting', async () => {
    const { deliver } = await start();
    const [answer] = await deliver(type('tea'));
    const choices = choicesOf(answer) ?? [];
    expect(choices.length).toBe(25);
    expect(choices[0]?.name.length).toBe(100);
    expect(choices[0]?.value).toBe('tea');
    expect(choices[1]).toEqual({ name: 'word 0', value: '0' });
  });

  test('that fail, or that nobody offers, are none', async () => {
    const { deliver, lines } = await start();
    const [failed] = await deliver(type('fail'));
    expect(choicesOf(failed)).toEqual([]);
    expect(lines).toMatchObject([{ msg: 'suggestions failed' }]);
    const [, unknown] = await deliver({
      ...slash('echo', { options: [{ type: 3, name: 'constructor', value: '', focused: true }] }),
      type: 4,
    });
    expect(choicesOf(unknown)).toEqual([]);
  });
});
