// Run by damage.ts: damages a copy of a good store, looks at it as a start would, and says what it found; again and
// again. LMDB may end the process on a damaged file, or run for ever: then the parent goes on with another process.
import { cp, mkdtemp, open, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Damage } from './damage.ts';
import { look } from './good-store.ts';

const [, , good = '', planned = '[]', first = '0'] = process.argv;
const damages = JSON.parse(planned) as readonly Damage[];

const strike = async (folder: string, damage: Damage): Promise<void> => {
  const path = join(folder, damage.file);
  if (damage.kind === 'cut') return truncate(path, damage.offset);
  const file = await open(path, 'r+');
  const { buffer } = await file.read(Buffer.alloc(damage.bytes), 0, damage.bytes, damage.offset);
  const bytes = damage.kind === 'flip' ? buffer.map((byte) => byte ^ damage.mask) : buffer.fill(0);
  await file.write(bytes, 0, bytes.length, damage.offset);
  await file.close();
};

for (const [index, damage] of damages.entries()) {
  if (index < Number(first)) continue;
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-damaged-'));
  await cp(good, folder, { recursive: true });
  await strike(folder, damage);
  process.stdout.write(`${JSON.stringify({ index, folder })}\n`);
  const told = await look(folder);
  process.stdout.write(`${JSON.stringify({ index, told })}\n`);
  await rm(folder, { recursive: true });
}
