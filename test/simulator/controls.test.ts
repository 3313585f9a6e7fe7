import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWith, closeHouse, firstGuild, type House, openHouse } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;

beforeAll(async () => {
  house = await openHouse();
  here = await firstGuild(house);
  await house.client.application.commands.set([{ name: 'show', description: 'Shows controls' }]);
});
afterAll(() => closeHouse(house));

const button = (customId: string, label = customId) =>
  new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Primary);
const rowOf = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);
const picker = () =>
  new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('colour')
      .setMaxValues(2)
      .addOptions(['red', 'green', 'blue'].map((value) => ({ label: value, value }))),
  );
const people = () =>
  new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(new UserSelectMenuBuilder().setCustomId('who'));
const form = () =>
  new ModalBuilder()
    .setCustomId('form')
    .setTitle('A form')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Name')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short).setMaxLength(5),
        ),
      new LabelBuilder().setLabel('Colour').setStringSelectMenuComponent(
        new StringSelectMenuBuilder()
          .setCustomId('shade')
          .setRequired(false)
          .addOptions([{ label: 'red', value: 'red' }]),
      ),
    );

const onUse = (handle: (interaction: Interaction<'cached'>) => Promise<unknown>) =>
  answerWith(house.client, async (interaction) => {
    if (!interaction.inCachedGuild()) return;
    if (interaction.isChatInputCommand()) {
      const isPrivate = interaction.channelId !== here.channel;
      await interaction.reply({
        content: 'use these',
        components: [rowOf(button('go'), button('off').setDisabled(true)), picker(), people()],
        ...(isPrivate ? { flags: MessageFlags.Ephemeral as const } : {}),
      });
      return;
    }
    await handle(interaction);
  });
const show = async (channel = here.channel) =>
  (await house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, command: 'show', channel })).body.message
    .id;
const press = (message: string, customId: string, more: object = {}) =>
  house.call('POST', `/guilds/${here.id}/components`, { user: here.first, message, customId, ...more });
const submit = (fields: object, more: object = {}) =>
  house.call('POST', `/guilds/${here.id}/modals`, { user: here.first, customId: 'form', fields, ...more });

describe('a button', () => {
  test('changes the message it is on', async () => {
    onUse(async (interaction) => {
      if (interaction.isButton()) await interaction.update({ content: 'gone', components: [] });
    });
    const message = await show();
    const { body } = await press(message, 'go');
    expect(body).toMatchObject({ answered: true, message: { id: message, content: 'gone', components: [] } });
  });

  test('may be answered later: the edit of its message is waited for', async () => {
    onUse(async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply({ content: 'later' });
    });
    const message = await show();
    expect((await press(message, 'go')).body).toMatchObject({
      answered: true,
      deferred: true,
      message: { id: message, content: 'later' },
    });
  });

  test('may be answered later by a message of its own', async () => {
    onUse(async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.followUp('new');
    });
    const message = await show();
    expect((await press(message, 'go')).body).toMatchObject({
      answered: true,
      deferred: true,
      message: { content: 'new' },
    });
  });

  test('may be answered by a message of its own', async () => {
    onUse(async (interaction) => {
      if (interaction.isButton()) await interaction.reply({ content: 'mine', flags: MessageFlags.Ephemeral });
    });
    const message = await show();
    const { body } = await press(message, 'go', { user: here.second });
    expect(body).toMatchObject({ ephemeral: true, message: { content: 'mine', viewer: here.second } });
    expect(body.message.id).not.toBe(message);
  });
});

describe('a select', () => {
  test('gives its values', async () => {
    onUse(async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join('+'));
    });
    expect((await press(await show(), 'colour', { values: ['red', 'blue'] })).body.message.content).toBe('red+blue');
  });

  test('of users gives the members', async () => {
    onUse(async (interaction) => {
      if (interaction.isUserSelectMenu()) await interaction.reply(interaction.members.map(({ id }) => id).join());
    });
    expect((await press(await show(), 'who', { values: [here.second] })).body.message.content).toBe(here.second);
  });

  test.each([[[]], [['red', 'green', 'blue']], [['black']]])('takes no %j', async (values) => {
    expect(await press(await show(), 'colour', { values })).toMatchObject({
      status: 400,
      body: { error: { code: 'wrong_values', field: 'values' } },
    });
  });
});

describe('a form', () => {
  test('opens, is filled in and answered', async () => {
    onUse(async (interaction) => {
      if (interaction.isButton()) await interaction.showModal(form());
      if (interaction.isModalSubmit()) {
        const shades = interaction.fields.getStringSelectValues('shade');
        await interaction.reply(
          `${interaction.fields.getTextInputValue('name')} ${shades.join()} ${interaction.message?.id}`,
        );
      }
    });
    const message = await show();
    const opened = await press(message, 'go');
    expect(opened.body).toMatchObject({
      answered: true,
      modal: {
        customId: 'form',
        title: 'A form',
        fields: [
          { customId: 'name', label: 'Name' },
          { customId: 'shade', label: 'Colour' },
        ],
      },
    });
    expect(await submit({ name: 'far too long' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_field', field: 'fields.name' } },
    });
    expect(await submit({})).toMatchObject({ status: 400, body: { error: { field: 'fields.name' } } });
    expect(await submit({ name: 'Kim', other: 'x' })).toMatchObject({ body: { error: { field: 'fields.other' } } });
    expect((await submit({ name: 'Kim', shade: ['red'] })).body.message.content).toBe(`Kim red ${message}`);
    // Sent, so closed.
    expect(await submit({ name: 'Kim' })).toMatchObject({ status: 409, body: { error: { code: 'no_such_modal' } } });
  });

  test('cannot answer a form', async () => {
    const errors = onUse(async (interaction) => {
      if (interaction.isButton()) await interaction.showModal(form());
      // The client has no such method, a bot of its own making would.
      if (interaction.isModalSubmit()) {
        await house.client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
          body: { type: 9, data: form().toJSON() },
          auth: false,
        });
      }
    });
    await press(await show(), 'go');
    const answer = submit({ name: 'Kim' });
    await expect.poll(() => errors).toMatchObject([{ code: 50035 }]);
    await house.call('POST', '/clock', { advanceMs: 3_000 });
    expect((await answer).body.answered).toBe(false);
  });
});

describe("Discord's client does not let a person", () => {
  test('press what is disabled, what is not there, or what another alone sees', async () => {
    onUse(() => Promise.resolve());
    const message = await show();
    expect(await press(message, 'off')).toMatchObject({ status: 409, body: { error: { code: 'component_disabled' } } });
    expect(await press(message, 'none')).toMatchObject({ status: 404, body: { error: { code: 'unknown_component' } } });
    expect(await press('123456789012345678', 'go')).toMatchObject({
      status: 404,
      body: { error: { field: 'message' } },
    });
    const hidden = await show(here.guild.channels[1]?.id);
    expect(await press(hidden, 'go', { user: here.second })).toMatchObject({
      status: 403,
      body: { error: { code: 'not_visible' } },
    });
  });

  test('unless the request is forged', async () => {
    onUse(async (interaction) => {
      if (interaction.isButton()) await interaction.reply(`pressed ${interaction.customId}`);
    });
    const message = await show();
    expect((await press(message, 'made up', { forge: true })).body.message.content).toBe('pressed made up');
    expect((await press(message, 'off', { forge: true })).body.message.content).toBe('pressed off');
  });
});

test('a message of components alone is taken with its flag', async () => {
  answerWith(house.client, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply({
      components: [new TextDisplayBuilder().setContent('only text')],
      flags: MessageFlags.IsComponentsV2,
    });
  });
  const { body } = await house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, command: 'show' });
  expect(body.message.components).toMatchObject([{ type: 10, content: 'only text' }]);
});
