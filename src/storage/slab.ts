/** How much is asked of the system at a time. */
const slabBytes = 64 * 1024;
/** Longer bytes get memory of their own. */
const slabbedBytesMax = slabBytes / 8;

/**
 * Gives copies of short bytes in memory that is asked for in large pieces. A piece is let go of when all copies in it
 * are: each kind of bytes that live equally long wants a slab of its own.
 */
export const openSlab = (): ((bytes: Uint8Array) => Uint8Array) => {
  let slab = Buffer.alloc(0);
  let used = 0;
  return (bytes) => {
    const { length } = bytes;
    if (length > slabbedBytesMax) return Uint8Array.from(bytes);
    if (used + length > slab.length) {
      slab = Buffer.allocUnsafeSlow(slabBytes);
      used = 0;
    }
    const copy = slab.subarray(used, used + length);
    copy.set(bytes);
    used += length;
    return copy;
  };
};
