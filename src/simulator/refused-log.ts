/** A request Discord would have refused. */
export interface Refused {
  /** Method and path as asked; interaction tokens are left out. */
  readonly route: string;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly errors?: unknown;
  /** The simulator's time, milliseconds since 1970. */
  readonly time: number;
}

/** The last refusals, and how many there were since the start. */
export interface RefusedLog {
  readonly add: (refused: Refused) => void;
  readonly list: () => readonly Refused[];
  readonly count: () => number;
}

const keptMax = 200;

/** An empty log that keeps the last 200. */
export const createRefusedLog = (): RefusedLog => {
  const kept: Refused[] = [];
  let total = 0;
  return {
    add: (refused) => {
      total += 1;
      kept.push(refused);
      if (kept.length > keptMax) kept.shift();
    },
    list: () => kept,
    count: () => total,
  };
};
