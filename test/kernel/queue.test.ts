import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { Queue } from '../../src/kernel/queue.ts';

const clearMemory = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

/** A weak reference holds what it refers to until the end of the turn it was made in. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const drain = <T>(queue: Queue<T>): readonly T[] => {
  const items: T[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) items.push(item);
  return items;
};

describe('a queue', () => {
  test('is empty at first', () => {
    const queue = new Queue<number>();
    expect([queue.size, queue.peek(), queue.shift(), queue.size]).toEqual([0, undefined, undefined, 0]);
  });

  test('gives out what came first, and shows it before', () => {
    const queue = new Queue<string>();
    for (const item of ['one', 'two', 'three']) queue.push(item);
    expect([queue.peek(), queue.size]).toEqual(['one', 3]);
    expect([queue.shift(), queue.peek(), queue.size]).toEqual(['one', 'two', 2]);
    queue.push('four');
    expect(drain(queue)).toEqual(['two', 'three', 'four']);
    expect(queue.size).toBe(0);
  });

  test('keeps to the order where it grows while its front is anywhere', () => {
    for (let front = 0; front < 40; front += 1) {
      const queue = new Queue<number>();
      for (let item = 0; item < front; item += 1) {
        queue.push(-1);
        queue.shift();
      }
      const items = Array.from({ length: 300 }, (_, index) => index);
      for (const item of items) queue.push(item);
      expect(drain(queue)).toEqual(items);
    }
  });

  // Runs of either kind, so that it grows, goes round and comes to be empty in the course of one list of them.
  const runs = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 200 })), { maxLength: 40 });

  property.prop([runs])('does what an array does', (list) => {
    const queue = new Queue<number>();
    const model: number[] = [];
    let next = 0;
    for (const [adds, count] of list) {
      const given: unknown[] = [];
      const expected: unknown[] = [];
      for (let nth = 0; nth < count; nth += 1) {
        if (adds) {
          queue.push(next);
          model.push(next);
          next += 1;
        } else {
          given.push(queue.peek(), queue.shift());
          expected.push(model[0], model.shift());
        }
      }
      expect([...given, queue.peek(), queue.size]).toEqual([...expected, model[0], model.length]);
    }
    expect(drain(queue)).toEqual(model);
  });
});

describe('a queue lets go of', () => {
  /** Takes `taken` of `added` out, of a queue that grew on the way; gives weak references to all. */
  const used = (queue: Queue<object>, added: number, taken: number): readonly WeakRef<object>[] => {
    const references = Array.from({ length: added }, () => {
      const item = {};
      queue.push(item);
      return new WeakRef(item);
    });
    for (let nth = 0; nth < taken; nth += 1) queue.shift();
    return references;
  };
  const held = (references: readonly WeakRef<object>[]): readonly number[] =>
    references.flatMap((reference, index) => (reference.deref() === undefined ? [] : [index]));

  test.each([
    { added: 3, taken: 1 },
    { added: 1_000, taken: 999 },
    { added: 1_000, taken: 1_000 },
  ])('what it gave out: $taken of $added', async ({ added, taken }) => {
    const queue = new Queue<object>();
    const references = used(queue, added, taken);
    await nextTurn();
    clearMemory();
    expect(held(references)).toEqual(Array.from({ length: added - taken }, (_, index) => taken + index));
    expect(queue.size).toBe(added - taken);
  });

  test('what it gave out after it grew with its front in the middle', async () => {
    const queue = new Queue<object>();
    const before = used(queue, 4, 3);
    const after = used(queue, 20, 20);
    await nextTurn();
    clearMemory();
    expect(held([...before, ...after])).toEqual([before.length + after.length - 1]);
    expect(queue.size).toBe(1);
  });

  test('the room that many items took, when it is empty', () => {
    const queue = new Queue<number>();
    const count = 2 ** 21;
    const bytes = (): number => {
      clearMemory();
      return process.memoryUsage().heapUsed;
    };
    const before = bytes();
    for (let item = 0; item < count; item += 1) queue.push(item);
    const full = bytes() - before;
    for (let item = 0; item < count; item += 1) queue.shift();
    const empty = bytes() - before;
    expect(full).toBeGreaterThan(count * 8);
    expect(empty).toBeLessThan(count);
    expect(queue.size).toBe(0);
  });
});
