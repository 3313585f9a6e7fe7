import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that records are appended to. */
export interface Log {
  /** Resolves when the record is on disk. */
  readonly append: (record: Buffer) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One write and one sync for each record, as whoever has it asks for them. */
export const openPlainLog = async (folder: string): Promise<Log> => {
  const file = await open(join(folder, 'log'), 'a');
  return {
    append: async (record) => {
      await file.appendFile(record);
      await file.datasync();
    },
    close: () => file.close(),
  };
};

/** Bytes that a preallocated log has; it begins again from the front when it is full. */
const preallocatedBytes = 256 * 2 ** 20;
const pieceBytes = 2 ** 20;

/**
 * One write and one sync for all records that gathered meanwhile. `durableWrites` has the write itself return when it is
 * on disk, in a file whose blocks are there already: what can be made of an append-only file with some thought.
 */
export const openGroupLog = async (folder: string, durableWrites: boolean): Promise<Log> => {
  const path = join(folder, 'log');
  const made = await open(path, 'w');
  if (durableWrites) {
    const zeros = Buffer.alloc(pieceBytes);
    for (let offset = 0; offset < preallocatedBytes; offset += pieceBytes) await made.write(zeros);
    await made.sync();
  }
  await made.close();
  const file = await open(path, durableWrites ? constants.O_WRONLY | constants.O_DSYNC : constants.O_WRONLY);
  let gathering: Buffer[] = [];
  let waiters: (() => void)[] = [];
  let writing = false;
  let offset = 0;
  const flush = async (): Promise<void> => {
    while (gathering.length > 0) {
      const block = Buffer.concat(gathering);
      const released = waiters;
      gathering = [];
      waiters = [];
      if (durableWrites && offset + block.length > preallocatedBytes) offset = 0;
      await file.write(block, 0, block.length, offset);
      if (!durableWrites) await file.datasync();
      offset += block.length;
      for (const release of released) release();
    }
    writing = false;
  };
  return {
    append: (record) => {
      gathering.push(record);
      return new Promise((resolve) => {
        waiters.push(resolve);
        if (writing) return;
        writing = true;
        setImmediate(() => void flush());
      });
    },
    close: () => file.close(),
  };
};
