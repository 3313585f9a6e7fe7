/** One pay of one coin, as every peer gets it. */
export interface Payment {
  readonly guild: number;
  readonly payer: number;
  readonly receiver: number;
  /** Its idempotency key: a second payment with the same one changes nothing. From 1 on. */
  readonly id: number;
}

/** Coins of one payment. */
export const paidCoins = 1;
/** What every member has at first: the start grant of ours. */
export const startCoins = 100;
/** What nobody may have more of: the ceiling of ours. */
export const coinsMax = 10 ** 15;

/** An interval of snapshots, for where there are to be none. */
export const neverMs = 2 ** 30;

/** What one measurement of a peer is given. */
export interface Ground {
  /** An empty folder of its own. */
  readonly folder: string;
  readonly seed: number;
  readonly guilds: number;
  readonly membersPerGuild: number;
  /** Exponent of Zipf's law, by which guilds are drawn. */
  readonly exponent: number;
  /** Payments under way at once. */
  readonly outstanding: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** Bytes of a payment's record, where the peer has its own log: as many as ours leaves in its journal. */
  readonly recordBytes: number;
  /** Whether ours has its journal on the disk, as it is deployed, or one that answers at once and writes nothing. */
  readonly journal: 'written' | 'unwritten';
  /** How often ours takes a snapshot. */
  readonly snapshotIntervalMs: number;
  /** How many snapshots ours is measured over, at the least. */
  readonly snapshotsLeast: number;
  /** A folder that `prepare` of the form has filled; the measurement copies it. */
  readonly prepared: string | undefined;
}

/** What a peer holds at the end. */
export interface Audit {
  /** Coins of all members of all guilds. */
  readonly coins: number;
  /** Rows of the ledger. */
  readonly ledgerRows: number;
}

/** Something that pays. */
export interface Peer {
  /** Resolves when the payment holds as the peer promises it: `true` when coins moved, `false` where they are wanting. */
  readonly pay: (payment: Payment) => Promise<boolean>;
  readonly audit: () => Promise<Audit>;
  readonly close: () => Promise<void>;
  /** Rows of the ledger before the first payment; none unless said. */
  readonly ledgerRowsBefore?: number;
  /** Told when the measuring begins; says when it has gone on for long enough. */
  readonly measuring?: () => () => boolean;
  /** Further figures of its own. */
  readonly figures?: () => Readonly<Record<string, number>>;
}

/** One measurement of a peer. */
export interface PeerRound {
  readonly perSecond: number;
  /** Answered while it was measured. */
  readonly operations: number;
  readonly refusedShare: number;
  /** When the measuring went on: milliseconds of the epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
  /**
   * `cpuUs`: processor time of a payment in the process of who pays; `gcMsPerSecond`: how long that process stood still
   * for garbage collection. Further ones are the peer's own.
   */
  readonly figures: Readonly<Record<string, number>>;
}
