import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { findProgram } from '../peers/server.ts';
import type { Report } from './result.ts';

/** The kind of file system a folder is on, by the longest mount point before it. */
const fileSystemOf = (folder: string): string => {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '));
    const [, , kind] =
      mounts
        .filter(([, point = '']) => point === '/' || folder === point || folder.startsWith(`${point}/`))
        .toSorted(([, left = ''], [, right = '']) => right.length - left.length)[0] ?? [];
    return kind ?? 'unknown';
  } catch {
    return 'unknown';
  }
};

/** The machine the bench runs on, without its name. */
export const machine = (): Report['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  // Without what a provider appends to it.
  kernel: /^\d+(\.\d+)*/.exec(release())?.[0] ?? 'unknown',
  fileSystem: fileSystemOf(tmpdir()),
});

/** The first version number that a program says; `undefined` when it is not installed. */
const versionOf = (program: string, ...args: readonly string[]): string | undefined => {
  const path = findProgram(program);
  if (path === undefined) return undefined;
  const { stdout } = spawnSync(path, args, { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return /\d+(\.\d+)+/.exec(lines.at(-1) ?? '')?.[0];
};

/** Versions of what is measured. */
export const versions = (): Report['versions'] => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const locked = (name: string): string => lock.packages[`node_modules/${name}`]?.version ?? 'unknown';
  const found = {
    node: process.versions.node,
    'discord.js': locked('discord.js'),
    nact: locked('nact'),
    lmdb: locked('lmdb'),
    SQLite: process.versions['sqlite'],
    Redis: versionOf('redis-server', '--version'),
    '@redis/client': locked('@redis/client'),
    PostgreSQL: versionOf('postgres', '--version'),
    pg: locked('pg'),
    Elixir: versionOf('elixir', '--version'),
  };
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined));
};
