// What the page needs of the control API beyond commands and buttons: files, forms in direct messages, a channel page by
// page, the inside, and an end that lets nobody wait.
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Interaction,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWith, closeHouse, firstGuild, type House, openHouse } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;

beforeAll(async () => {
  house = await openHouse();
  here = await firstGuild(house);
  await house.client.application.commands.set([
    {
      name: 'show',
      description: 'Shows a file',
      options: [{ name: 'file', description: 'Which', type: ApplicationCommandOptionType.Attachment, required: true }],
    },
  ]);
});
afterAll(() => closeHouse(house));

const upload = async (query: string, bytes: Uint8Array | string, type = 'application/octet-stream') => {
  const response = await fetch(`${house.simulator.url}/sim/users/${here.first}/files?${query}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: bytes,
  });
  return { status: response.status, body: (await response.json()) as { id: string; url: string; error?: object } };
};
const onCommand = (handle: (interaction: ChatInputCommandInteraction) => Promise<unknown>) =>
  answerWith(house.client, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) await handle(interaction);
  });

describe('a file for an option', () => {
  test('is given to the bot as Discord gives it, and served back byte for byte', async () => {
    const bytes = new Uint8Array([0, 1, 2, 250, 251]);
    const { body } = await upload('name=two%20words.png&type=image/png', bytes);
    expect(body).toMatchObject({ filename: 'two words.png', size: 5, content_type: 'image/png' });
    onCommand(async (interaction) => {
      const { id, name, size, contentType, url } = interaction.options.getAttachment('file', true);
      await interaction.reply(JSON.stringify({ id, name, size, contentType, url }));
    });
    const { body: answer } = await house.call('POST', `/guilds/${here.id}/commands`, {
      user: here.first,
      command: 'show',
      options: { file: body.id },
    });
    const seen = JSON.parse(answer.message.content) as { url: string };
    expect(seen).toEqual({ id: body.id, name: 'two words.png', size: 5, contentType: 'image/png', url: body.url });
    expect(new Uint8Array(await (await fetch(seen.url)).arrayBuffer())).toEqual(bytes);
  });

  test.each<[string, string, Uint8Array | string, string, object]>([
    ['without a name', '', 'x', 'application/octet-stream', { code: 'invalid_body', field: 'name' }],
    ['with a path for a name', 'name=..%2Fx', 'x', 'application/octet-stream', { code: 'invalid_body', field: 'name' }],
    ['of no type', 'name=x&type=x', 'x', 'application/octet-stream', { code: 'invalid_body', field: 'type' }],
    ['as JSON', 'name=x', '{}', 'application/json', { code: 'invalid_body', field: 'body' }],
    [
      'of more than 10 MB',
      'name=x',
      new Uint8Array(10 * 1024 * 1024 + 1),
      'application/octet-stream',
      { code: 'file_too_large', field: 'body' },
    ],
  ])('%s is refused', async (_what, query, bytes, type, error) => {
    const answer = await upload(query, bytes, type);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error).toMatchObject(error);
  });
});

test('a form is opened, filled in and answered in direct messages', async () => {
  const row = <C extends ButtonBuilder | TextInputBuilder>(component: C) =>
    new ActionRowBuilder<C>().addComponents(component);
  answerWith(house.client, async (interaction) => {
    if (interaction.isButton()) {
      const input = new TextInputBuilder().setCustomId('name').setLabel('Name').setStyle(TextInputStyle.Short);
      await interaction.showModal(new ModalBuilder().setCustomId('form').setTitle('A form').addComponents(row(input)));
    }
    if (interaction.isModalSubmit()) {
      const name = interaction.fields.getTextInputValue('name');
      await interaction.reply(`${name} ${interaction.guildId} ${interaction.user.id}`);
    }
  });
  const user = await house.client.users.fetch(here.first);
  const button = new ButtonBuilder().setCustomId('open').setLabel('Open').setStyle(ButtonStyle.Primary);
  const { id } = await user.send({ content: 'A form', components: [row(button)] });
  const direct = `/direct-messages/${here.first}`;
  const submit = () => house.call('POST', `${direct}/modals`, { customId: 'form', fields: { name: 'Kim' } });
  expect(await submit()).toMatchObject({ status: 409, body: { error: { code: 'no_such_modal' } } });
  const opened = await house.call('POST', `${direct}/components`, { message: id, customId: 'open' });
  expect(opened.body.modal).toMatchObject({ customId: 'form' });
  expect((await submit()).body.message.content).toBe(`Kim null ${here.first}`);
  expect(await submit()).toMatchObject({ status: 409 });
  const read = await house.call('GET', `/users/${here.first}/messages?limit=1`);
  expect(read.body).toMatchObject([{ content: `Kim null ${here.first}` }]);
});

describe('a channel', () => {
  test('is read page by page, newest first, each page oldest first', async () => {
    const { id: channel } = (await house.call('POST', `/guilds/${here.id}/channels`, { name: 'long' })).body;
    for (let count = 0; count < 520; count += 1) {
      await house.call('POST', `/guilds/${here.id}/messages`, { user: here.first, channel, content: `n${count}` });
    }
    const page = async (query: string) => {
      const { body } = await house.call('GET', `/guilds/${here.id}/channels/${channel}/messages?${query}`);
      return body as unknown as { id: string; content: string }[];
    };
    const newest = await page('');
    expect(newest.map(({ content }) => content)).toEqual(Array.from({ length: 500 }, (_, at) => `n${at + 20}`));
    const before = await page(`before=${newest[0]?.id}&limit=15`);
    expect(before.map(({ content }) => content)).toEqual(Array.from({ length: 15 }, (_, at) => `n${at + 5}`));
    expect((await page(`before=${before[0]?.id}`)).length).toBe(5);
  });

  test.each([
    ['before=x', 'before'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['user=Avery', 'user'],
    ['after=1', 'after'],
  ])('is not read by %s', async (query, field) => {
    const answer = await house.call('GET', `/guilds/${here.id}/channels/${here.channel}/messages?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_body', field } } });
  });
});

test('the inside goes to whoever watches, without what leaves no trace in a channel', async () => {
  const watching = new AbortController();
  const stream = await fetch(`${house.simulator.url}/sim/events`, { signal: watching.signal });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const file = (await upload('name=x', 'x')).body.id;
  onCommand((interaction) => interaction.reply('shown'));
  const show = async (more: object) =>
    (
      await house.call('POST', `/guilds/${here.id}/commands`, {
        user: here.first,
        command: 'show',
        options: { file },
        ...more,
      })
    ).body.interactionId;
  const [kept, unkept] = [await show({}), await show({ kept: false })];
  const work = (interaction: string) => ({
    guild: here.id,
    realm: 'guilds' as const,
    origin: 'request' as const,
    operation: 'test.show',
    interaction,
    queuedAt: 1,
    mailboxMs: 0,
    handlerMs: 0,
    commitMs: 0,
    changes: [],
    changesMore: 0,
  });
  house.simulator.inside({ works: [work(unkept)], skipped: 0 });
  house.simulator.inside({ works: [work(unkept), work(kept)], skipped: 2 });
  let told = '';
  while (!told.includes('event: inside')) told += (await reader?.read())?.value ?? '';
  watching.abort();
  expect(told).toContain('"skipped":2');
  expect(told).toContain(`"interaction":"${kept}"`);
  expect(told.split('event: inside').at(1)).not.toContain(unkept);
});

test('who waits when the local Discord ends is told at once', async () => {
  const ending = await openHouse();
  const { id, first } = await firstGuild(ending);
  await ending.client.application.commands.set([{ name: 'wait', description: 'Waits' }]);
  const deferred = new Promise<void>((resolve) => {
    answerWith(ending.client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      resolve();
    });
  });
  const waiting = ending.call('POST', `/guilds/${id}/commands`, { user: first, command: 'wait', waitMs: 120_000 });
  await deferred;
  await closeHouse(ending);
  expect((await waiting).body).toMatchObject({ answered: false, deferred: true });
});
