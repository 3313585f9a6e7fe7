import type { EncodedKey } from '../kernel/key.ts';
import type { SortedKeys } from './sorted-keys.ts';

/** The checksum of a row that is not on disk. No checksum is negative. */
export const notOnDisk = -1;

/** In place of a row: it is as a snapshot under way took it. */
export const notChanged = Symbol('not changed');

/**
 * One row in memory. Whoever has looked it up may keep it until the end of the operation and need not look again: a
 * look-up among many rows costs more than most of what is done with them.
 */
export class Cell {
  readonly key: EncodedKey;
  /** `undefined` where there is no row. Rows are never changed. */
  row: unknown;
  /** The generation of changes it belongs to; `undefined` when it is as on disk. */
  generation: Generation | undefined = undefined;
  /** The row as a snapshot under way took it, if it was changed since; otherwise `notChanged`. */
  takenRow: unknown = notChanged;
  /** Somebody read it since the last snapshot. */
  read = false;
  /** The checksum of the row on disk, or `notOnDisk`; `undefined` as long as nobody knows. */
  diskHash: number | undefined;

  constructor(key: EncodedKey, row: unknown, diskHash: number | undefined) {
    this.key = key;
    this.row = row;
    this.diskHash = diskHash;
  }
}

/** The rows changed in one generation: between two snapshots. */
export interface Generation {
  readonly cells: Cell[];
  /** The keys of the first `sorted` cells, in order; `undefined` until somebody scans. */
  keys: SortedKeys | undefined;
  sorted: number;
}

/** A generation to put changes into. */
export const newGeneration = (): Generation => ({ cells: [], keys: undefined, sorted: 0 });

/** The generation of all tables without changes. No cell belongs to it. */
export const noChanges: Generation = newGeneration();

/** A cell's row as of the end of a generation that a snapshot took. */
export const takenRowOf = (cell: Cell): unknown => (cell.takenRow === notChanged ? cell.row : cell.takenRow);
