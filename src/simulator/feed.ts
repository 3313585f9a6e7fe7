/** What happened, as a watcher of `GET /sim/events` reads it. `type` names the event; the rest depends on it. */
export interface FeedEvent {
  readonly type: string;
  readonly guild?: string;
  readonly channel?: string;
  readonly [field: string]: unknown;
}

/** Spreads events to whoever watches. */
export interface Feed {
  /** Tells every watcher; `event` is only made when somebody watches. */
  readonly tell: (event: () => FeedEvent) => void;
  /** Starts watching; the answer ends it. */
  readonly watch: (watcher: (event: FeedEvent, number: number) => void) => () => void;
}

/** A feed nobody watches yet. Events are numbered from 1. */
export const createFeed = (): Feed => {
  const watchers = new Set<(event: FeedEvent, number: number) => void>();
  let number = 0;
  return {
    tell: (event) => {
      number += 1;
      if (watchers.size === 0) return;
      const told = event();
      for (const watcher of watchers) watcher(told, number);
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
};
