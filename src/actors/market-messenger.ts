import { tellMarket } from '../kernel/effect.ts';
import { marketRealm } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Performance, Performer } from './performer.ts';
import type { Directory } from './request.ts';

/** Refusals of the runtime that pass: the market has not looked at it. */
const passing: ReadonlySet<string> = new Set([
  'core.busy',
  'core.stopping',
  'core.storage-failed',
  'core.quarantined',
  'core.bug',
]);

/**
 * A performer that tells the market what guilds tell it, and leaves all else to another one. The market's errand has the
 * effect's own id, so it happens once however often the effect is performed.
 */
export const withMarketMessenger = (
  others: Performer,
  { operations }: Pick<Registry, 'operations'>,
  run: Directory['run'],
): Performer => ({
  perform: async (job): Promise<Performance> => {
    if (job.kind !== tellMarket.kind) return others.perform(job);
    const told = tellMarket.payload.parse(job.payload);
    const operation = operations.get(told.operation);
    if (!operation) return { failed: 'rejected' };
    const answer = await run({ guild: marketRealm, operation, input: told.input, id: `${job.guild}.${job.id}` });
    if (!('refused' in answer)) return { done: {} };
    return passing.has(answer.refused) ? { later: 1_000 } : { failed: 'rejected' };
  },
});
