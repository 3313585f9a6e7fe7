/** The local Discord's time: the machine's clock and an offset that people may move forward. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly offsetMs: () => number;
  /** Moves the time forward by whole milliseconds and tells every listener before it returns. */
  readonly advance: (byMs: number) => void;
  /** Calls `listener` with the new offset after each move. */
  readonly onAdvance: (listener: (offsetMs: number) => void) => void;
}

/** A clock over `machineNow` (milliseconds since 1970), starting `offsetMs` ahead of it. */
export const createClock = (machineNow: () => number, offsetMs: number): SimulatorClock => {
  let offset = offsetMs;
  const listeners: ((offsetMs: number) => void)[] = [];
  return {
    now: () => machineNow() + offset,
    offsetMs: () => offset,
    advance: (byMs) => {
      offset += byMs;
      for (const listener of listeners) listener(offset);
    },
    onAdvance: (listener) => {
      listeners.push(listener);
    },
  };
};
