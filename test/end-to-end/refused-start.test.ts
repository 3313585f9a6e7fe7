// What `npm start` says when it must not start: one clear line, and nothing is changed.
import { type FileHandle, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from '../../src/storage/codec.ts';
import { storeKey } from '../../src/storage/row-keys.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';
import { EndedEarly, freshFolder, Guildhall } from './guildhall.ts';

// More than a few payments fill.
const lookedAtBytes = 65_536;

let folder: string;
let hall: Guildhall | undefined;
let journal: FileHandle;
let guild: string;
let payer: string;

const contents = async (): Promise<Buffer> => {
  const { buffer } = await journal.read(Buffer.alloc(lookedAtBytes), 0, lookedAtBytes, 0);
  return buffer;
};
const overwrite = (offset: number, bytes: Uint8Array): Promise<unknown> =>
  journal.write(bytes, 0, bytes.length, offset);

/** A bot that was killed: its journal has some blocks, none of them in a snapshot. */
beforeAll(async () => {
  folder = await freshFolder();
  hall = await Guildhall.start(folder, { GUILDHALL_SNAPSHOT_SECONDS: '3600' });
  const [first] = (await hall.state()).guilds;
  const people = first?.members.filter(({ bot }) => !bot).map(({ id }) => id) ?? [];
  guild = first?.id ?? '';
  payer = people[0] ?? '';
  for (let count = 0; count < 5; count += 1) await hall.command(guild, payer, 'pay', { member: people[1], amount: 1 });
  await hall.killAll();
  hall = undefined;
  const name = (await readdir(join(folder, 'journal'))).find((one) => one.endsWith('.journal')) ?? '';
  journal = await open(join(folder, 'journal', name), 'r+');
});
afterAll(async () => {
  await journal.close();
  await hall?.killAll();
});

/** It ends by itself, with code 1 and this one line. */
const expectRefused = async (words: readonly (string | RegExp)[], environment = {}): Promise<string> => {
  const error: unknown = await Guildhall.start(folder, environment).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EndedEarly);
  const { message, code } = error as EndedEarly;
  expect(message.trim().split('\n')).toHaveLength(1);
  expect(message).toMatch(/^Guildhall cannot start: /);
  for (const word of words) expect(message).toMatch(word);
  expect(code).toBe(1);
  return message;
};

/** Refused with the journal like this, which is left as it is; afterwards it is put back. */
const expectJournalRefused = async (offset: number, bytes: Uint8Array, words: readonly RegExp[]): Promise<void> => {
  const good = await contents();
  await overwrite(offset, bytes);
  const given = await contents();
  await expectRefused([...words, 'Nothing was changed']);
  expect((await contents()).equals(given)).toBe(true);
  await overwrite(0, good);
};

test('fault 53: a journal damaged in the middle is refused, saying where and what helps', () =>
  // Inside the first block, with later ones behind it.
  expectJournalRefused(100, Buffer.from('damage'), [/0000000000000001\.journal is damaged at byte \d+/, /backup/]));

test('fault 55: a journal of a newer version is refused', async () => {
  const header = (await contents()).subarray(0, 32);
  header.writeUInt32LE(header.readUInt32LE(12) + 1, 12);
  header.writeUInt32LE(crc32(header.subarray(12)), 8);
  await expectJournalRefused(0, header, [/newer version/]);
});

test('fault 55: rows of a newer version are refused, and the journal is not touched', async () => {
  const replace = async (value: Uint8Array | undefined): Promise<Uint8Array | undefined> => {
    const rows = await openLmdbRows({ folder: join(folder, 'rows') });
    const before = rows.get(storeKey);
    await rows.write([{ key: storeKey, value }]);
    await rows.close();
    return before;
  };
  const good = await replace(pack([99, 0, 'something new']));
  const given = await contents();
  await expectRefused([/newer version/, 'Nothing was changed']);
  expect((await contents()).equals(given)).toBe(true);
  await replace(good);
});

test.each([
  { content: undefined, says: /defaults\.json cannot be read/ },
  { content: 'daily.amount = 200', says: /is no JSON object of texts/ },
  { content: '{"daily.amount": 200}', says: /is no JSON object of texts/ },
  { content: '{"daily.amuont": "200"}', says: /there is no setting daily\.amuont/ },
  { content: '{"daily.amount": "-200"}', says: /daily\.amount takes 0 – 1,000,000,000/ },
])('defaults such as $content are refused', async ({ content, says }) => {
  const file = join(await freshFolder(), 'defaults.json');
  if (content !== undefined) await writeFile(file, content);
  await expectRefused(['GUILDHALL_DEFAULTS', says], { GUILDHALL_DEFAULTS: file });
});

test('fault 53: a torn end is cut, and everything answered is there, whatever was refused before', async () => {
  const end = (await contents()).findLastIndex((byte) => byte !== 0) + 1;
  await overwrite(end + 8, Buffer.from('half a block'));
  hall = await Guildhall.start(folder);
  expect(await hall.balance(guild, payer)).toEqual({ wallet: 95, bank: 0 });
});

test('faults 23 and 44: a bot on Discord itself is kept out of a folder in use, before it logs in anywhere', async () => {
  const token = ['MTAwMDAwMDAwMDAwMDAwMDAx', 'GhIjKl', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join('.');
  const message = await expectRefused([/in use by process \d+/, 'GUILDHALL_DATA'], { DISCORD_TOKEN: token });
  expect(message).not.toContain(token);
  expect(await hall?.balance(guild, payer)).toEqual({ wallet: 95, bank: 0 });
});
