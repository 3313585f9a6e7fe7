// Every element of Discord that the page shows and takes, with a bot of discord.js at the other end: also those that
// Guildhall's own features do not use (yet).
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ActionRowBuilder,
  type ApplicationCommandOptionData,
  ApplicationCommandOptionType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  type ChatInputCommandInteraction,
  ContainerBuilder,
  Events,
  FileBuilder,
  type Interaction,
  LabelBuilder,
  MediaGalleryBuilder,
  MentionableSelectMenuBuilder,
  MessageFlags,
  ModalBuilder,
  RoleSelectMenuBuilder,
  SectionBuilder,
  SeparatorBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  ThumbnailBuilder,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeHouse, firstGuild, type House, openHouse } from '../simulator/house.ts';
import { violations } from './axe.ts';
import { launchBrowser, noBrowser, watchMisdeeds } from './browser.ts';
import { openPage, type Player } from './player.ts';

/** A picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const kinds: readonly (readonly [string, ApplicationCommandOptionType, object?])[] = [
  ['text', ApplicationCommandOptionType.String, { choices: [{ name: 'Heads', value: 'heads' }] }],
  ['whole', ApplicationCommandOptionType.Integer, { minValue: 1, maxValue: 9 }],
  ['part', ApplicationCommandOptionType.Number],
  ['flag', ApplicationCommandOptionType.Boolean],
  ['person', ApplicationCommandOptionType.User],
  ['place', ApplicationCommandOptionType.Channel],
  ['rank', ApplicationCommandOptionType.Role],
  ['anybody', ApplicationCommandOptionType.Mentionable],
  ['similar', ApplicationCommandOptionType.String, { autocomplete: true }],
  ['file', ApplicationCommandOptionType.Attachment],
];

const rowOf = (component: ButtonBuilder | StringSelectMenuBuilder | UserSelectMenuBuilder | RoleSelectMenuBuilder) =>
  new ActionRowBuilder<typeof component>().addComponents(component).toJSON() as never;

const shown = () => ({
  flags: MessageFlags.IsComponentsV2 as const,
  files: [
    new AttachmentBuilder(pixel, { name: 'pixel.png' }),
    new AttachmentBuilder(Buffer.from('x'), { name: 'notes.txt' }),
  ],
  components: [
    new ContainerBuilder()
      .setAccentColor(0x5865f2)
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('## A container'))
      .addSectionComponents(
        new SectionBuilder()
          .addTextDisplayComponents(new TextDisplayBuilder().setContent('A section'))
          .setThumbnailAccessory(new ThumbnailBuilder().setURL('attachment://pixel.png').setDescription('A thumbnail')),
      )
      .addSeparatorComponents(new SeparatorBuilder())
      .addMediaGalleryComponents(
        new MediaGalleryBuilder().addItems({ media: { url: 'attachment://pixel.png' }, description: 'A gallery' }),
      )
      .addFileComponents(new FileBuilder().setURL('attachment://notes.txt')),
  ],
});

const chooser = () => ({
  content: 'Choose',
  components: [
    rowOf(
      new StringSelectMenuBuilder()
        .setCustomId('colours')
        .setPlaceholder('Some colours')
        .setMaxValues(2)
        .addOptions(['red', 'green', 'blue'].map((value) => ({ label: value, value }))),
    ),
    rowOf(new UserSelectMenuBuilder().setCustomId('who').setPlaceholder('A member')),
    rowOf(new RoleSelectMenuBuilder().setCustomId('role').setPlaceholder('A role')),
    rowOf(new MentionableSelectMenuBuilder().setCustomId('either').setPlaceholder('A member or a role') as never),
    rowOf(new ChannelSelectMenuBuilder().setCustomId('where').setPlaceholder('A channel') as never),
  ],
});

const form = () =>
  new ModalBuilder()
    .setCustomId('form')
    .setTitle('A form')
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('Say **who** you are'))
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Name')
        .setDescription('As others call you')
        .setTextInputComponent(new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short)),
      new LabelBuilder()
        .setLabel('Story')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('story').setStyle(TextInputStyle.Paragraph).setRequired(false),
        ),
      new LabelBuilder()
        .setLabel('Colour')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder().setCustomId('colour').addOptions([{ label: 'red', value: 'red' }]),
        ),
    );

const got = ({ options }: ChatInputCommandInteraction<'cached'>) => ({
  text: options.getString('text'),
  whole: options.getInteger('whole'),
  part: options.getNumber('part'),
  flag: options.getBoolean('flag'),
  person: options.getUser('person')?.username,
  place: options.getChannel('place')?.name,
  rank: options.getRole('rank')?.name,
  similar: options.getString('similar'),
  file: options.getAttachment('file')?.name,
});

describe.skipIf(noBrowser !== undefined)(`elements${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let house: House;
  let browser: Browser;
  let player: Player;
  let misdeeds: readonly string[];
  let release: () => void = () => undefined;
  const wrong: unknown[] = [];

  const onCommand = async (interaction: ChatInputCommandInteraction<'cached'>): Promise<void> => {
    switch (interaction.commandName) {
      case 'everything':
        await interaction.reply(`\`\`\`json\n${JSON.stringify(got(interaction))}\n\`\`\``);
        return;
      case 'slow':
        await interaction.deferReply();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        await interaction.editReply('done at last');
        return;
      case 'show':
        await interaction.reply(shown());
        return;
      case 'choose':
        await interaction.reply(chooser());
        return;
      case 'write': {
        const row = rowOf(new ButtonBuilder().setCustomId('open').setLabel('Open').setStyle(ButtonStyle.Primary));
        await interaction.user.send({ content: 'Here is a form', components: [row] });
        await interaction.reply({ content: 'Sent', flags: MessageFlags.Ephemeral });
        return;
      }
      default: {
        const { resource } = await interaction.reply({ content: 'before', withResponse: true });
        await resource?.message?.edit('after');
        await resource?.message?.react('🎉');
      }
    }
  };
  const onInteraction = async (interaction: Interaction): Promise<void> => {
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed} and more`, value: `${typed}!` }]);
    } else if (interaction.isChatInputCommand()) await onCommand(interaction as ChatInputCommandInteraction<'cached'>);
    else if (interaction.isButton()) await interaction.showModal(form());
    else if (interaction.isAnySelectMenu())
      await interaction.reply(`${interaction.customId} ${interaction.values.join()}`);
    else if (interaction.isModalSubmit()) {
      const [colour] = interaction.fields.getStringSelectValues('colour');
      await interaction.reply(`${interaction.fields.getTextInputValue('name')} likes ${colour}`);
    }
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    house = await openHouse();
    house.client.on(Events.InteractionCreate, (interaction) => {
      onInteraction(interaction).catch((error: unknown) => wrong.push(error));
    });
    await house.client.application.commands.set([
      {
        name: 'everything',
        description: 'Takes everything',
        options: kinds.map(
          ([name, type, more]) => ({ name, type, description: name, ...more }) as ApplicationCommandOptionData,
        ),
      },
      ...['slow', 'show', 'choose', 'write', 'change'].map((name) => ({ name, description: name })),
    ]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'dark' });
    context.setDefaultTimeout(10_000);
    player = await openPage(context, house.simulator.url);
    misdeeds = watchMisdeeds(player.page, house.simulator.url);
    await player.arrive();
    return async () => {
      await browser.close();
      await closeHouse(house);
    };
  });

  test('a chip of each kind, with pickers, choices, suggestions and a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-file-'));
    const path = join(folder, 'a map.png');
    await writeFile(path, pixel);
    await player.type('everything');
    const add = async (name: string): Promise<void> => {
      await player
        .pane()
        .getByRole('button', { name: `+ ${name}` })
        .click();
    };
    const pick = async (name: string, option: string): Promise<void> => {
      await add(name);
      await player.page.locator('.list:popover-open').getByRole('option', { name: option }).click();
    };
    await pick('text', 'Heads');
    for (const [name, text] of [
      ['whole', '7'],
      ['part', '0.5'],
    ] as const) {
      await add(name);
      await player.chip(name).fill(text);
    }
    await pick('flag', 'True');
    await pick('person', 'Blake');
    await pick('place', '#casino');
    await pick('rank', '@Staff');
    await pick('anybody', 'Casey');
    await add('similar');
    await player.chip('similar').fill('this');
    await player.page.getByRole('option', { name: 'this and more' }).click();
    // Some time before the key: the browser has to be told to hand the choice over.
    const choosing = player.page.waitForEvent('filechooser');
    await add('file');
    expect(await player.chip('file').innerText()).toBe('Choose a file');
    expect(await violations(player.page)).toEqual([]);
    await player.page.keyboard.press('Enter');
    await (await choosing).setFiles(path);
    await player.chip('file').filter({ hasText: 'a map.png, 70 bytes' }).waitFor();
    await player.page.locator('.tail:focus').waitFor();
    await player.page.keyboard.press('Enter');
    const answer = await player.answer('everything');
    expect(JSON.parse(await answer.locator('pre').innerText())).toEqual({
      text: 'heads',
      whole: 7,
      part: 0.5,
      flag: true,
      person: 'Blake',
      place: 'casino',
      rank: 'Staff',
      similar: 'this!',
      file: 'a map.png',
    });
  });

  test('a file that is too large is told so, and taken out with Backspace', async () => {
    await player.type('everything');
    const choosing = player.page.waitForEvent('filechooser');
    await player.pane().getByRole('button', { name: '+ file' }).click();
    await player.page.keyboard.press('Enter');
    await (await choosing).setFiles({
      name: 'big.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    await player.chip('file').filter({ hasText: 'Your files are too powerful' }).waitFor();
    await player.pane().getByRole('button', { name: 'Run' }).click();
    await player.page.getByText('file: Your files are too powerful').waitFor();
    await player.chip('file').press('Backspace');
    expect(await player.chip('file').innerText()).toBe('Choose a file');
    await player.chip('file').press('Backspace');
    expect(await player.chip('file').count()).toBe(0);
    // There was no other chip, so the command itself was left, and can be typed on.
    expect(await player.field().inputValue()).toBe('/everything');
    await player.field().fill('');
  });

  test('an answer that takes its time is thought about, and then there', async () => {
    await player.run('slow');
    await player.messages('is thinking…').waitFor();
    release();
    await player.messages('done at last').waitFor();
    expect(await player.messages('is thinking…').count()).toBe(0);
  });

  test('a message of components: container, section, thumbnail, separator, gallery, file', async () => {
    await player.run('show');
    const answer = await player.answer('show');
    await answer.locator('.container .title-2', { hasText: 'A container' }).waitFor();
    await answer.locator('.section', { hasText: 'A section' }).waitFor();
    for (const name of ['A thumbnail', 'A gallery']) {
      const picture = answer.getByRole('img', { name });
      await picture.waitFor();
      await player.page.waitForFunction(
        '[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)',
      );
    }
    expect(await answer.locator('hr').count()).toBe(1);
    const link = answer.getByRole('link', { name: /notes\.txt/ });
    const downloading = player.page.waitForEvent('download');
    await link.click();
    expect((await downloading).suggestedFilename()).toBe('notes.txt');
    expect(await violations(player.page)).toEqual([]);
  });

  test('selects of every kind, one value or several', async () => {
    const { guild, second, channel } = await firstGuild(house);
    await player.run('choose');
    await player.answer('choose');
    const choose = async (placeholder: string, ...options: string[]): Promise<void> => {
      await player.page.getByRole('combobox', { name: placeholder, exact: true }).click();
      for (const name of options) {
        await player.page.locator('.list:popover-open').getByRole('option', { name, exact: true }).click();
      }
    };
    const nameOf = (id: string) => guild.members.find((member) => member.id === id)?.name ?? '';
    await choose('Some colours', 'red', 'blue');
    await player.page.keyboard.press('Escape');
    await player.messages('colours red,blue').waitFor();
    await choose('A member', nameOf(second));
    await player.messages(`who ${second}`).waitFor();
    await choose('A role', '@Staff');
    await player
      .messages(/^.*role \d+/s)
      .last()
      .waitFor();
    await choose('A member or a role', nameOf(second));
    await player.messages(`either ${second}`).waitFor();
    await choose('A channel', `#${guild.channels[0]?.name}`);
    await player.messages(`where ${channel}`).waitFor();
  });

  test('a message that is edited and gets a reaction of the bot', async () => {
    await player.run('change');
    const answer = await player.answer('change');
    await answer.getByText('(edited)').waitFor();
    expect(await answer.innerText()).toContain('after');
    const reaction = answer.locator('.reaction', { hasText: '🎉 1' });
    await reaction.click();
    await answer.locator('.reaction[aria-pressed=true]', { hasText: '🎉 2' }).waitFor();
  });

  test('a form in direct messages, with a text, fields and a choice', async () => {
    await player.run('write');
    await player.answer('write');
    await player.page.locator('#direct-list button').click();
    const message = player.messages('Here is a form');
    await message.waitFor();
    await message.getByRole('button', { name: 'Open' }).click();
    const dialog = player.page.getByRole('dialog', { name: 'A form' });
    await dialog.getByText('Say who you are').waitFor();
    expect(await violations(player.page)).toEqual([]);
    await dialog.getByLabel('Name').fill('Kim');
    await dialog.getByLabel('Colour').click();
    await player.page.getByRole('option', { name: 'red' }).click();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await player.messages('Kim likes red').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await player.page.locator('#channel-list button').first().click();
  });

  test('all this time nothing went wrong', () => {
    expect(wrong).toEqual([]);
    expect(misdeeds).toEqual([]);
  });
});
