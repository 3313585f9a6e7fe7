import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { pack, packBriefly, unpack } from '../../src/storage/codec.ts';
import { openSlab } from '../../src/storage/slab.ts';

describe('bytes kept in a slab', () => {
  property.prop([fc.array(fc.uint8Array({ maxLength: 12_000 }), { maxLength: 60 })])(
    'stay what they were, whatever comes after them and becomes of what they were copied from',
    (all) => {
      const keep = openSlab();
      const kept = all.map((bytes) => {
        const given = Uint8Array.from(bytes);
        const copy = keep(given);
        given.fill(0);
        return copy;
      });
      expect(kept.map((copy) => Buffer.from(copy))).toEqual(all.map((bytes) => Buffer.from(bytes)));
      for (const copy of kept) copy.fill(255);
      expect(kept.every((copy, index) => copy.length === all[index]?.length)).toBe(true);
    },
  );

  test('share memory, and long ones have their own', () => {
    const keep = openSlab();
    const [one, other] = [keep(new Uint8Array(100)), keep(new Uint8Array(100))];
    expect(one.buffer).toBe(other.buffer);
    expect(keep(new Uint8Array(60_000)).buffer).not.toBe(one.buffer);
  });
});

describe('encoded values', () => {
  test('are kept, or good until the next one', () => {
    const values = [{ one: 1n }, ['x'.repeat(300)], 'y'.repeat(20_000), new Uint8Array([1, 2, 3])];
    const kept = values.map(pack);
    const brief = packBriefly({ another: true });
    expect(unpack(brief, 'brief')).toEqual({ another: true });
    expect(kept.map((bytes) => unpack(bytes, 'kept'))).toMatchObject(
      values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)),
    );
    // Nothing is asked of the system for each of them.
    expect(packBriefly(1).buffer).toBe(packBriefly(2).buffer);
  });
});
