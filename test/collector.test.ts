// How V8 collects garbage in a process that runs a journal.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = `
  await import(${JSON.stringify(join(import.meta.dirname, '../src/collector.ts'))});
  const { readdirSync, readFileSync } = await import('node:fs');
  const { getPriority } = await import('node:os');
  const threads = readdirSync('/proc/self/task').map((task) => ({
    name: readFileSync('/proc/self/task/' + task + '/comm', 'utf8').trim(),
    nice: getPriority(Number(task)),
    answers: Number(task) === process.pid,
  }));
  console.log(JSON.stringify(threads));
`;

interface Thread {
  readonly name: string;
  readonly nice: number;
  readonly answers: boolean;
}

const run = (...words: readonly string[]): string => execFileSync(process.execPath, words, { encoding: 'utf8' });

test.skipIf(!existsSync('/proc/self/task'))('V8’s own threads give way to the one that answers', () => {
  const threads = JSON.parse(run('--input-type=module', '--eval', program)) as readonly Thread[];
  const answering = threads.find(({ answers }) => answers)?.nice ?? Number.NaN;
  const collecting = threads.filter(({ name }) => name === 'V8Worker');
  expect(collecting).not.toEqual([]);
  for (const { nice } of collecting) expect(nice).toBeGreaterThan(answering);
  for (const { name, nice } of threads) if (name !== 'V8Worker') expect(nice, name).toBe(answering);
});

test.skipIf(!existsSync('/proc/self/task'))('where the system forbids that, it says so and goes on', () => {
  const forbidden = `
    const { default: os } = await import('node:os');
    const { syncBuiltinESMExports } = await import('node:module');
    os.setPriority = () => { throw new Error('it is forbidden'); };
    syncBuiltinESMExports();
    process.on('warning', ({ message }) => console.log(message));
    await import(${JSON.stringify(join(import.meta.dirname, '../src/collector.ts'))});
    console.log('goes on');
  `;
  const said = run('--no-warnings', '--input-type=module', '--eval', forbidden);
  expect(said).toContain('goes on');
  expect(said).toContain('keep their priority: it is forbidden');
});

test('V8 has the flags that are set, and sets them otherwise by itself', () => {
  const options = run('--v8-options');
  expect(options).toContain('default: --allocation-site-pretenuring\n');
  expect(options).toContain('default: --heap-growing-percent=0\n');
});
