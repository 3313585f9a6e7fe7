import {
  type ApplicationCommandOptionData,
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWith, closeHouse, firstGuild, type House, openHouse, stateOf } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;

const kinds = [
  ['text', ApplicationCommandOptionType.String],
  ['whole', ApplicationCommandOptionType.Integer],
  ['part', ApplicationCommandOptionType.Number],
  ['flag', ApplicationCommandOptionType.Boolean],
  ['user', ApplicationCommandOptionType.User],
  ['channel', ApplicationCommandOptionType.Channel],
  ['role', ApplicationCommandOptionType.Role],
  ['anybody', ApplicationCommandOptionType.Mentionable],
] as const;

beforeAll(async () => {
  house = await openHouse();
  here = await firstGuild(house);
  await house.client.application.commands.set([
    {
      name: 'echo',
      description: 'Says what it got',
      options: kinds.map(([name, type]) => ({ name, type, description: name }) as ApplicationCommandOptionData),
    },
    {
      name: 'bank',
      description: 'The bank',
      options: [
        {
          name: 'deposit',
          description: 'Put in',
          type: ApplicationCommandOptionType.Subcommand,
          options: [
            { name: 'amount', description: 'How much', type: ApplicationCommandOptionType.String, required: true },
          ],
        },
      ],
    },
    {
      name: 'find',
      description: 'Finds',
      options: [
        { name: 'what', description: 'What', type: ApplicationCommandOptionType.String, autocomplete: true },
        { name: 'where', description: 'Where', type: ApplicationCommandOptionType.String },
      ],
    },
  ]);
  await house.client.application.commands.set(
    [{ name: 'secret', description: 'For staff', defaultMemberPermissions: ['ManageGuild'] }],
    here.id,
  );
});
afterAll(() => closeHouse(house));

const run = (command: string, options: object = {}, more: object = {}) =>
  house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, command, options, ...more });

const slash = (handle: (interaction: ChatInputCommandInteraction<'cached'>) => Promise<unknown>) =>
  answerWith(house.client, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand() && interaction.inCachedGuild()) await handle(interaction);
  });

describe('registration', () => {
  test('shows global and server commands in the state', async () => {
    const { commands, ready } = await stateOf(house);
    expect(ready).toBe(true);
    expect(commands.map(({ name, guild_id }) => [name, guild_id])).toEqual([
      ['echo', undefined],
      ['bank', undefined],
      ['find', undefined],
      ['secret', here.id],
    ]);
  });

  test('keeps the ids of commands that stay', async () => {
    const before = await house.client.application.commands.fetch();
    const after = await house.client.application.commands.set(before.map((command) => command.toJSON() as never));
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  });
});

describe('a slash command', () => {
  test('is answered, and the answer is what the person sees', async () => {
    slash((interaction) => interaction.reply({ content: 'hello', embeds: [{ title: 'card' }] }));
    const { body } = await run('echo');
    expect(body).toMatchObject({ answered: true, deferred: false, ephemeral: false });
    expect(body.message).toMatchObject({ content: 'hello', embeds: [{ title: 'card' }] });
    expect(body.latencyMs).toBeGreaterThan(0);
  });

  test('carries every kind of option', async () => {
    const seen: unknown[] = [];
    slash(async (interaction) => {
      const { options } = interaction;
      seen.push(
        options.getString('text'),
        options.getInteger('whole'),
        options.getNumber('part'),
        options.getBoolean('flag'),
        options.getUser('user')?.username,
        options.getMember('user')?.id,
        options.getChannel('channel')?.name,
        options.getRole('role')?.name,
        options.getMentionable('anybody')?.toString(),
      );
      await interaction.reply('ok');
    });
    const staff = here.guild.roles.find(({ name }) => name === 'Staff')?.id;
    await run('echo', {
      text: 'words',
      whole: 3,
      part: 1.5,
      flag: true,
      user: here.second,
      channel: here.channel,
      role: staff,
      anybody: staff,
    });
    expect(seen).toEqual(['words', 3, 1.5, true, 'Casey', here.second, 'general', 'Staff', `<@&${staff}>`]);
  });

  test('gives a number as text where text is declared, and any other wrong type as it is', async () => {
    const seen: unknown[] = [];
    slash(async (interaction) => {
      seen.push(...interaction.options.data.map(({ name, value }) => [name, value]));
      await interaction.reply('ok');
    });
    await run('echo', { text: 5, whole: 'five', flag: 'yes', user: 7, surprise: true });
    expect(seen).toEqual([
      ['text', '5'],
      ['whole', 'five'],
      ['flag', 'yes'],
      ['user', 7],
      ['surprise', true],
    ]);
  });

  test('resolves a user who is no member without a member', async () => {
    const other = await house.call('POST', '/guilds', { name: 'Elsewhere', members: 6 });
    const stranger = (other.body['members'] as { id: string; bot: boolean }[]).at(-1)?.id;
    const seen: unknown[] = [];
    slash(async (interaction) => {
      seen.push(interaction.options.getUser('user')?.id, interaction.options.getMember('user'));
      await interaction.reply('ok');
    });
    await run('echo', { user: stranger });
    expect(seen).toEqual([stranger, null]);
  });

  test('finds its subcommand', async () => {
    slash((interaction) =>
      interaction.reply(`${interaction.options.getSubcommand()} ${interaction.options.getString('amount')}`),
    );
    expect((await run('bank deposit', { amount: 5 })).body.message.content).toBe('deposit 5');
  });

  test('tells the bot who asks, where and with what permissions', async () => {
    const seen: unknown[] = [];
    slash(async (interaction) => {
      seen.push(interaction.guildId, interaction.user.id, interaction.memberPermissions.has('Administrator'));
      await interaction.reply('ok');
    });
    await run('echo', {}, { user: here.owner });
    await run('echo');
    expect(seen).toEqual([here.id, here.owner, true, here.id, here.first, false]);
  });

  test('with a given id uses that id', async () => {
    slash((interaction) => interaction.reply(interaction.id));
    const { body } = await run('echo', {}, { interactionId: '123456789012345678' });
    expect(body.message.content).toBe('123456789012345678');
    expect(body.interactionId).toBe('123456789012345678');
  });
});

describe('an answer', () => {
  test('for one person is seen by that person alone', async () => {
    slash((interaction) => interaction.reply({ content: 'psst', flags: MessageFlags.Ephemeral }));
    const { body } = await run('echo');
    expect(body).toMatchObject({ ephemeral: true, message: { content: 'psst', viewer: here.first } });
    const path = `/guilds/${here.id}/channels/${here.channel}/messages`;
    const visibleTo = async (user: string) =>
      ((await house.call('GET', `${path}?user=${user}`)).body as unknown as { id: string }[]).some(
        ({ id }) => id === body.message.id,
      );
    expect(await visibleTo(here.first)).toBe(true);
    expect(await visibleTo(here.second)).toBe(false);
  });

  test('deferred is waited for', async () => {
    slash(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('at last');
    });
    expect((await run('echo')).body).toMatchObject({
      answered: true,
      deferred: true,
      ephemeral: true,
      message: { content: 'at last' },
    });
  });

  test('deferred and never given is no answer', async () => {
    slash((interaction) => interaction.deferReply());
    expect((await run('echo', {}, { waitMs: 50 })).body).toMatchObject({ answered: false, deferred: true });
  });

  test('deferred for all, taken back and told to one person alone is that private message', async () => {
    slash(async (interaction) => {
      await interaction.deferReply();
      await interaction.deleteReply();
      await interaction.followUp({ content: 'only you', flags: MessageFlags.Ephemeral });
    });
    expect((await run('echo')).body).toMatchObject({
      answered: true,
      deferred: true,
      ephemeral: true,
      message: { content: 'only you' },
    });
  });

  test('that the first follow-up gives takes the place of the deferred one', async () => {
    slash(async (interaction) => {
      await interaction.deferReply();
      const first = await interaction.followUp('first');
      const original = await interaction.fetchReply();
      await interaction.followUp(String(first.id === original.id));
    });
    const { body } = await run('echo');
    expect(body.message.content).toBe('first');
    await expect
      .poll(async () => {
        const path = `/guilds/${here.id}/channels/${here.channel}/messages`;
        const all = (await house.call('GET', path)).body as unknown as { content: string }[];
        return all.at(-1)?.content;
      })
      .toBe('true');
  });

  test('can be fetched with the response, edited and deleted', async () => {
    const seen: unknown[] = [];
    slash(async (interaction) => {
      const response = await interaction.reply({ content: 'one', withResponse: true });
      seen.push(response.resource?.message?.content, response.interaction.responseMessageId !== null);
      seen.push((await interaction.editReply('two')).content, (await interaction.fetchReply()).content);
      await interaction.deleteReply();
      seen.push('deleted');
    });
    const { body } = await run('echo');
    await expect.poll(() => seen).toEqual(['one', true, 'two', 'two', 'deleted']);
    const path = `/guilds/${here.id}/channels/${here.channel}/messages`;
    const all = (await house.call('GET', path)).body as unknown as { id: string }[];
    expect(all.some(({ id }) => id === body.message.id)).toBe(false);
  });

  test('may carry files', async () => {
    slash((interaction) =>
      interaction.reply({ content: 'look', files: [{ attachment: Buffer.from('picture'), name: 'rank.png' }] }),
    );
    const [file] = (await run('echo')).body.message.attachments;
    expect(file).toMatchObject({ filename: 'rank.png', size: 7 });
    const response = await fetch(file?.url ?? '');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await response.text()).toBe('picture');
  });
});

describe('autocomplete', () => {
  test('gives the choices for what is typed', async () => {
    answerWith(house.client, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name}:${value}:${interaction.options.getString('where')}`, value: 'v' }]);
    });
    const body = { user: here.first, command: 'find', options: { what: 'ca', where: 'here' }, focused: 'what' };
    const answer = await house.call('POST', `/guilds/${here.id}/autocomplete`, body);
    expect(answer.body).toMatchObject({ answered: true, choices: [{ name: 'what:ca:here', value: 'v' }] });
    const wrong = await house.call('POST', `/guilds/${here.id}/autocomplete`, { ...body, focused: 'where' });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'no_autocomplete', field: 'focused' } } });
  });
});

describe("Discord's client does not let a person", () => {
  test.each([
    ['run what is not registered', { command: 'nothing' }, 404, 'unknown_command', 'command'],
    ['run a subcommand that is not there', { command: 'bank rob' }, 404, 'unknown_command', 'command'],
    ['run a command without its subcommand', { command: 'bank' }, 400, 'incomplete_command', 'command'],
    ['run what is not shown to them', { command: 'secret' }, 403, 'missing_permissions', 'user'],
    ['act in a server they are not in', { command: 'echo', user: '123456789012345678' }, 404, 'unknown_member', 'user'],
    [
      'act in a channel that is not there',
      { command: 'echo', channel: '123456789012345678' },
      404,
      'unknown_channel',
      'channel',
    ],
  ])('%s', async (_what, body, status, code, field) => {
    const answer = await house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, ...body });
    expect(answer).toMatchObject({ status, body: { error: { code, field } } });
  });

  test('but the owner sees what is for staff', async () => {
    slash((interaction) => interaction.reply('fine'));
    expect((await run('secret', {}, { user: here.owner })).body.answered).toBe(true);
  });
});
