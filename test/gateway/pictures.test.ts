import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { show } from '../../src/kernel/card.ts';
import type { GuildId } from '../../src/kernel/ids.ts';
import { type EffectsHouse, openEffectsHouse, type Said } from './effects-house.ts';
import { chartCard } from './house.ts';

// Pictures of answers and of effects, over the real discord.js client and the local Discord.

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const drawing = { isBroken: false, delayMs: 0 };
const render = async (): Promise<Uint8Array> => {
  if (drawing.delayMs > 0) await sleep(drawing.delayMs);
  if (drawing.isBroken) throw new Error('no colours left');
  return png;
};

interface Shown {
  readonly deferred: boolean;
  readonly message: Said;
}

let house: EffectsHouse;
let guild: GuildId;
let channel: string;
let people: readonly string[];

beforeAll(async () => {
  house = await openEffectsHouse({ pictures: { render } });
  ({ guild, channel, people } = await house.settle(1));
});
afterAll(() => house.stop());
beforeEach(() => {
  Object.assign(drawing, { isBroken: false, delayMs: 0 });
  house.lines.length = 0;
});

const ask = (): Promise<Shown> =>
  house.call('POST', `/guilds/${guild}/commands`, { user: people[0], command: 'chart' });
const contentOf = async ({ attachments }: Said): Promise<Uint8Array> => {
  const response = await fetch(attachments[0]?.url ?? '');
  expect(response.headers.get('content-type')).toBe('image/png');
  return new Uint8Array(await response.arrayBuffer());
};
const withPictures = {
  embeds: [
    { title: 'Rising', image: { url: 'attachment://picture-1.png' } },
    { title: 'Plain' },
    { image: { url: 'attachment://picture-2.png' } },
  ],
  attachments: [
    { filename: 'picture-1.png', description: 'A line that rises' },
    { filename: 'picture-2.png', description: '—' },
  ],
};
const isQuiet = async (): Promise<void> => expect([house.lines, await house.refusals()]).toEqual([[], []]);

test('an answer brings its pictures, with words for those who cannot see them', async () => {
  const { deferred, message } = await ask();
  expect(deferred).toBe(false);
  expect(message).toMatchObject(withPictures);
  expect(message.embeds[1]).not.toHaveProperty('image');
  expect(await contentOf(message)).toEqual(png);
  await isQuiet();
});

test('a picture that takes long is deferred with its answer', async () => {
  drawing.delayMs = 2_200;
  const { deferred, message } = await ask();
  expect(deferred).toBe(true);
  expect(message).toMatchObject(withPictures);
  await isQuiet();
});

test('an answer whose pictures cannot be drawn goes without', async () => {
  drawing.isBroken = true;
  const { message } = await ask();
  expect(message.attachments).toEqual([]);
  expect(message.embeds).toMatchObject([{ title: 'Rising' }, { title: 'Plain' }, { description: '—' }]);
  expect(message.embeds[0]).not.toHaveProperty('image');
  expect(house.lines).toMatchObject([
    { level: 40, msg: 'a picture could not be drawn' },
    { level: 40, msg: 'a picture could not be drawn' },
  ]);
  expect(await house.refusals()).toEqual([]);
});

test('what takes the place of a message leaves none of its pictures', async () => {
  const { message } = await ask();
  const press = { user: people[0], message: message.id, customId: 'g1~test.step~3~{"count":1}' };
  const pressed = await house.call<Shown>('POST', `/guilds/${guild}/components`, press);
  expect(pressed.message).toMatchObject({ id: message.id, content: '1 presses', attachments: [] });
});

test('an effect brings its picture, and without it when it cannot be drawn', async () => {
  const post = async (): Promise<Said | undefined> => {
    const end = await house.perform(guild, 'discord.post', { channel, card: show(chartCard, undefined) });
    expect(end).toMatchObject({ done: {} });
    return (await house.messages(guild, channel)).at(-1);
  };
  const message = await post();
  expect(message).toMatchObject({
    embeds: [{ title: 'Rising', image: { url: 'attachment://picture-1.png' } }],
    attachments: [{ filename: 'picture-1.png', description: 'A line that rises' }],
  });
  drawing.isBroken = true;
  expect(await post()).toMatchObject({ embeds: [{ title: 'Rising' }], attachments: [] });
  const edit = { channel, message: message?.id, card: show(chartCard, undefined) };
  expect(await house.perform(guild, 'discord.edit', edit)).toEqual({ done: {} });
  const edited = (await house.messages(guild, channel)).find(({ id }) => id === message?.id);
  expect(edited).toMatchObject({ attachments: [] });
  expect(edited?.embeds[0]).not.toHaveProperty('image');
});
