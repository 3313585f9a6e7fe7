/** A memory of bounded size; what was put in first is forgotten first. */
export interface Remembered<V> {
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => void;
}

/** Remembers `most` values. */
export const remembered = <V>(most: number): Remembered<V> => {
  const values = new Map<string, V>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
      if (values.size <= most) return;
      for (const oldest of values.keys()) {
        values.delete(oldest);
        break;
      }
    },
  };
};
