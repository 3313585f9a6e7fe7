import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { outbox } from '../kernel/effect.ts';
import type { GuildId, RowId } from '../kernel/ids.ts';
import type { Completion } from '../kernel/option.ts';
import { Queue } from '../kernel/queue.ts';
import { worlds } from '../kernel/world.ts';
import type { Change, GuildState, Store } from '../storage/contract.ts';
import { DamagedStoreError } from '../storage/ports.ts';
import type { ActorContext } from './actor-context.ts';
import { type AskedItem, askedWork } from './asked-work.ts';
import { dueTimers, type TimerFigures } from './due-timers.ts';
import { dueWork } from './due-work.ts';
import type { Runtime } from './execute.ts';
import { guildJobs } from './jobs.ts';
import { observation } from './observation.ts';
import { guildOutbox, type OutboxFigures } from './outbox.ts';
import type { Performer } from './performer.ts';
import type { Answer, Errand, Request, SuggestionRequest } from './request.ts';
import { refusal } from './stored-outcome.ts';
import type { ActorSystem } from './system.ts';
import { heardWorlds, type Publication, publicationsIn, type WorldFigures } from './world-views.ts';

/** Requests a guild's inbox takes; one more is answered "busy". */
export const inboxRequestsMax = 1024;
/** One drain ends after this many requests, or this long: a flooded guild must not hold the others up. */
const drainRequestsMax = 32;
const drainMs = 1;
/** How many errors a guild's actor remembers for operators. */
const errorsKept = 10;

/** An error an operator can find in the log by its incident id. */
export interface Incident {
  readonly incident: string;
  readonly at: number;
  readonly operation: string;
  readonly message: string;
}

/** What an operator sees of a guild's actor. */
export interface ActorFigures {
  readonly inboxDepth: number;
  readonly answersWaiting: number;
  readonly operationsRun: number;
  readonly incarnation: number;
  readonly timers: TimerFigures;
  readonly outbox: OutboxFigures;
  readonly worlds: WorldFigures;
  readonly state: ReturnType<GuildState['figures']>;
  readonly errors: readonly Incident[];
}

type Answering = (answer: Answer) => void;

/** One guild's actor: the only one that runs operations on the guild's rows, one after another. */
export interface GuildActor {
  /** Queues a request; `false` when the inbox is full. `answer` is called once, when the outcome is durable. */
  readonly ask: (request: Request, answer: Answering) => boolean;
  /** Queues an errand as `ask` queues a request. */
  readonly run: (errand: Errand, answer: Answering) => boolean;
  /** Queues a question for suggestions; answered from memory without waiting for the disk. */
  readonly suggest: (request: SuggestionRequest, answer: (suggestions: readonly Completion[]) => void) => boolean;
  /** Has what is due worked off. */
  readonly runDue: () => void;
  /**
   * Tells of a new version of a world. It is in force from the next operation on: nothing runs while this is called, so
   * it needs no turn of its own, which for ten thousand guilds at once would take longer than the telling.
   */
  readonly hear: (publication: Publication) => void;
  readonly figures: () => ActorFigures;
  readonly worldVersions: () => WorldFigures['versions'];
  /** Nothing waits in the inbox or for the disk, and nothing due or outside is under way. */
  readonly idle: () => boolean;
  /** Begins nothing else of what is due or to be done outside. */
  readonly halt: () => void;
  /** Monotonic milliseconds of the last request. */
  readonly lastAskedMs: () => number;
  /** Ends an idle actor and gives its guild back to the store. */
  readonly stop: () => void;
}

/** What a guild's actor stands on. */
export interface GuildActorParts {
  readonly guild: GuildId;
  readonly incarnation: number;
  readonly system: ActorSystem;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly perform: Performer['perform'];
  readonly log: Logger;
  /** The guild's memory may be half-changed, or its stored rows are damaged: nobody may go on with it. */
  readonly onBroken: (error: unknown) => void;
  /** Operations of this guild that published are durable. */
  readonly onPublished: (publications: readonly Publication[]) => void;
  /** Called when the actor comes to be idle. */
  readonly onIdle: () => void;
}

/** What an operation changed that others than its asker are to hear of; `undefined` for most. */
interface News {
  readonly asked: readonly RowId[];
  readonly publications: readonly Publication[];
}

const effectsIn = (changes: readonly Change[], which: 'before' | 'after'): readonly RowId[] =>
  changes
    .filter((change) => change.collection === outbox && change[which] === undefined)
    .map(({ key }) => key as RowId);

/** Opens the guild's state and starts its actor. Throws when the stored data of the guild is damaged. */
export const startGuildActor = (parts: GuildActorParts): GuildActor => {
  const { guild, store, runtime, log } = parts;
  const state = store.open(guild);
  const inbox = new Queue<AskedItem>();
  const errors: Incident[] = [];
  const heard = heardWorlds(runtime.worlds);
  const ownRuntime = { ...runtime, worlds: heard.views };
  const jobs = guildJobs(guild, runtime);
  const observed = runtime.observe && observation(guild, runtime.clock, runtime.observe);
  let drainPending = false;
  let commitsWaiting = 0;
  let lastAskedMs = runtime.clock.monotonicMs();
  let broken = false;

  const report = (operation: string, error: unknown): Answer => {
    const incident = randomUUID().slice(0, 8);
    const message = error instanceof Error ? error.message : String(error);
    errors.push({ incident, at: runtime.clock.now(), operation, message });
    if (errors.length > errorsKept) errors.shift();
    log.error({ guild, operation, incident, err: error }, 'an operation failed');
    return refusal('core.bug', { incident });
  };

  const abandon = (error: unknown): void => {
    broken = true;
    parts.onBroken(error);
  };

  const newsOf = (changes: readonly Change[]): News | undefined => {
    if (!changes.some(({ collection }) => collection === outbox || collection === worlds)) return undefined;
    effects.forget(effectsIn(changes, 'after'));
    return { asked: effectsIn(changes, 'before'), publications: publicationsIn(changes) };
  };

  const tell = ({ asked, publications }: News): void => {
    if (asked.length > 0) effects.offer(asked);
    if (publications.length > 0) parts.onPublished(publications);
  };

  const context: ActorContext = {
    guild,
    state,
    store,
    runtime: ownRuntime,
    log,
    companion: jobs.plan,
    observation: observed,
    commit: (commit, released) => {
      const news = newsOf(commit.changes);
      commitsWaiting += 1;
      try {
        store.commit(state, commit, (result) => {
          commitsWaiting -= 1;
          // Before who asked hears of it: then nothing that follows is overlooked by who waits for all to be settled.
          if (news && result === 'durable') tell(news);
          released?.(result);
          if (isIdle()) parts.onIdle();
        });
      } catch (error) {
        commitsWaiting -= 1;
        const answer = report(commit.operation, error);
        abandon(error);
        return answer;
      }
      if (commit.changes.length > 0) jobs.planned();
      return undefined;
    },
    failed: (operation, error) => {
      const answer = report(operation, error);
      // Unlike after a bug, what the next one would read may be wrong too.
      if (error instanceof DamagedStoreError) abandon(error);
      return answer;
    },
    broken: () => broken,
    wake: () => wake(),
  };
  const effects = guildOutbox(context, parts.perform);
  const timers = dueTimers(context, jobs.runJob);
  const due = dueWork(context, timers, effects);
  const asked = askedWork(context);

  const drain = (): void => {
    drainPending = false;
    const until = runtime.clock.monotonicMs() + drainMs;
    for (let count = 0; count < drainRequestsMax; count += 1) {
      const item = inbox.shift();
      if (!item) break;
      asked.run(item);
      if (runtime.clock.monotonicMs() >= until) break;
    }
    due.work(until);
    if (inbox.size > 0 || due.asked()) wake();
    else if (isIdle()) parts.onIdle();
  };

  const scheduler = parts.system.spawn(`guild-${guild}-${parts.incarnation}`, drain);
  const wake = (): void => {
    if (drainPending) return;
    drainPending = true;
    scheduler.wake();
  };
  const queue = (item: AskedItem): boolean => {
    lastAskedMs = runtime.clock.monotonicMs();
    if (inbox.size >= inboxRequestsMax) return false;
    inbox.push(item);
    observed?.queued(item);
    wake();
    return true;
  };
  const isIdle = (): boolean =>
    inbox.size === 0 && !drainPending && commitsWaiting === 0 && asked.idle() && !due.asked() && effects.idle();

  return {
    ask: (request, answer) => queue({ kind: 'request', request, answer }),
    run: (errand, answer) => queue({ kind: 'errand', errand, answer }),
    suggest: (request, answer) => queue({ kind: 'suggestion', request, answer }),
    runDue: () => {
      due.ask();
      wake();
    },
    hear: heard.hear,
    figures: () => ({
      inboxDepth: inbox.size,
      ...asked.figures(),
      incarnation: parts.incarnation,
      timers: timers.figures(),
      outbox: effects.figures(),
      worlds: heard.figures(),
      state: state.figures(),
      errors: [...errors],
    }),
    worldVersions: () => heard.figures().versions,
    idle: isIdle,
    halt: () => {
      due.halt();
      effects.halt();
    },
    lastAskedMs: () => lastAskedMs,
    stop: () => {
      scheduler.stop();
      store.close(state);
    },
  };
};
