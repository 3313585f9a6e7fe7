import { type Change, Content } from '../../src/storage/journal/memory-file.ts';
import type { Chance } from '../chance.ts';
import type { Faults } from '../faults.ts';

const sectorBytes = 512;

/** What is left of one sector's worth of an unsynced write: all, nothing, its beginning, or noise. */
const applySector = (content: Content, offset: number, bytes: Uint8Array, chance: Chance, faults: Faults): void => {
  const fate = chance.next();
  if (fate < 0.4) content.write(offset, bytes);
  else if (fate < 0.7) faults.count('unsynced bytes lost');
  else if (fate < 0.85) {
    faults.count('write torn');
    content.write(offset, bytes.subarray(0, chance.int(bytes.length)));
  } else {
    faults.count('bytes garbled');
    content.write(offset, chance.bytes(bytes.length));
  }
};

const applyPartly = (content: Content, change: Change, chance: Chance, faults: Faults): void => {
  if (change.kind === 'truncate') {
    if (chance.happens(0.5)) content.apply(change);
    return;
  }
  const { offset, bytes } = change;
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sectorBytes - ((offset + from) % sectorBytes));
    applySector(content, offset + from, bytes.subarray(from, to), chance, faults);
    from = to;
  }
};

/** What a file holds after the power came back: what was synced, and of each later change all, nothing or pieces. */
export const afterPowerCut = (
  synced: Content,
  unsynced: readonly Change[],
  chance: Chance,
  faults: Faults,
): Content => {
  const content = new Content(synced.view());
  const fate = chance.next();
  if (unsynced.length > 0 && fate < 0.3) faults.count('unsynced bytes lost');
  if (fate < 0.3) return content;
  for (const change of unsynced) {
    if (fate < 0.4) content.apply(change);
    else applyPartly(content, change, chance, faults);
  }
  return content;
};

/** What of changes on their way reaches the system when the process is killed: some beginning of each write. */
export const givenUntilKill = (given: readonly Change[], chance: Chance): readonly Change[] =>
  given.flatMap((change): readonly Change[] => {
    const part = chance.next() * 1.5 - 0.25;
    if (change.kind === 'truncate') return part < 0.5 ? [change] : [];
    const bytes = Math.round(Math.min(1, Math.max(0, part)) * change.bytes.length);
    return [{ ...change, bytes: change.bytes.subarray(0, bytes) }];
  });
