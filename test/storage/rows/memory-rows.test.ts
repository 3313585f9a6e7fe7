import { describe, expect, test } from 'vitest';
import { RowsWriteError } from '../../../src/storage/ports.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { rowsContract } from './contract.ts';

rowsContract('in memory', async () => memoryRows());

const one = [{ key: 'a', value: new Uint8Array([1]) }];

describe('rows in memory, with faults', () => {
  test('the chosen write fails, leaves the rows alone, and the next one works', async () => {
    const rows = memoryRows();
    rows.failWrite(2, 'ENOSPC');
    await rows.write(one);
    await expect(rows.write([{ key: 'a', value: undefined }])).rejects.toThrow(RowsWriteError);
    expect(rows.get('a')).toEqual(new Uint8Array([1]));
    await rows.write([{ key: 'a', value: undefined }]);
    expect(rows.get('a')).toBeUndefined();
  });

  test('a power cut keeps finished batches, and the one on its way whole or not at all', async () => {
    const rows = memoryRows();
    await rows.write(one);
    rows.holdWrites();
    const write = rows.write([
      { key: 'b', value: new Uint8Array([2]) },
      { key: 'c', value: new Uint8Array([3]) },
    ]);
    const keys = (chance: number): readonly string[] =>
      rows
        .afterPowerCut(() => chance)
        .range({ from: '', to: '~', reverse: false, limit: 9 })
        .map(([key]) => key);
    expect(keys(0.9)).toEqual(['a']);
    expect(keys(0.1)).toEqual(['a', 'b', 'c']);
    rows.releaseWrites();
    await write;
    expect(keys(0.9)).toEqual(['a', 'b', 'c']);
  });
});
