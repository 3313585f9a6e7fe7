import { ask } from './people/ask.ts';
import { slash } from './people/commands.ts';
import { openInteraction } from './people/packet.ts';
import { type ControlRefusal, refuseControl } from './people/refused.ts';
import type { Simulator } from './simulator.ts';

/** A load: the same command again and again, in the servers and by the people in turn. */
export interface LoadRequest {
  readonly guilds: readonly string[];
  /** Absent: each server's own people. */
  readonly users?: readonly string[] | undefined;
  readonly command: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly total: number;
  readonly outstanding: number;
}

/** What a load measured. */
export interface LoadResult {
  readonly total: number;
  readonly answered: number;
  /** Not answered in time. */
  readonly errors: number;
  readonly elapsedMs: number;
  readonly latenciesMs: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
}

const waitMs = 10_000;

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Runs a load inside the local Discord, so that only the bot and the way to it are measured. Answers are not kept in
 * the channels. Refuses when the command, a server or a person is not there.
 */
export const runLoad = async (simulator: Simulator, load: LoadRequest): Promise<LoadResult | ControlRefusal> => {
  const usersOf = new Map<string, readonly string[]>();
  for (const id of new Set(load.guilds)) {
    const guild = simulator.world.guilds.get(id);
    if (guild === undefined) return refuseControl(404, 'unknown_guild', `there is no server ${id}`, 'guilds');
    const people =
      load.users ?? Array.from(guild.members.keys()).filter((user) => simulator.world.users.get(user)?.bot === false);
    usersOf.set(id, people);
  }
  const latencies = new Float64Array(load.total);
  let next = 0;
  let answered = 0;
  let refused: ControlRefusal | undefined;

  const worker = async (): Promise<void> => {
    while (next < load.total && refused === undefined) {
      const place = next;
      next += 1;
      const guild = load.guilds[place % load.guilds.length] ?? '';
      const people = usersOf.get(guild) ?? [];
      // The person changes with each round over the servers, so that every pair has its turn.
      const user = people[(place + Math.floor(place / load.guilds.length)) % people.length] ?? '';
      const action = slash(simulator, { guild, user, command: load.command, options: load.options, isLoad: true });
      if ('refused' in action) {
        refused = action;
        return;
      }
      const answer = await ask(simulator, openInteraction(simulator, action), waitMs);
      latencies[place] = answer.latencyMs;
      if (answer.answered) answered += 1;
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: load.outstanding }, worker));
  const elapsedMs = performance.now() - startedMs;
  if (refused !== undefined) return refused;
  latencies.sort();
  return {
    total: load.total,
    answered,
    errors: load.total - answered,
    elapsedMs,
    latenciesMs: {
      p50: percentile(latencies, 0.5),
      p90: percentile(latencies, 0.9),
      p99: percentile(latencies, 0.99),
      max: latencies.at(-1) ?? 0,
    },
  };
};
