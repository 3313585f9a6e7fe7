import { ApplicationCommandOptionType, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerWith, closeHouse, firstGuild, type House, openHouse, stateOf } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;
let errors: unknown[];

beforeAll(async () => {
  house = await openHouse();
  here = await firstGuild(house);
  await house.client.application.commands.set([{ name: 'try', description: 'Tries' }]);
});
beforeEach(() => {
  errors = [];
});
afterAll(() => closeHouse(house));

const run = (more: object = {}) =>
  house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, command: 'try', waitMs: 200, ...more });
const whenAsked = (handle: (interaction: ChatInputCommandInteraction) => Promise<unknown>) => {
  errors = answerWith(house.client, async (interaction) => {
    if (interaction.isChatInputCommand()) await handle(interaction);
  });
};
/** Answers with a body of the test's own, past the checks of discord.js's builders. */
const answerRaw = (data: unknown, type = 4) =>
  whenAsked(({ id, token }) =>
    house.client.rest.post(`/interactions/${id}/${token}/callback`, { body: { type, data }, auth: false }),
  );
const outcome = async () => {
  const answer = run();
  await expect.poll(() => errors.length).toBe(1);
  // Nobody needs to wait three seconds for an answer that was refused.
  await house.call('POST', '/clock', { advanceMs: 3_000 });
  expect((await answer).body.answered).toBe(false);
  return errors[0] as { readonly code: number; readonly rawError: { readonly errors?: unknown } };
};
const errorAt = (path: string, code: string) =>
  path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), { _errors: [{ code }] });

const text = (length: number) => 'x'.repeat(length);
const button = (id: string) => ({ type: 2, style: 1, label: id, custom_id: id });
const row = (...components: object[]) => ({ type: 1, components });
const select = (options: number) => ({
  type: 3,
  custom_id: 's',
  options: Array.from({ length: options }, (_, place) => ({ label: `${place}`, value: `${place}` })),
});
const input = (more: object = {}) => ({
  type: 18,
  label: 'Label',
  component: { type: 4, custom_id: 'a', style: 1, ...more },
});
const modal = (components: object[], more: object = {}) => ({ custom_id: 'm', title: 'Title', components, ...more });

describe('a message is refused', () => {
  test.each<[string, object, string, string]>([
    ['over-long content', { content: text(2_001) }, 'data.content', 'BASE_TYPE_MAX_LENGTH'],
    [
      '11 embeds',
      { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) },
      'data.embeds',
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['an empty embed', { embeds: [{}] }, 'data.embeds.0.description', 'BASE_TYPE_REQUIRED'],
    ['a long title', { embeds: [{ title: text(257) }] }, 'data.embeds.0.title', 'BASE_TYPE_MAX_LENGTH'],
    [
      'a long field',
      { embeds: [{ fields: [{ name: 'n', value: text(1_025) }] }] },
      'data.embeds.0.fields.0.value',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an empty field',
      { embeds: [{ fields: [{ name: '', value: 'v' }] }] },
      'data.embeds.0.fields.0.name',
      'BASE_TYPE_REQUIRED',
    ],
    [
      '26 fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }] },
      'data.embeds.0.fields',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      '6,001 characters over its embeds',
      { embeds: [{ description: text(3_000) }, { description: text(3_001) }] },
      'data.embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      '6 rows',
      { components: Array.from({ length: 6 }, (_, id) => row(button(`${id}`))) },
      'data.components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      '6 buttons in a row',
      { components: [row(...'abcdef'.split('').map(button))] },
      'data.components.0.components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a custom id twice',
      { components: [row(button('a')), row(button('a'))] },
      'data.components.1.components.0.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a custom id of 101 characters',
      { components: [row({ ...button('a'), custom_id: text(101) })] },
      'data.components.0.components.0.custom_id',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a link without an address',
      { components: [row({ type: 2, style: 5, label: 'x' })] },
      'data.components.0.components.0.url',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'a button without a label',
      { components: [row({ type: 2, style: 1, custom_id: 'x' })] },
      'data.components.0.components.0.label',
      'BASE_TYPE_REQUIRED',
    ],
    ['26 choices', { components: [row(select(26))] }, 'data.components.0.components.0.options', 'BASE_TYPE_BAD_LENGTH'],
    [
      'a select beside a button',
      { components: [row(select(2), button('a'))] },
      'data.components.0.components',
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a text without the flag',
      { components: [{ type: 10, content: 'x' }] },
      'data.components.0.type',
      'UNION_TYPE_CHOICES',
    ],
    [
      'content beside components v2',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'x' }] },
      'data.content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      '41 components',
      {
        flags: 1 << 15,
        components: [{ type: 17, components: Array.from({ length: 40 }, () => ({ type: 10, content: 'x' })) }],
      },
      'data.components',
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    ],
    [
      'mentions given twice',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
      'data.allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
  ])('for %s', async (_what, data, path, code) => {
    answerRaw(data);
    const error = await outcome();
    expect(error.code).toBe(50035);
    expect(error.rawError.errors).toMatchObject(errorAt(path, code));
  });

  test('when it is empty', async () => {
    answerRaw({ content: ' ' });
    expect((await outcome()).code).toBe(50006);
  });

  test('and the refusal is kept for the state, without the token', async () => {
    answerRaw({ content: text(2_001) });
    await outcome();
    const last = (await stateOf(house)).refusals.at(-1);
    expect(last).toMatchObject({ status: 400, code: 50035 });
    expect(last?.route).toMatch(/^POST \/interactions\/\d+\/:token\/callback$/);
  });
});

describe('a form is refused', () => {
  test.each<[string, object, string, string]>([
    ['without inputs', modal([]), 'data.components', 'BASE_TYPE_BAD_LENGTH'],
    [
      'with 6 inputs',
      modal(Array.from({ length: 6 }, (_, place) => input({ custom_id: `${place}` }))),
      'data.components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['with a long title', modal([input()], { title: text(46) }), 'data.title', 'BASE_TYPE_MAX_LENGTH'],
    ['with a long label', modal([{ ...input(), label: text(46) }]), 'data.components.0.label', 'BASE_TYPE_MAX_LENGTH'],
    [
      'with an id twice',
      modal([input(), input()]),
      'data.components.1.component.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
  ])('%s', async (_what, data, path, code) => {
    answerRaw(data, 9);
    const error = await outcome();
    expect(error.rawError.errors).toMatchObject(errorAt(path, code));
  });
});

describe('an answer is refused', () => {
  test('after three seconds', async () => {
    whenAsked(async (interaction) => {
      await house.call('POST', '/clock', { advanceMs: 3_000 });
      await interaction.reply('late');
    });
    expect((await run()).body).toMatchObject({ answered: false });
    await expect.poll(() => errors).toMatchObject([{ code: 10062 }]);
  });

  test('the second time', async () => {
    whenAsked(async (interaction) => {
      await interaction.reply('once');
      const { id, token } = interaction;
      await house.client.rest.post(`/interactions/${id}/${token}/callback`, {
        body: { type: 4, data: { content: 'twice' } },
        auth: false,
      });
    });
    expect((await run()).body.message.content).toBe('once');
    await expect.poll(() => errors).toMatchObject([{ code: 40060 }]);
  });

  test('that edits after fifteen minutes', async () => {
    whenAsked(async (interaction) => {
      await interaction.reply('now');
      await house.call('POST', '/clock', { advanceMs: 15 * 60_000 });
      await interaction.editReply('too late');
    });
    await run();
    await expect.poll(() => errors).toMatchObject([{ code: 50027 }]);
  });

  test('that defers with another flag than EPHEMERAL', async () => {
    answerRaw({ flags: MessageFlags.SuppressEmbeds }, 5);
    expect((await outcome()).rawError.errors).toMatchObject({ data: { flags: {} } });
  });

  test('that updates a message there is not', async () => {
    answerRaw({ content: 'x' }, 7);
    expect((await outcome()).code).toBe(50035);
  });
});

describe('a command is refused', () => {
  const option = (name: string, more: object = {}) => ({
    name,
    description: 'd',
    type: ApplicationCommandOptionType.String,
    ...more,
  });
  test.each<[string, object, string, string]>([
    ['with a capital', { name: 'Try', description: 'd' }, '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['with a space', { name: 'a b', description: 'd' }, '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['without a description', { name: 'a', description: '' }, '0.description', 'BASE_TYPE_REQUIRED'],
    ['with a long description', { name: 'a', description: text(101) }, '0.description', 'BASE_TYPE_MAX_LENGTH'],
    [
      'with 26 options',
      { name: 'a', description: 'd', options: Array.from({ length: 26 }, (_, place) => option(`o${place}`)) },
      '0.options',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'with 26 choices',
      {
        name: 'a',
        description: 'd',
        options: [
          option('o', { choices: Array.from({ length: 26 }, (_, place) => ({ name: `${place}`, value: `${place}` })) }),
        ],
      },
      '0.options.0.choices',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'with a required option behind another',
      { name: 'a', description: 'd', options: [option('one'), option('two', { required: true })] },
      '0.options.1',
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'with an option twice',
      { name: 'a', description: 'd', options: [option('one'), option('one')] },
      '0.options.1.name',
      'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'of over 8,000 characters',
      {
        name: 'a',
        description: 'd',
        options: Array.from({ length: 4 }, (_, place) =>
          option(`o${place}`, {
            choices: Array.from({ length: 25 }, (_each, choice) => ({ name: `${choice}`, value: text(90) })),
          }),
        ),
      },
      '0',
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('%s', async (_what, command, path, code) => {
    const set = house.client.rest.put(`/applications/${house.client.application.id}/commands`, { body: [command] });
    const error = (await set.catch((reason: unknown) => reason)) as { rawError: { errors: unknown } };
    expect(error.rawError.errors).toMatchObject(errorAt(path, code));
  });

  test('when it is the 101st', async () => {
    const body = Array.from({ length: 101 }, (_, place) => ({ name: `c${place}`, description: 'd' }));
    const set = house.client.rest.put(`/applications/${house.client.application.id}/commands`, { body });
    await expect(set).rejects.toMatchObject({ code: 50035 });
  });
});

test('a route Discord does not have is not found, and kept', async () => {
  await expect(house.client.rest.get('/nowhere')).rejects.toMatchObject({ status: 404 });
  expect((await stateOf(house)).refusals.at(-1)).toMatchObject({ route: 'GET /nowhere', status: 404 });
});
