import type { Logger } from 'pino';
import type { Performance, Performer } from '../../actors/performer.ts';
import { describeFailure } from '../redact.ts';

/** What performs each kind of effect. */
export type Performers = ReadonlyMap<string, Performer['perform']>;

/** One performer of everything that these perform. A kind that none knows is `rejected`. */
export const performByKind = (all: readonly Performers[], log: Logger): Performer => {
  const byKind = new Map(all.flatMap((performers) => [...performers]));
  return {
    perform: async (job): Promise<Performance> => {
      const perform = byKind.get(job.kind);
      if (!perform) {
        log.error({ guild: job.guild, kind: job.kind }, 'nothing performs effects of this kind');
        return { failed: 'rejected' };
      }
      try {
        return await perform(job);
      } catch (error) {
        log.error({ guild: job.guild, kind: job.kind, failure: describeFailure(error) }, 'an effect broke off');
        return { failed: 'unknown' };
      }
    },
  };
};
