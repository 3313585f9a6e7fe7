import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const child = new URL('full-disk.child.ts', import.meta.url).pathname;
// A file that grows beyond its limit is to the process what a full disk is.
const script = 'trap "" XFSZ; ulimit -f "$1"; shift; exec "$@"';
const kibibytes = 1_024;

interface Report {
  readonly snapshots: readonly string[];
  readonly paid: number;
  readonly shown: readonly unknown[];
  readonly found: readonly unknown[];
  readonly members: boolean;
  readonly errors: readonly string[];
}

test.skipIf(process.platform === 'win32')(
  'fault 52: when LMDB finds its disk full during snapshots, operations go on and nothing is lost',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-full-'));
    const { stdout } = await run('bash', ['-c', script, 'bash', String(kibibytes), process.execPath, child, folder]);
    const { snapshots, paid, shown, found, members, errors } = JSON.parse(stdout) as Report;
    expect(new Set(snapshots)).toEqual(new Set(['written', 'RowsWriteError']));
    expect(paid).toBe(20 * snapshots.length);
    expect(shown).toEqual([1_000_000 - paid, paid]);
    expect(found).toEqual(shown);
    expect(members).toBe(true);
    // The last snapshots, at the two stops, found no room either; that is told and ends nothing.
    expect(errors).toEqual([expect.stringContaining('RowsWriteError'), expect.stringContaining('RowsWriteError')]);
    await rm(folder, { recursive: true });
  },
);
