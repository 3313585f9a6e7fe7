import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { youngGrowth } from '../../src/storage/small-heap.ts';

const run = promisify(execFile);

test('a small heap takes no more room for what is young, and afterwards V8 takes it as usual', async () => {
  const { stdout } = await run(process.execPath, [new URL('small-heap.child.ts', import.meta.url).pathname]);
  const { before, within, collected, failed, after } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  expect(failed).toBe('failed');
  expect(within).toBe(before);
  expect(collected).toBe(true);
  expect(Number(after)).toBeGreaterThanOrEqual(2 * Number(before));
});

test('V8 has the flag, and it is usually as it is set back', async () => {
  const { stdout } = await run(process.execPath, ['--v8-options']);
  expect(stdout).toContain(`default: ${youngGrowth.flag}=${youngGrowth.usually}\n`);
});
