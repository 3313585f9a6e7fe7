/** What the process that plays is started with. */
export interface CasinoDayJob {
  readonly folder: string;
  readonly rounds: number;
  readonly durationMs: number;
  readonly guilds: number;
  readonly membersPerGuild: number;
  readonly outstanding: number;
  readonly snapshotIntervalMs: number;
  readonly snapshotsLeast: number;
}

/** What a stretch of the same kind of operations came to. */
export interface Stretch {
  readonly perSecond: number;
  /** Rows that they changed, a second. */
  readonly rowsPerSecond: number;
  /** Processor time of one, in microseconds. */
  readonly cpuUs: number;
}

/** One round: both on the same guilds, one after the other. */
export interface CasinoDayRound {
  readonly day: Stretch;
  readonly pays: Stretch;
}

/** All rounds, and the rows that one operation of each name changes. */
export interface CasinoDayFigures {
  readonly rounds: readonly CasinoDayRound[];
  readonly rowsOf: Readonly<Record<string, number>>;
}
