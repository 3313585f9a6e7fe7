// Run by small-heap.test.ts: says how much room for young objects V8 takes, before, in and after `withSmallHeap`.
import { getHeapSpaceStatistics } from 'node:v8';
import { assert } from '../../src/kernel/assert.ts';
import { withSmallHeap } from '../../src/storage/small-heap.ts';

const roomForYoung = (): number => {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  assert(space !== undefined, 'V8 tells of the young generation');
  return space.space_size;
};

const kept: number[][] = Array.from({ length: 20_000 }, () => []);
/** Makes some 300 MB, of which some 4 MB live at a time: they outlive collections of the young generation. */
const makeGarbage = (): void => {
  for (let index = 0; index < 1_500_000; index += 1)
    kept[index % kept.length] = Array.from({ length: 20 }, () => index);
};

const before = roomForYoung();
let within = 0;
let collected = false;
await withSmallHeap(async (collect) => {
  makeGarbage();
  within = roomForYoung();
  const garbage = new WeakRef(kept.splice(0, 1));
  await new Promise((resolve) => void setImmediate(resolve));
  collect();
  collected = garbage.deref() === undefined;
});
const failed = await withSmallHeap(() => Promise.reject(new Error('as it may'))).catch(() => 'failed');
makeGarbage();
process.stdout.write(JSON.stringify({ before, within, collected, failed, after: roomForYoung() }));
