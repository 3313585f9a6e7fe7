import type { Logger } from 'pino';
import { assert } from '../kernel/assert.ts';
import type { GuildId } from '../kernel/ids.ts';
import type { Completion } from '../kernel/option.ts';
import type { Store } from '../storage/contract.ts';
import type { Runtime } from './execute.ts';
import { type ActorFigures, type GuildActor, startGuildActor } from './guild.ts';
import type { Answer, Directory, Request, SuggestionRequest } from './request.ts';
import { refusal } from './stored-outcome.ts';
import type { ActorSystem } from './system.ts';

/** Why a guild answers nothing until an operator has looked at it. */
export interface Quarantine {
  readonly guild: GuildId;
  readonly at: number;
  readonly reason: string;
}

/** The directory with what operators and the process need besides asking. */
export interface GuildDirectory extends Directory {
  /** A guild's actor as it is now; `undefined` when it is not in memory. */
  readonly figures: (guild: GuildId) => ActorFigures | undefined;
  readonly quarantines: () => readonly Quarantine[];
  readonly actorsInMemory: () => number;
  /** Lets go of guilds that nobody asked for `idleMs` milliseconds. Gives how many. */
  readonly evictIdle: (idleMs: number) => number;
  /** Resolves when no request is queued and no answer waits for the disk. */
  readonly settled: () => Promise<void>;
  /** Refuses every later request, answers what was taken, and gives all guilds back to the store. */
  readonly stop: () => Promise<void>;
}

/** What the directory stands on. */
export interface DirectoryParts {
  readonly system: ActorSystem;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly log: Logger;
}

/**
 * Finds or starts the actor of each guild. A plain map and no actor: every request passes here. A guild whose data
 * cannot be read, or whose memory broke, is quarantined by itself; all others go on.
 */
export const startDirectory = (parts: DirectoryParts): GuildDirectory => {
  const { runtime, log } = parts;
  const actors = new Map<GuildId, GuildActor>();
  const quarantines = new Map<GuildId, Quarantine>();
  let incarnations = 0;
  let waiting = 0;
  let stopping = false;
  let settledWaiters: (() => void)[] = [];

  const quarantine = (guild: GuildId, error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    actors.delete(guild);
    quarantines.set(guild, { guild, at: runtime.clock.now(), reason });
    log.fatal({ guild, err: error }, 'a guild is quarantined: it answers nothing until the bot has been restarted');
  };

  const actorOf = (guild: GuildId): GuildActor | undefined => {
    const known = actors.get(guild);
    if (known) return known;
    if (quarantines.has(guild)) return undefined;
    incarnations += 1;
    try {
      const actor = startGuildActor({
        ...parts,
        guild,
        incarnation: incarnations,
        onBroken: (error) => quarantine(guild, error),
      });
      actors.set(guild, actor);
      return actor;
    } catch (error) {
      quarantine(guild, error);
      return undefined;
    }
  };

  const settle = (): void => {
    if (waiting > 0) return;
    const waiters = settledWaiters;
    settledWaiters = [];
    for (const resolve of waiters) resolve();
  };

  const taken = <T>(resolve: (value: T) => void): ((value: T) => void) => {
    waiting += 1;
    return (value) => {
      waiting -= 1;
      resolve(value);
      if (waiting === 0) settle();
    };
  };

  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      settledWaiters.push(resolve);
      settle();
    });

  return {
    ask: (request: Request) =>
      new Promise<Answer>((resolve) => {
        const answer = taken(resolve);
        if (stopping) return answer(refusal('core.stopping'));
        const actor = actorOf(request.guild);
        if (!actor) return answer(refusal('core.quarantined'));
        if (!actor.ask(request, answer)) answer(refusal('core.busy'));
      }),
    suggest: (request: SuggestionRequest) =>
      new Promise<readonly Completion[]>((resolve) => {
        const answer = taken(resolve);
        const actor = stopping ? undefined : actorOf(request.guild);
        if (!actor?.suggest(request, answer)) answer([]);
      }),
    figures: (guild) => actors.get(guild)?.figures(),
    quarantines: () => [...quarantines.values()],
    actorsInMemory: () => actors.size,
    evictIdle: (idleMs) => {
      const before = runtime.clock.monotonicMs() - idleMs;
      let evicted = 0;
      for (const [guild, actor] of actors) {
        if (actor.lastAskedMs() > before || !actor.idle()) continue;
        actors.delete(guild);
        actor.stop();
        evicted += 1;
      }
      return evicted;
    },
    settled,
    stop: async () => {
      stopping = true;
      await settled();
      for (const actor of actors.values()) {
        assert(actor.idle(), 'a stopped actor is idle');
        actor.stop();
      }
      actors.clear();
    },
  };
};
