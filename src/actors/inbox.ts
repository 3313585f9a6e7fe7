/** A bounded queue, first in first out. */
export interface Inbox<T> {
  /** Takes the item, or says `false` when the inbox is full. */
  readonly push: (item: T) => boolean;
  readonly shift: () => T | undefined;
  readonly size: () => number;
}

const compactAt = 1024;

/** An inbox of at most `itemsMax` items. Both ends take constant time. */
export const inbox = <T>(itemsMax: number): Inbox<T> => {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    push: (item) => {
      if (items.length - head >= itemsMax) return false;
      items.push(item);
      return true;
    },
    shift: () => {
      if (head === items.length) return undefined;
      const item = items[head];
      items[head] = undefined;
      head += 1;
      if (head === items.length) {
        items.length = 0;
        head = 0;
      } else if (head >= compactAt) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    size: () => items.length - head,
  };
};
