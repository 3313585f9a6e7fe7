import type { Clock } from '../kernel/clock.ts';
import type { GuildId, MemberId } from '../kernel/ids.ts';
import type { Change, Released } from '../storage/contract.ts';
import type { Answer, Request } from './request.ts';

/** Who wanted a piece of work: somebody in Discord, the runtime, a timer, or the end of an effect. */
export type WorkOrigin = 'request' | 'errand' | 'timer' | 'effect';

/** What a guild's actor did with one piece of work. Times are monotonic milliseconds. */
export interface ObservedWork {
  readonly guild: GuildId;
  readonly origin: WorkOrigin;
  readonly operation: string;
  /** The interaction it answers and who acts; absent for what Discord did not ask. */
  readonly interaction?: string;
  readonly member?: MemberId;
  /** When it came into the mailbox; for what was due, when the actor took it up. */
  readonly queuedAtMs: number;
  readonly begunAtMs: number;
  /** When its handler had run and its rules had been checked. */
  readonly handledAtMs: number;
  /** When what it did, or read, was durable and its answer was let go. */
  readonly releasedAtMs: number;
  /** The rows it changed, in the order in which it first touched them; none for what was refused or only read. */
  readonly changes: readonly Change[];
  /** Why nothing was done, as a refusal's code. */
  readonly refused?: string;
}

/** Hears of each piece of work once it is over. Must not throw, and must not take long: the actor waits for it. */
export type Observe = (work: ObservedWork) => void;

/** One piece of work that is observed, from the moment its actor takes it up. */
export interface Followed {
  readonly handled: (changes: readonly Change[]) => void;
  /** Ends it with what was answered. */
  readonly answered: (answer: Answer) => void;
  /** Ends it with what became of its commit. */
  readonly released: (result: Released) => void;
}

/** How one guild's actor is observed. */
export interface Observation {
  /** Something came into the mailbox. */
  readonly queued: (item: object) => void;
  /** It is taken up: `item` as it was queued; absent for what was due. */
  readonly begun: (origin: WorkOrigin, operation: string, item?: object, request?: Request) => Followed;
}

/** Observes a guild's actor. Where nobody observes there is none of this, and nothing of it is paid for. */
export const observation = (
  guild: GuildId,
  { monotonicMs }: Pick<Clock, 'monotonicMs'>,
  observe: Observe,
): Observation => {
  const queuedAtMs = new WeakMap<object, number>();
  return {
    queued: (item) => queuedAtMs.set(item, monotonicMs()),
    begun: (origin, operation, item, request) => {
      const begunAtMs = monotonicMs();
      const came = item && queuedAtMs.get(item);
      let handledAtMs: number | undefined;
      let changes: readonly Change[] = [];
      const end = (refused: string | undefined): void => {
        const releasedAtMs = monotonicMs();
        observe({
          guild,
          origin,
          operation,
          ...(request && { interaction: request.id, member: request.member }),
          queuedAtMs: came ?? begunAtMs,
          begunAtMs,
          handledAtMs: handledAtMs ?? releasedAtMs,
          releasedAtMs,
          changes: refused === undefined ? changes : [],
          ...(refused !== undefined && { refused }),
        });
      };
      return {
        handled: (made) => {
          handledAtMs = monotonicMs();
          changes = made;
        },
        answered: (answer) => end('refused' in answer ? answer.refused : undefined),
        released: (result) => end(result === 'durable' ? undefined : 'core.storage-failed'),
      };
    },
  };
};
