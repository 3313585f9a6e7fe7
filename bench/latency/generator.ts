import { join } from 'node:path';
import { askChild } from '../child.ts';
import { generatorCore } from '../cores.ts';
import type { Kind } from './protocol.ts';

/** Who is asked, and what. */
export interface Traffic {
  readonly seed: number;
  /** The share of each kind, of 1 in all. */
  readonly mix: Partial<Readonly<Record<Kind, number>>>;
  /** Guilds `firstGuild` to `firstGuild + guilds` - 1, drawn by Zipf's law with this exponent. */
  readonly firstGuild: number;
  readonly guilds: number;
  readonly exponent: number;
  readonly membersPerGuild: number;
  /** A share of requests goes to guilds that come one after another, so that none of them is in memory. */
  readonly cold?: {
    readonly share: number;
    readonly firstGuild: number;
    readonly guilds: number;
    readonly membersPerGuild: number;
  };
}

/** How often is asked: at random times whatever becomes of the answers, or again as soon as there is an answer. */
export type Pace = { readonly perSecond: number } | { readonly outstanding: number };

/** What the generator is started with. */
export interface GeneratorJob {
  readonly socket: string;
  readonly traffic: Traffic;
  readonly pace: Pace;
  readonly durationMs: number;
}

/** Latencies from the intended start, in milliseconds. */
export interface Latencies {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}

/** What a run of the generator saw. */
export interface Generated {
  /** Answers a second. */
  readonly perSecond: number;
  readonly all: Latencies;
  readonly kinds: Partial<Readonly<Record<Kind, Latencies>>>;
  /** Requests to guilds that were not in memory. */
  readonly cold: Latencies;
  readonly refusedShare: number;
  readonly busyShare: number;
  /** How late requests left, at the 99th percentile: the generator's own fault. */
  readonly lagP99Ms: number;
}

/** A generator that is later than this at the 99th percentile measures itself. */
export const lagMostMs = 1;

/** Runs the generator in a process of its own. Rejects when a request failed or was never answered. */
export const generate = (job: GeneratorJob): Promise<Generated> =>
  askChild<Generated>(join(import.meta.dirname, 'generator.child.ts'), job, { wrapper: generatorCore });
