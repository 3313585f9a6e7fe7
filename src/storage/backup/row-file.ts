import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { DamagedStoreError } from '../ports.ts';
import { readKey, writeKey } from '../rows/key-encoding.ts';

/*
 * Rows in a file, in the order of their keys. Numbers are little-endian.
 *
 *   file     magic and format (8)   blocks   one block without rows, by which a file that was cut off is known
 *   block    payload length (4)   rows (4)   checksum of the payload (4)   payload
 *   row      key length (2)   value length (4)   key   value
 *
 * Row by row and not LMDB's own copy of its pages: those keep bytes of rows that are gone.
 */
const magic = Buffer.from('\u00ffGhRow\u0000\u0001', 'latin1');
const blockHeaderBytes = 12;
const rowHeaderBytes = 6;
const bytesPerUnit = 3;
/** A block is written when it is this long. */
const blockBytes = 256 * 1024;
/** Longest payload taken for one: a block's last row may be 16 MiB. */
const payloadBytesMax = 32 * 1024 * 1024;

/** Writes rows to a file. */
export interface RowFileWriter {
  /** Adds a row; a promise when the file has to be written to before the next. */
  add(key: string, value: Uint8Array): Promise<void> | undefined;
  /** Ends the file, which is on disk when it resolves, and gives how many rows it has. */
  finish(): Promise<number>;
  /** Lets go of a file that is not to be finished. */
  abandon(): Promise<void>;
}

/** Begins a file of rows; it must not exist. */
export const writeRowFile = async (path: string): Promise<RowFileWriter> => {
  const file = await open(path, 'wx', 0o600);
  let buffer = Buffer.allocUnsafeSlow(blockBytes * 2);
  let end = blockHeaderBytes;
  let rowsInBlock = 0;
  let rows = 0;

  const flush = async (): Promise<void> => {
    const payload = buffer.subarray(blockHeaderBytes, end);
    buffer.writeUInt32LE(payload.length, 0);
    buffer.writeUInt32LE(rowsInBlock, 4);
    buffer.writeUInt32LE(crc32(payload), 8);
    await file.writeFile(buffer.subarray(0, end));
    end = blockHeaderBytes;
    rowsInBlock = 0;
  };

  await file.writeFile(magic);
  return {
    add(key, value) {
      const most = end + rowHeaderBytes + key.length * bytesPerUnit + value.length;
      if (most > buffer.length) {
        const larger = Buffer.allocUnsafeSlow(most * 2);
        buffer.copy(larger, 0, 0, end);
        buffer = larger;
      }
      const keyEnd = writeKey(key, buffer, end + rowHeaderBytes);
      buffer.writeUInt16LE(keyEnd - end - rowHeaderBytes, end);
      buffer.writeUInt32LE(value.length, end + 2);
      buffer.set(value, keyEnd);
      end = keyEnd + value.length;
      rowsInBlock += 1;
      rows += 1;
      return end < blockBytes ? undefined : flush();
    },
    async finish() {
      if (rowsInBlock > 0) await flush();
      await flush();
      await file.sync();
      await file.close();
      return rows;
    },
    abandon: () => file.close(),
  };
};

const readExactly = async (file: FileHandle, bytes: number): Promise<Buffer | undefined> => {
  const buffer = Buffer.allocUnsafeSlow(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return buffer;
};

type Row = readonly [key: string, value: Uint8Array];

const rowsOf = function* (payload: Buffer, rows: number): Generator<Row> {
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    const keyStart = at + rowHeaderBytes;
    const keyEnd = keyStart + payload.readUInt16LE(at);
    const end = keyEnd + payload.readUInt32LE(at + 2);
    yield [readKey(payload, keyStart, keyEnd), payload.subarray(keyEnd, end)];
    at = end;
  }
};

/** The rows of a file, a block at a time. Throws `DamagedStoreError` when it is none or was cut off. */
export const readRowFile = async function* (path: string): AsyncGenerator<readonly Row[]> {
  const damaged = (): DamagedStoreError => new DamagedStoreError(`${path} is damaged`);
  const file = await open(path, 'r');
  try {
    if (!(await readExactly(file, magic.length))?.equals(magic)) throw damaged();
    for (;;) {
      const header = await readExactly(file, blockHeaderBytes);
      if (header === undefined || header.readUInt32LE(0) > payloadBytesMax) throw damaged();
      const payload = await readExactly(file, header.readUInt32LE(0));
      if (payload === undefined || crc32(payload) !== header.readUInt32LE(8)) throw damaged();
      const rows = header.readUInt32LE(4);
      if (rows === 0) return;
      yield [...rowsOf(payload, rows)];
    }
  } finally {
    await file.close();
  }
};
