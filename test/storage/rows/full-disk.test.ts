import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const child = new URL('full-disk.child.ts', import.meta.url).pathname;

/** Runs the child with files limited to this many KiB; what a write beyond gets is an error as from a full disk. */
const runLimited = async (folder: string, kibibytes: number): Promise<string> => {
  const script = 'trap "" XFSZ; ulimit -f "$1"; shift; exec "$@"';
  const { stdout } = await run('bash', ['-c', script, 'bash', String(kibibytes), process.execPath, child, folder]);
  return stdout;
};

interface Report {
  readonly outcomes: readonly string[];
  readonly readable: readonly number[];
  readonly stored: readonly number[];
  readonly afterRemoval: number;
}

describe.skipIf(process.platform === 'win32')('rows in LMDB on a full disk', () => {
  test('a failed batch rejects once, leaves nothing, takes nothing along, and the process lives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-full-'));
    const { outcomes, readable, stored, afterRemoval } = JSON.parse(await runLimited(folder, 4_096)) as Report;
    expect(new Set(outcomes)).toEqual(new Set(['written', 'refused']));
    const expected = outcomes.map((outcome) => (outcome === 'written' ? 200 : 0));
    expect(readable).toEqual(expected);
    expect(stored).toEqual(expected);
    expect(afterRemoval).toBe(0);
    await rm(folder, { recursive: true });
  });

  test('rows that cannot be begun say why', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-full-'));
    await expect(runLimited(folder, 8)).rejects.toThrow(/EFBIG: file too large/);
    await rm(folder, { recursive: true });
  });
});
