import { type EffectEnd, outbox } from '../kernel/effect.ts';
import type { RowId } from '../kernel/ids.ts';
import type { Commit } from '../storage/contract.ts';
import type { ActorContext } from './actor-context.ts';
import { beginAsNobody, commitOf, executeTask } from './execute.ts';
import type { Transaction } from './transaction.ts';

const removed = (id: RowId) => (transaction: Transaction) => transaction.remove(outbox, [id]);

const removal = ({ state, runtime, companion }: ActorContext, id: RowId): Commit | undefined => {
  const transaction = beginAsNobody(state, runtime);
  removed(id)(transaction);
  return commitOf(transaction, 'core.effect-ended', runtime, companion);
};

/**
 * Runs the operation that follows an effect and gives what is to be committed: the effect's row goes in any case, also
 * where the operation refuses, throws or is no longer declared. `undefined` where the guild's data cannot be read.
 */
export const endEffect = (
  context: ActorContext,
  id: RowId,
  { following }: typeof outbox.initial,
  end: EffectEnd<unknown>,
): Commit | undefined => {
  const { guild, state, runtime, log, companion } = context;
  if (!following) return removal(context, id);
  const operation = runtime.registry.operations.get(following.operation);
  if (operation?.kind !== 'mutation') {
    log.error({ guild, operation: following.operation }, 'nobody declares the operation that follows an effect');
    return removal(context, id);
  }
  const task = { operation, input: { end, input: following.input }, first: removed(id) };
  try {
    return executeTask(state, task, runtime, companion);
  } catch (error) {
    context.failed(following.operation, error);
    return context.broken ? undefined : removal(context, id);
  }
};
