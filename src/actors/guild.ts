import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { outbox } from '../kernel/effect.ts';
import { type GuildId, type Realm, type RowId, realmOf } from '../kernel/ids.ts';
import type { Completion } from '../kernel/option.ts';
import { Queue } from '../kernel/queue.ts';
import { worlds } from '../kernel/world.ts';
import type { Change, Commit, GuildState, Released, Store } from '../storage/contract.ts';
import { DamagedStoreError } from '../storage/ports.ts';
import type { ActorContext } from './actor-context.ts';
import { type AskedItem, AskedWork } from './asked-work.ts';
import { DueTimers, type TimerFigures } from './due-timers.ts';
import { DueWork } from './due-work.ts';
import type { Companion, ExecutionRuntime, Runtime } from './execute.ts';
import { GuildJobs, type RealmJobs } from './jobs.ts';
import { type Observation, observation } from './observation.ts';
import { GuildOutbox, type OutboxFigures } from './outbox.ts';
import type { Performer } from './performer.ts';
import type { Answer, Errand, Request, SuggestionRequest } from './request.ts';
import { refusal } from './stored-outcome.ts';
import type { ActorSystem, Scheduler } from './system.ts';
import { HeardWorlds, type Publication, publicationsIn, type WorldFigures } from './world-views.ts';

/** Requests a guild's inbox takes; one more is answered "busy". */
export const inboxRequestsMax = 1024;
/** One drain ends after this many requests, or this long: a flooded guild must not hold the others up. */
const drainRequestsMax = 32;
const drainMs = 1;
/** How many errors a guild's actor remembers for operators. */
const errorsKept = 10;
const noErrors: readonly Incident[] = [];

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

/** What all guilds' actors stand on. */
export interface GuildActorParts {
  readonly system: ActorSystem;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly jobs: Readonly<Record<Realm, RealmJobs>>;
  readonly perform: Performer['perform'];
  readonly log: Logger;
  /** A guild's memory may be half-changed, or its stored rows are damaged: nobody may go on with it. */
  readonly onBroken: (guild: GuildId, error: unknown) => void;
  /** Operations that published are durable. */
  readonly onPublished: (publications: readonly Publication[]) => void;
  /** Called when an actor comes to be idle. */
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

/**
 * One guild's actor: the only one that runs operations on the guild's rows, one after another. A class, and its parts
 * as well: with ten thousand guilds in memory, functions made for each would be a large part of it.
 */
export class GuildActor implements ActorContext {
  readonly guild: GuildId;
  readonly state: GuildState;
  readonly runtime: ExecutionRuntime;
  readonly companion: Companion;
  readonly observation: Observation | undefined;
  readonly #parts: GuildActorParts;
  readonly #incarnation: number;
  readonly #scheduler: Scheduler;
  readonly #inbox = new Queue<AskedItem>();
  readonly #heard: HeardWorlds;
  readonly #jobs: GuildJobs;
  readonly #effects: GuildOutbox;
  readonly #timers: DueTimers;
  readonly #due: DueWork;
  readonly #asked: AskedWork;
  #errors: readonly Incident[] = noErrors;
  #drainPending = false;
  #commitsWaiting = 0;
  #lastAskedMs = Number.NEGATIVE_INFINITY;
  #broken = false;

  /** Opens the guild's state and starts its actor. Throws when the stored data of the guild is damaged. */
  constructor(parts: GuildActorParts, guild: GuildId, incarnation: number) {
    const { system, store, runtime, jobs, perform } = parts;
    this.guild = guild;
    this.state = store.open(guild);
    this.#parts = parts;
    this.#incarnation = incarnation;
    this.#heard = new HeardWorlds(runtime.worlds);
    this.runtime = { ...runtime, worlds: this.#heard.views };
    this.#jobs = new GuildJobs(jobs[realmOf(guild)]);
    this.companion = this.#jobs.plan;
    this.observation = runtime.observe && observation(guild, runtime.clock, runtime.observe);
    this.#effects = new GuildOutbox(this, perform);
    this.#timers = new DueTimers(this, this.#jobs.runJob);
    this.#due = new DueWork(this, this.#timers, this.#effects);
    this.#asked = new AskedWork(this);
    this.#scheduler = system.spawn(`guild-${guild}-${incarnation}`, () => this.#drain());
  }

  get store(): Store {
    return this.#parts.store;
  }

  get log(): Logger {
    return this.#parts.log;
  }

  get broken(): boolean {
    return this.#broken;
  }

  /** Queues a request; `false` when the inbox is full. `answer` is called once, when the outcome is durable. */
  ask(request: Request, answer: Answering): boolean {
    return this.#queue({ kind: 'request', request, answer });
  }

  /** Queues an errand as `ask` queues a request. */
  run(errand: Errand, answer: Answering): boolean {
    return this.#queue({ kind: 'errand', errand, answer });
  }

  /** Queues a question for suggestions; answered from memory without waiting for the disk. */
  suggest(request: SuggestionRequest, answer: (suggestions: readonly Completion[]) => void): boolean {
    return this.#queue({ kind: 'suggestion', request, answer });
  }

  /** Has what is due worked off. */
  runDue(): void {
    this.#due.ask();
    this.wake();
  }

  /**
   * Tells of a new version of a world. It is in force from the next operation on: nothing runs while this is called, so
   * it needs no turn of its own, which for ten thousand guilds at once would take longer than the telling.
   */
  hear(publication: Publication): void {
    this.#heard.hear(publication);
  }

  figures(): ActorFigures {
    return {
      inboxDepth: this.#inbox.size,
      ...this.#asked.figures(),
      incarnation: this.#incarnation,
      timers: this.#timers.figures(),
      outbox: this.#effects.figures(),
      worlds: this.#heard.figures(),
      state: this.state.figures(),
      errors: this.#errors,
    };
  }

  worldVersions(): WorldFigures['versions'] {
    return this.#heard.figures().versions;
  }

  /** Nothing waits in the inbox or for the disk, and nothing due or outside is under way. */
  get idle(): boolean {
    return (
      this.#inbox.size === 0 &&
      !this.#drainPending &&
      this.#commitsWaiting === 0 &&
      this.#asked.idle &&
      !this.#due.asked &&
      this.#effects.idle
    );
  }

  /** Begins nothing else of what is due or to be done outside. */
  halt(): void {
    this.#due.halt();
    this.#effects.halt();
  }

  /** Begins what it was kept from by `halt`. */
  resume(): void {
    this.#effects.resume();
    this.#due.resume();
    this.runDue();
  }

  /** Monotonic milliseconds of the last request; minus infinity when nobody asked, as where only something was due. */
  get lastAskedMs(): number {
    return this.#lastAskedMs;
  }

  /** Ends an idle actor and gives its guild back to the store. */
  stop(): void {
    this.#scheduler.stop();
    this.store.close(this.state);
  }

  commit(commit: Commit, released?: (result: Released) => void): Answer | undefined {
    const news = this.#newsOf(commit.changes);
    this.#commitsWaiting += 1;
    try {
      this.store.commit(this.state, commit, (result) => {
        this.#commitsWaiting -= 1;
        // Before who asked hears of it: then nothing that follows is overlooked by who waits for all to be settled.
        if (news && result === 'durable') this.#tell(news);
        released?.(result);
        if (this.idle) this.#parts.onIdle();
      });
    } catch (error) {
      this.#commitsWaiting -= 1;
      const answer = this.#report(commit.operation, error);
      this.#abandon(error);
      return answer;
    }
    if (commit.changes.length > 0) this.#jobs.planned();
    return undefined;
  }

  afterDurable(released: (result: Released) => void): void {
    this.store.afterDurable(this.state, (result) => {
      released(result);
      if (this.idle) this.#parts.onIdle();
    });
  }

  failed(operation: string, error: unknown): Answer {
    const answer = this.#report(operation, error);
    // Unlike after a bug, what the next one would read may be wrong too.
    if (error instanceof DamagedStoreError) this.#abandon(error);
    return answer;
  }

  wake(afterMs = 0): void {
    if (this.#drainPending) return;
    this.#drainPending = true;
    this.#scheduler.wake(afterMs);
  }

  #queue(item: AskedItem): boolean {
    this.#lastAskedMs = this.runtime.clock.monotonicMs();
    if (this.#inbox.size >= inboxRequestsMax) return false;
    this.#inbox.push(item);
    this.observation?.queued(item);
    this.wake();
    return true;
  }

  #drain(): void {
    this.#drainPending = false;
    const { clock } = this.runtime;
    const begunMs = clock.monotonicMs();
    const until = begunMs + drainMs;
    for (let count = 0; count < drainRequestsMax; count += 1) {
      const item = this.#inbox.shift();
      if (!item) break;
      this.#asked.run(item);
      if (clock.monotonicMs() >= until) break;
    }
    this.#due.work(until);
    // Others have as long as it had: a guild that never gets through its inbox takes half of the processor and no more.
    if (this.#inbox.size > 0) this.wake(clock.monotonicMs() - begunMs);
    else if (this.#due.asked) this.wake();
    else if (this.idle) this.#parts.onIdle();
  }

  #report(operation: string, error: unknown): Answer {
    const incident = randomUUID().slice(0, 8);
    const message = error instanceof Error ? error.message : String(error);
    const { guild } = this;
    this.#errors = [...this.#errors, { incident, at: this.runtime.clock.now(), operation, message }].slice(-errorsKept);
    this.log.error({ guild, operation, incident, err: error }, 'an operation failed');
    return refusal('core.bug', { incident });
  }

  #abandon(error: unknown): void {
    this.#broken = true;
    this.#parts.onBroken(this.guild, error);
  }

  #newsOf(changes: readonly Change[]): News | undefined {
    if (!changes.some(({ collection }) => collection === outbox || collection === worlds)) return undefined;
    this.#effects.forget(effectsIn(changes, 'after'));
    return { asked: effectsIn(changes, 'before'), publications: publicationsIn(changes) };
  }

  #tell({ asked, publications }: News): void {
    if (asked.length > 0) this.#effects.offer(asked);
    if (publications.length > 0) this.#parts.onPublished(publications);
  }
}
