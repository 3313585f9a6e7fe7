// Every call that cannot be done: one clear line, exit code not 0, nothing changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guild, Installation, member, type Running } from '../backup/installation.ts';

let house: Installation;
let bot: Running | undefined;
const paths: Record<string, string> = {};

beforeAll(async () => {
  house = await Installation.make();
  bot = await house.start();
  for (const who of [1, 2]) await bot.ask(guild(1), member(who), 'economy.daily');
  await house.run('backup');
  await bot.stop();
  bot = undefined;
  Object.assign(paths, {
    data: house.data,
    backups: join(house.data, 'backups'),
    missing: join(house.home, 'missing'),
    empty: join(house.home, 'empty'),
    file: join(house.home, 'file'),
    torn: join(house.home, 'torn', 'backup-20260101T000000000Z'),
  });
  await mkdir(join(house.home, 'empty'));
  await mkdir(paths['torn'] ?? '', { recursive: true });
  await writeFile(join(paths['torn'] ?? '', 'manifest.json'), '{}\n');
  await writeFile(join(house.home, 'file'), 'a file');
});
afterAll(async () => {
  await bot?.stop();
  await house.remove();
});

/** Names and contents of all files, but for what a lock leaves and LMDB's table of readers. */
const contents = async (): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const entry of await readdir(house.home, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (/owner\.(lock|txt)|lock\.mdb|\/requests/.test(path)) continue;
    const content = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : 'folder';
    found.set(path, content);
  }
  return found;
};
const filled = (args: string): readonly string[] =>
  args
    .split(' ')
    .filter((arg) => arg !== '')
    .map((arg) => arg.replace(/^@(\w+)$/, (_, name: string) => paths[name] ?? ''));

const expectRefused = async (args: string, line: RegExp): Promise<void> => {
  const before = await contents();
  const failure: unknown = await house.run(...filled(args)).catch((reason: unknown) => reason);
  expect(failure).toBeInstanceOf(Error);
  const { message } = failure as Error;
  expect(message).toMatch(line);
  expect(message.split('\n')).toHaveLength(1);
  expect(await contents()).toEqual(before);
};

const known = guild(1);
const cases: readonly (readonly [args: string, line: RegExp])[] = [
  ['', /no command was given/],
  ['bakcup', /no command bakcup/],
  ['toString', /no command toString/],
  ['backup --too @empty', /Unknown option '--too'/],
  ['backup more', /Unexpected argument 'more'/],
  ['backup --to', /argument missing|missing/i],
  ['backup --data @missing', /missing is no folder/],
  ['backup --data @empty', /empty has no store/],
  ['backup --data @file', /file is no folder/],
  ['backup --to @file', /file is no folder/],
  ['backups --data @missing', /is no folder/],
  ['backups --from @file', /is no folder/],
  ['restore', /--from is missing/],
  ['restore --from @missing --to @missing', /is no folder/],
  ['restore --from @empty --to @missing', /has no backup/],
  ['restore --from @torn --to @missing', /damaged backup/],
  ['restore --from @backups', /is not empty/],
  ['restore --from @backups --to @file', /is no folder/],
  ['restore --from @backups --to @missing --at yesterday', /yesterday is no time/],
  ['restore --from @backups --to @missing --at 2026-13-01T00:00:00Z', /is no time/],
  ['restore --from @backups --to @missing --at 2020-01-01T00:00:00Z', /outside history/],
  ['restore --from @backups --to @missing --at 2036-01-01T00:00:00Z', /outside history/],
  ['restore --from @backups --to @missing --history @empty', /has no store/],
  [`restore-guild --guild ${known}`, /--from is missing/],
  ['restore-guild --from @backups', /--guild is missing/],
  ['restore-guild --from @backups --guild mine', /no id of a server/],
  [`restore-guild --from @backups --guild ${guild(9)}`, /is unknown here/],
  ['restore-guild --from @backups --guild 10000000000000000', /no server/],
  [`restore-guild --from @empty --guild ${known}`, /has no backup/],
  [`restore-guild --from @torn --guild ${known}`, /damaged backup/],
  [`restore-guild --from @backups --guild ${known} --at 2020-01-01T00:00:00Z`, /outside history/],
  [`restore-guild --from @backups --guild ${known} --at 2036-01-01T00:00:00Z`, /outside history/],
  [`restore-guild --from @backups --guild ${known} --data @empty`, /has no store/],
  [`restore-guild --from @backups --guild ${known} --dry-run=yes`, /does not take an argument/],
  ['verify --data @missing', /is no folder/],
  ['verify --data @empty', /has no store/],
  ['verify --from @empty', /has no backup/],
  ['verify --from @torn', /damaged backup/],
  ['compact --data @empty', /has no store/],
  ['compact --fast', /Unknown option '--fast'/],
];

describe('without a bot', () => {
  for (const [args, line] of cases) {
    test(`guildhall ${args}`, () => expectRefused(args, line));
  }
});

describe('with a store in use', () => {
  const inUse: readonly (readonly [args: string, line: RegExp])[] = [
    ['verify', /is in use/],
    ['compact', /is in use/],
    ['restore --from @backups', /is not empty/],
    [`restore-guild --from @backups --guild ${guild(9)}`, /is unknown here/],
    ['backup --to @file', /file is no folder/],
  ];
  for (const [args, line] of inUse) {
    test(`guildhall ${args}`, async () => {
      bot = await house.start();
      await bot.upkeep.run();
      try {
        await expectRefused(args, line);
      } finally {
        await bot.stop();
        bot = undefined;
      }
    });
  }
});

describe('the command itself', () => {
  const entry = join(import.meta.dirname, '../../src/guildhall.ts');
  const call = (...args: readonly string[]) =>
    spawnSync(process.execPath, [entry, ...args], {
      encoding: 'utf8',
      env: { ...process.env, GUILDHALL_DATA: house.data },
    });

  test('ends with 0 and prints what it did', () => {
    const { status, stdout, stderr } = call('backups');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/1 server, \d+ rows/);
    expect(call('help').stdout).toMatch(/^Usage: /);
  });

  test('ends with 1 and one line on standard error', () => {
    const { status, stdout, stderr } = call('backup', '--data', join(house.home, 'missing'));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^guildhall: \S+missing is no folder\. Nothing was changed\.\n$/);
  });

  test('refuses a setting that cannot be used', () => {
    const { status, stderr } = spawnSync(process.execPath, [entry, 'backups'], {
      encoding: 'utf8',
      env: { ...process.env, GUILDHALL_DATA: house.data, GUILDHALL_HISTORY_DAYS: 'many' },
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^guildhall: GUILDHALL_HISTORY_DAYS: .*\n$/);
  });
});

test('a store of a newer version is refused untouched', async () => {
  const from = join(house.data, 'backups');
  const [name = ''] = await readdir(from);
  const path = join(from, name, 'manifest.json');
  const good = await readFile(path, 'utf8');
  const body = good.split('\n')[0]?.replace('"format":1', '"format":2') ?? '';
  await writeFile(path, `${body}\n${createHash('sha256').update(body).digest('hex')}\n`);
  await expectRefused(`restore --from ${join(from, name)} --to ${join(house.home, 'missing')}`, /newer version/);
  await writeFile(`${path}.good`, good);
  await rename(`${path}.good`, path);
});
