// Threads of a process that runs a journal: on a slow disk each block on its way has one for as long as the disk takes.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flightsMax } from '../src/storage/journal/flights.ts';

const program = `
  await import(${JSON.stringify(join(import.meta.dirname, '../src/thread-pool.ts'))});
  const { readdirSync, readFileSync } = await import('node:fs');
  const { stat } = await import('node:fs/promises');
  await stat('.');
  const names = readdirSync('/proc/self/task').map((task) => readFileSync('/proc/self/task/' + task + '/comm', 'utf8'));
  console.log(names.filter((name) => name.startsWith('libuv-worker')).length);
`;

const threadsWith = (size: string | undefined): number => {
  const { UV_THREADPOOL_SIZE: _size, ...environment } = process.env;
  const env = { ...environment, ...(size !== undefined && { UV_THREADPOOL_SIZE: size }) };
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { env, encoding: 'utf8' }));
};

test.skipIf(!existsSync('/proc/self/task'))('there is one for each block on its way, and some for all else', () => {
  expect(threadsWith(undefined)).toBeGreaterThan(flightsMax);
});

test.skipIf(!existsSync('/proc/self/task'))('the operator’s own number stands', () => {
  expect(threadsWith('5')).toBe(5);
});
