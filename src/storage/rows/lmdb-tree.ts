import type { FileHandle } from 'node:fs/promises';

/*
 * LMDB's pages as far as is needed to follow its trees, little-endian. A page begins with its flags at 18 and, at 20, the
 * bytes its list of nodes takes (two each) or, on the first page of a long value, how many pages that has. The list
 * begins at 24 and counts from there. A node: page number in three parts (2, 2, 2) or, in a leaf, the length of its
 * value in two and flags in the third; 6 key length (2); 8 key and value. A long value stands elsewhere: its node holds
 * the page number.
 */
const headerBytes = 24;
const nodeBytes = 8;
const branchFlag = 1;
const leafFlag = 2;
const overflowFlag = 4;
const longValueFlag = 1;

/** The number of no page: an empty tree has it for its root. */
const noPage = 0xffff_ffff_ffff_ffffn;

const isInside = (page: Buffer, offset: number, length: number): boolean => offset + length <= page.length;

/** The pages a page refers to; `undefined` when it is not what LMDB writes. */
const pagesBehind = (page: Buffer): readonly number[] | undefined => {
  const flags = page.readUInt16LE(18);
  if ((flags & overflowFlag) !== 0) return [];
  if ((flags & (branchFlag | leafFlag)) === 0) return undefined;
  const listBytes = page.readUInt16LE(20);
  if (!isInside(page, headerBytes, listBytes)) return undefined;
  const found: number[] = [];
  for (let entry = headerBytes; entry < headerBytes + listBytes; entry += 2) {
    const node = headerBytes + page.readUInt16LE(entry);
    if (!isInside(page, node, nodeBytes)) return undefined;
    const third = page.readUInt16LE(node + 4);
    if ((flags & branchFlag) !== 0) found.push(page.readUInt32LE(node) + third * 2 ** 32);
    else if ((third & longValueFlag) !== 0) {
      const value = node + nodeBytes + page.readUInt16LE(node + 6);
      if (!isInside(page, value, 8)) return undefined;
      found.push(Number(page.readBigUInt64LE(value)));
    }
  }
  return found;
};

/**
 * Whether every page that can be reached from these roots stands in the first `size` bytes of the file and is a page of
 * LMDB's. Reads all of them but the insides of long values.
 */
export const hasAllPages = async (
  file: FileHandle,
  roots: readonly bigint[],
  pageBytes: number,
  size: number,
): Promise<boolean> => {
  const waiting = roots.filter((root) => root !== noPage).map(Number);
  const seen = new Set<number>();
  const page = Buffer.alloc(pageBytes);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if ((number + 1) * pageBytes > size || seen.has(number)) return false;
    seen.add(number);
    await file.read(page, 0, pageBytes, number * pageBytes);
    const behind = pagesBehind(page);
    if (behind === undefined) return false;
    const pages = (page.readUInt16LE(18) & overflowFlag) === 0 ? 1 : page.readUInt32LE(20);
    if ((number + pages) * pageBytes > size) return false;
    waiting.push(...behind);
  }
  return true;
};
