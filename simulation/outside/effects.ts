import type { EffectJob, Performance, Performer } from '../../src/actors/performer.ts';
import { effectAttemptsMax, outbox, tellMarket } from '../../src/kernel/effect.ts';
import type { GuildId } from '../../src/kernel/ids.ts';
import type { Commit } from '../../src/storage/contract.ts';
import type { Chance } from '../chance.ts';
import type { Faults } from '../faults.ts';
import { same } from '../oracles/same.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import { type Findings, shown } from '../violation.ts';

type Row = typeof outbox.initial;

/** An effect as the outside knows it: what became of its row, and what was done. */
interface Wanted {
  readonly position: number;
  readonly row: Row;
  readonly lane: string | undefined;
  performances: number;
  /** A process performs it, and has not heard how it ended. */
  underWay: boolean;
  /** The position of the operation that ended it. */
  goneAt: number | undefined;
  /** Everything it ever came to. */
  readonly results: Performance[];
}

/** What is done outside, and a watch on it. */
export interface Effects extends Performer {
  /** An operation wants effects, or ends some. `given` is its input. */
  readonly changed: (guild: GuildId, changes: Commit['changes'], position: number, given: unknown) => void;
  /** The process is gone; nobody hears how what it began ends. */
  readonly crashed: () => void;
  /** Nothing behind a position happened. */
  readonly restarted: (at: number) => void;
  /** Effects that have not ended. */
  readonly pending: () => number;
}

/** Beyond so many, those that ended are let go of. */
const keptMax = 300;

const results: Readonly<Record<string, unknown>> = {
  'discord.post': { message: '300000000000000001' },
  'discord.direct-message': { message: '300000000000000002' },
  'http.call': { status: 200, body: '' },
};

const laneOf = ({ kind, payload }: Row): string | undefined => {
  if (kind === tellMarket.kind) return undefined;
  const { channel, member } = (payload ?? {}) as { readonly channel?: unknown; readonly member?: unknown };
  if (typeof channel === 'string') return `channel ${channel}`;
  return typeof member === 'string' ? `member ${member}` : undefined;
};

/** An outside that refuses, limits and is late as the run's faults have it. `durable` is the journal's last position. */
export const openEffects = (parts: {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly durable: () => number;
}): Effects => {
  const { scheduler, chance, faults, trace, findings } = parts;
  const wanted = new Map<string, Wanted>();
  const idOf = (guild: GuildId, id: string): string => `${guild} ${id}`;

  const check = ({ guild, id, repeated, kind }: EffectJob): Wanted => {
    const known = wanted.get(idOf(guild, id));
    if (known === undefined)
      throw findings.broken('effects', `${kind} ${id} of guild ${guild} is performed, nobody wants it`);
    if (known.position > parts.durable()) {
      throw findings.broken('effects', `${kind} ${id} of guild ${guild} is performed before it is durable`);
    }
    const last = known.results.at(-1);
    const mayBeDone = known.performances > 0 && !(last !== undefined && 'later' in last);
    if (known.row.repeat === 'never' && mayBeDone) {
      throw findings.broken('effects', `${kind} ${id} of guild ${guild} is performed again, which may never be`);
    }
    if (known.row.repeat !== 'never' && mayBeDone && !repeated) {
      throw findings.broken('effects', `${kind} ${id} of guild ${guild} is performed again as if for the first time`);
    }
    if (known.lane !== undefined) {
      for (const [other, { lane, goneAt }] of wanted) {
        if (goneAt === undefined && lane === known.lane && other < idOf(guild, id) && other.startsWith(`${guild} `)) {
          throw findings.broken('effects', `${kind} ${id} of guild ${guild} overtakes ${other}`);
        }
      }
    }
    return known;
  };

  const fate = ({ kind }: EffectJob, repeat: Row['repeat']): Performance => {
    if (faults.fires('effect refused')) return { failed: chance.pick(['gone', 'forbidden', 'rejected'] as const) };
    if (faults.fires('effect rate-limited')) return { later: chance.int(120_000) };
    if (faults.fires('effect timed out')) return repeat === 'never' ? { failed: 'unknown' } : { later: 0 };
    return { done: results[kind] ?? {} };
  };

  const checkEnd = (known: Wanted, id: string, end: unknown): void => {
    const said = end as Performance | undefined;
    if (said === undefined) return;
    const last = known.results.at(-1);
    if (last !== undefined && same(last, said)) return;
    if (known.row.kind === tellMarket.kind) return;
    const failed = 'failed' in said ? said.failed : undefined;
    if (failed === 'unknown' && known.row.repeat === 'never' && known.performances >= known.results.length) return;
    if (failed === 'gave up' && known.results.filter((one) => 'later' in one).length >= effectAttemptsMax) return;
    throw findings.broken('effects', `${id} is said to have ended as ${shown(said)}, and came to ${shown(last)}`);
  };

  /** Lets go of those whose end is durable. */
  const forget = (): void => {
    for (const [id, { goneAt }] of wanted) if (goneAt !== undefined && goneAt <= parts.durable()) wanted.delete(id);
  };

  return {
    perform: async (job) => {
      const known = check(job);
      known.performances += 1;
      known.underWay = true;
      trace.note(`${job.kind} ${job.id} ${String(job.repeated)}`);
      const performance = fate(job, known.row.repeat);
      await scheduler.wait('later' in performance ? chance.between(100, 10_000) : chance.between(1, 800));
      known.underWay = false;
      known.results.push(performance);
      return performance;
    },
    changed: (guild, changes, position, given) => {
      for (const { collection, key, before, after } of changes) {
        if (collection.name !== outbox.name) continue;
        const id = idOf(guild, key);
        if (before === undefined && after !== undefined) {
          const row = after as Row;
          const lane = laneOf(row);
          wanted.set(id, { position, row, lane, performances: 0, underWay: false, goneAt: undefined, results: [] });
        }
        if (after !== undefined) continue;
        const known = wanted.get(id);
        const ends = (before as Row | undefined)?.following !== undefined;
        if (known !== undefined && ends) checkEnd(known, id, (given as { end?: unknown } | undefined)?.end);
        if (known !== undefined) known.goneAt = position;
      }
      if (wanted.size > keptMax) forget();
    },
    crashed: () => {
      for (const known of wanted.values()) {
        if (known.underWay) faults.count('effect end lost in a crash');
        known.underWay = false;
      }
    },
    restarted: (at) => {
      for (const [id, known] of wanted) {
        if (known.position > at) wanted.delete(id);
        else if (known.goneAt !== undefined && known.goneAt > at) known.goneAt = undefined;
      }
      forget();
    },
    pending: () => [...wanted.values()].filter(({ goneAt }) => goneAt === undefined).length,
  };
};
