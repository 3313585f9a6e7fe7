const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && Buffer.compare(one, other) === 0;

/** Whether two plain values are the same; a property that is `undefined` is as good as none. */
export const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return Number.isNaN(one) && Number.isNaN(other);
  }
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at += 1) if (!same(one[at], other[at])) return false;
    return true;
  }
  if (one instanceof Uint8Array) return other instanceof Uint8Array && sameBytes(one, other);
  if (Array.isArray(other) || other instanceof Uint8Array) return false;
  for (const name in one) if (!same(one[name as never], other[name as never])) return false;
  for (const name in other) if (!(name in one) && other[name as never] !== undefined) return false;
  return true;
};
