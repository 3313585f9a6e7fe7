import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { smallHeapFlags } from '../../src/storage/small-heap.ts';

const run = promisify(execFile);

test('a small heap takes no more room for what is young, and afterwards V8 takes it as usual', async () => {
  const { stdout } = await run(process.execPath, [new URL('small-heap.child.ts', import.meta.url).pathname]);
  const { before, within, failed, after } = JSON.parse(stdout) as Readonly<Record<string, number | string>>;
  expect(failed).toBe('failed');
  expect(within).toBe(before);
  expect(Number(after)).toBeGreaterThanOrEqual(2 * Number(before));
});

test('V8 has the flags, and they are usually as they are set back', async () => {
  const { stdout } = await run(process.execPath, ['--v8-options']);
  for (const { flag, usually } of smallHeapFlags) expect(stdout).toContain(`default: ${flag}=${usually}\n`);
});
