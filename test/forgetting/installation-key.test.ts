import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InstallationKeyError, loadInstallationKey, memberHash } from '../../src/forgetting/installation-key.ts';
import { guildId } from '../../src/kernel/ids.ts';
import { alice, bob, guild } from './ground.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-key-'));
  path = join(folder, 'installation.key');
});
afterEach(() => rm(folder, { recursive: true }));

/** The text with one digit changed for another, which is as good as any by itself. */
const flipped = (text: string, at: number): string =>
  text.slice(0, at) + (Number.parseInt(text[at] ?? '', 16) ^ 1).toString(16) + text.slice(at + 1);

describe('the key of an installation', () => {
  test('is made once, of 32 bytes, and nobody else may read it', async () => {
    const key = await loadInstallationKey(folder);
    expect(key).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await loadInstallationKey(folder)).equals(key)).toBe(true);
    expect(await readdir(folder)).toEqual(['installation.key']);
  });

  test('differs between installations', async () => {
    const first = await loadInstallationKey(folder);
    await rm(path);
    expect(Buffer.from(await loadInstallationKey(folder)).equals(first)).toBe(false);
  });

  test('is made whole where a crash left half of one, and what the half could be read by does not stay', async () => {
    await writeFile(`${path}.new`, 'guildhall key 1 00', { mode: 0o644 });
    await loadInstallationKey(folder);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['installation.key']);
  });

  test('refuses the start with one line when it is damaged, and is left as it is', async () => {
    await loadInstallationKey(folder);
    const sound = await readFile(path, 'latin1');
    const damaged = [
      '',
      sound.slice(0, -1),
      `${sound}\n`,
      sound.slice(1),
      ...[20, 50, 85].map((at) => flipped(sound, at)),
    ];
    for (const text of damaged) {
      await writeFile(path, text, 'latin1');
      const failure: unknown = await loadInstallationKey(folder).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InstallationKeyError);
      expect((failure as Error).message).toMatch(/^The key .*installation\.key is damaged: [^\n]+$/);
      expect(await readFile(path, 'latin1')).toBe(text);
    }
  });

  test('refuses the start when it cannot be read', async () => {
    await rm(path, { force: true });
    const inside = join(folder, 'installation.key', 'more');
    await writeFile(join(folder, 'other'), '');
    await expect(loadInstallationKey(join(folder, 'other', inside))).rejects.toThrow(InstallationKeyError);
  });
});

describe('the hash of a member', () => {
  const hash = memberHash(new Uint8Array(32).fill(7));

  test('is that of the same key, guild and member, and of no other', () => {
    expect(hash(guild, alice)).toBe(hash(guild, alice));
    const hashes = [
      hash(guild, alice),
      hash(guild, bob),
      hash(guildId('100000000000000002'), alice),
      memberHash(new Uint8Array(32))(guild, alice),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const one of hashes) expect(one).toMatch(/^[\w-]{43}$/);
  });

  test('is HMAC-SHA-256: known answer', () => {
    // printf '100000000000000001 200000000000000001' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07 -binary | basenc --base64url
    expect(hash(guild, alice)).toBe('cjjcZ_-1HZJrz7-IuztVrhPjPRDaJeIcU-k6Lhkt00k');
  });
});
