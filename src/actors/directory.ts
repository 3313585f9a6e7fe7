import type { Logger } from 'pino';
import { assert } from '../kernel/assert.ts';
import { epochMs, type GuildId, marketRealm } from '../kernel/ids.ts';
import type { Completion } from '../kernel/option.ts';
import type { Store } from '../storage/contract.ts';
import type { Runtime } from './execute.ts';
import { type ActorFigures, GuildActor, type GuildActorParts } from './guild.ts';
import { type Hold, Holds } from './holds.ts';
import { realmJobs } from './jobs.ts';
import { withMarketMessenger } from './market-messenger.ts';
import type { Answer, Directory, Errand, Request, SuggestionRequest } from './request.ts';
import { refusal } from './stored-outcome.ts';
import type { ActorSystem } from './system.ts';
import { loadWorlds, type Publication } from './world-views.ts';

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
  /**
   * Has a guild's due timers and effects worked off, starting its actor when need be. `false`: nothing can be done now,
   * what is due stays where it is.
   */
  readonly runDue: (guild: GuildId) => boolean;
  /** Takes a version of a world to all guilds: one that was published here, or by a market in another process. */
  readonly hear: (publication: Publication) => void;
  /** The version of each world that a guild's actor has; `undefined` when it is not in memory. */
  readonly worldsSeen: (guild: GuildId) => Readonly<Record<string, number>> | undefined;
  /**
   * Lets go of guilds that are idle and that nobody asked for `idleMs` milliseconds; of those that were not asked at all, where only
   * something was due, whenever it comes to them. Looks at all, or at `looksMax` and goes on from there the next
   * time. Gives how many went.
   */
  readonly evictIdle: (idleMs: number, looksMax?: number) => number;
  /**
   * Has a guild's actor finish what it has and go, and what is asked from now on wait: for who works on the guild's
   * state without it. What waits for a later time, or to be done outside, is for the next actor.
   */
  readonly hold: (guild: GuildId) => Hold;
  /**
   * Resolves when no request is queued, nothing waits for the disk, and nothing that was found due or is to be done
   * outside is under way. What waits for a later time does not count.
   */
  readonly settled: () => Promise<void>;
  /** Refuses every later request, answers what was taken, waits for what is under way outside, and gives all guilds back to the store. */
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
  const { runtime, store, log } = parts;
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
    onIdle();
  };

  const actorOf = (guild: GuildId): GuildActor | undefined => {
    const known = actors.get(guild);
    if (known) return known;
    if (quarantines.has(guild)) return undefined;
    incarnations += 1;
    try {
      const actor = new GuildActor(actorParts, guild, incarnations);
      actors.set(guild, actor);
      return actor;
    } catch (error) {
      quarantine(guild, error);
      return undefined;
    }
  };

  /** Actors look for themselves whether a version is news: on its way here it may have come twice, or late. */
  const hear = (publication: Publication): void => {
    const { name, view } = publication;
    if (view.version > (runtime.worlds.get(name)?.version ?? 0)) runtime.worlds.set(name, view);
    for (const actor of actors.values()) actor.hear(publication);
  };

  const settle = (): void => {
    if (waiting > 0 || settledWaiters.length === 0) return;
    for (const actor of actors.values()) if (!actor.idle) return;
    const waiters = settledWaiters;
    settledWaiters = [];
    for (const resolve of waiters) resolve();
  };

  const letGo = (guild: GuildId): boolean => {
    const actor = actors.get(guild);
    if (actor === undefined) return true;
    if (!actor.idle) return false;
    actors.delete(guild);
    actor.stop();
    return true;
  };
  const holds = new Holds(letGo);

  let turn = actors.values();
  /** Each actor once, and then each once more; `undefined` when there is none. */
  const nextInTurn = (): GuildActor | undefined => {
    const next = turn.next();
    if (!next.done) return next.value;
    turn = actors.values();
    return turn.next().value;
  };

  const onIdle = (): void => {
    settle();
    // Not from within: who tells of being idle may have something left to do in this turn.
    if (holds.any) queueMicrotask(() => holds.look());
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

  const answered = (
    guild: GuildId,
    queue: (actor: GuildActor, answer: (answer: Answer) => void) => boolean,
  ): Promise<Answer> =>
    new Promise<Answer>((resolve) => {
      const answer = taken(resolve);
      const enter = (): void => {
        if (stopping) return answer(refusal('core.stopping'));
        const actor = actorOf(guild);
        if (!actor) return answer(refusal('core.quarantined'));
        if (!queue(actor, answer)) answer(refusal('core.busy'));
      };
      if (!holds.has(guild)) enter();
      else if (!holds.wait(guild, enter)) answer(refusal('core.busy'));
    });

  const run = (errand: Errand): Promise<Answer> => answered(errand.guild, (actor, answer) => actor.run(errand, answer));
  const actorParts: GuildActorParts = {
    ...parts,
    jobs: { guilds: realmJobs('guilds', runtime), market: realmJobs('market', runtime) },
    perform: withMarketMessenger(runtime.perform, runtime.registry, run).perform,
    onBroken: quarantine,
    onPublished: (publications) => publications.forEach(hear),
    onIdle,
  };

  const runDue = (guild: GuildId): boolean => {
    if (stopping || store.failed || store.full || holds.has(guild)) return false;
    const actor = actorOf(guild);
    actor?.runDue();
    return actor !== undefined;
  };

  // A pattern that never comes is found now, and not in the middle of a guild's operation.
  for (const { pattern } of runtime.registry.jobs) runtime.calendar.next(pattern, 'UTC', epochMs(runtime.clock.now()));
  loadWorlds(store, runtime.registry, runtime.worlds, log);
  // Nobody asks the market anything that would have its jobs planned.
  if (runtime.registry.jobs.some(({ realm }) => realm === 'market')) runDue(marketRealm);
  for (const operation of runtime.registry.marketStarts) {
    void run({ guild: marketRealm, operation, input: {} }).then((answer) => {
      if ('refused' in answer) log.error({ operation: operation.name, answer }, 'the market could not be started');
    });
  }

  return {
    ask: (request: Request) => answered(request.guild, (actor, answer) => actor.ask(request, answer)),
    run,
    suggest: (request: SuggestionRequest) =>
      new Promise<readonly Completion[]>((resolve) => {
        const answer = taken(resolve);
        const actor = stopping || holds.has(request.guild) ? undefined : actorOf(request.guild);
        if (!actor?.suggest(request, answer)) answer([]);
      }),
    runDue,
    hear,
    figures: (guild) => actors.get(guild)?.figures(),
    worldsSeen: (guild) => actors.get(guild)?.worldVersions(),
    quarantines: () => [...quarantines.values()],
    actorsInMemory: () => actors.size,
    evictIdle: (idleMs, looksMax = Number.POSITIVE_INFINITY) => {
      const before = runtime.clock.monotonicMs() - idleMs;
      let evicted = 0;
      for (let looks = Math.min(looksMax, actors.size); looks > 0; looks -= 1) {
        const actor = nextInTurn();
        if (actor && actor.lastAskedMs <= before && letGo(actor.guild)) evicted += 1;
      }
      return evicted;
    },
    hold: (guild) => {
      actors.get(guild)?.halt();
      return holds.hold(guild, () => {
        if (!stopping) actors.get(guild)?.resume();
      });
    },
    settled,
    stop: async () => {
      stopping = true;
      for (const actor of actors.values()) actor.halt();
      await settled();
      for (const actor of actors.values()) {
        assert(actor.idle, 'a stopped actor is idle');
        actor.stop();
      }
      actors.clear();
    },
  };
};
