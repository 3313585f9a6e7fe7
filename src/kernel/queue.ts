/** Places that an empty queue keeps: a server has thousands of queues, most of which are empty or nearly so. */
const placesKept = 64;

/**
 * A queue, first in first out. All it does takes constant time, amortised. It holds nothing that it gave out: that
 * would outlive collections of young objects, which take as long as there is to copy.
 */
export class Queue<T> {
  /** A ring of 2^n places. An array whose front is cut off from time to time would be allocated over and over. */
  #places: (T | undefined)[] = [undefined, undefined, undefined, undefined];
  #front = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an item at the end. */
  push(item: T): void {
    if (this.#size === this.#places.length) this.#grow();
    this.#places[(this.#front + this.#size) & (this.#places.length - 1)] = item;
    this.#size += 1;
  }

  /** The item at the front, `undefined` of an empty queue. */
  peek(): T | undefined {
    return this.#places[this.#front];
  }

  /** Takes the item at the front out; `undefined` of an empty queue. */
  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const places = this.#places;
    const item = places[this.#front];
    places[this.#front] = undefined;
    this.#front = (this.#front + 1) & (places.length - 1);
    this.#size -= 1;
    if (this.#size === 0 && places.length > placesKept) this.#shrink();
    return item;
  }

  /** Doubles the places. What stands before the front comes next to the others again, in what is added. */
  #grow(): void {
    const places = this.#places;
    const { length } = places;
    for (let index = 0; index < length; index += 1) {
      const wraps = index < this.#front;
      places.push(wraps ? places[index] : undefined);
      if (wraps) places[index] = undefined;
    }
  }

  #shrink(): void {
    this.#places = Array.from({ length: placesKept }, () => undefined);
    this.#front = 0;
  }
}
