import { Queue } from '../kernel/queue.ts';
import type { Released } from './contract.ts';
import { type Guild, type Pending, takeBack } from './guild.ts';
import type { Journal } from './ports.ts';

/** The operations that wait for the disk, in the order of their positions. */
export interface Durability {
  /** Adds the newest operation. */
  readonly add: (pending: Pending) => void;
  readonly failed: () => Error | undefined;
}

/**
 * Listens to the journal and releases operations as it becomes durable. When the journal fails, operations that are
 * not durable are taken back, newest first, before the first of them hears that it is lost: `takenBack` hears which
 * guilds were, `onError` why.
 */
export const trackDurability = (
  journal: Journal,
  takenBack: (guild: Guild) => void,
  onError: (error: unknown) => void,
): Durability => {
  const queue = new Queue<Pending>();
  let durable = journal.durablePosition;
  let failure: Error | undefined;

  const call = (released: (result: Released) => void, result: Released): void => {
    try {
      released(result);
    } catch (error) {
      onError(error);
    }
  };

  const release = (pending: Pending, result: Released): void => {
    const { guild } = pending.applied;
    if (guild.newest === pending) guild.newest = undefined;
    call(pending.released, result);
    for (const reader of pending.readers ?? []) call(reader, result);
  };

  const releaseDurable = (): void => {
    for (let next = queue.peek(); next !== undefined && next.position <= durable; next = queue.peek()) {
      queue.shift();
      release(next, 'durable');
    }
  };

  const fail = (error: Error): void => {
    releaseDurable();
    failure = error;
    const lost: Pending[] = [];
    for (let pending = queue.shift(); pending !== undefined; pending = queue.shift()) lost.push(pending);
    for (const { applied, positionBefore } of lost.toReversed()) {
      for (const problem of takeBack(applied)) onError(problem);
      applied.guild.position = positionBefore;
      applied.guild.newest = undefined;
    }
    for (const guild of new Set(lost.map(({ applied }) => applied.guild))) {
      try {
        takenBack(guild);
      } catch (problem) {
        onError(problem);
      }
    }
    for (const pending of lost) release(pending, 'lost');
    // Those who asked hear that nothing was changed; why is for whoever runs the bot.
    onError(error);
  };

  journal.listen({
    durable: (position) => {
      durable = position;
      releaseDurable();
    },
    failed: fail,
  });

  return {
    add: (pending) => {
      queue.push(pending);
      if (pending.position <= durable) releaseDurable();
    },
    failed: () => failure,
  };
};
