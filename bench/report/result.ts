/** One measured figure: the median of its rounds, with the least and the most. */
export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** In the order of the rounds. */
  readonly rounds: readonly number[];
}

/** The median of the rounds, with their range. */
export const result = (name: string, unit: string, rounds: readonly number[]): Result => {
  const sorted = rounds.toSorted((left, right) => left - right);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { name, unit, value: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1), rounds };
};

/** A form of a peer, as the report shows it; its figure is the result `pay, <name>`. */
export interface PeerLine {
  readonly name: string;
  readonly peer: string;
  readonly form: string;
  readonly level: 'naive' | 'best' | 'other';
  readonly durable: boolean;
  /** From the run in which syncs were counted; absent where they could not be. */
  readonly counted?: { readonly operations: number; readonly syncs: number };
  readonly refusedPercent: number;
  /** The form of ours over the same guilds, where they are others than most peers have. */
  readonly beside?: string;
}

/** Latencies of one kind of request at one load, from the intended start, in milliseconds. */
export interface LatencyLine {
  /** What was measured: a name for all lines that belong on one plot. */
  readonly name: string;
  readonly round: number;
  /** Requests a second that were meant. */
  readonly rate: number;
  /** The part of the capacity that the rate is, in percent; absent where there is no such. */
  readonly capacityPercent?: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** How late the generator itself was. */
  readonly lagP99Ms: number;
  /** Why the run counts for nothing. */
  readonly void?: string;
}

/** What was left out, and the line that installs what it needs. */
export interface Skipped {
  readonly name: string;
  readonly install: string;
}

/** What one part of the bench measured. */
export interface Measured {
  readonly results: readonly Result[];
  readonly ratios?: Readonly<Record<string, number>>;
  readonly peers?: readonly PeerLine[];
  readonly latencies?: readonly LatencyLine[];
  readonly skipped?: readonly Skipped[];
}

/** What a bench run writes; the shape is stable. */
export interface Report {
  readonly format: 1;
  /** The day it was measured. */
  readonly date: string;
  /** Fewer and shorter rounds: for trying out, not for comparing. */
  readonly quick: boolean;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly platform: string;
    readonly kernel: string;
    readonly fileSystem: string;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly ratios: Readonly<Record<string, number>>;
  /** By the name of a ratio what it would be with nact alone in place of this bot; absent in reports of before. */
  readonly nactAlone?: Readonly<Record<string, number>>;
  readonly peers: readonly PeerLine[];
  readonly latencies: readonly LatencyLine[];
  readonly skipped: readonly Skipped[];
}
