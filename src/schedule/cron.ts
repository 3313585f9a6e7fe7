import { Cron } from 'croner';
import { type EpochMs, epochMs } from '../kernel/ids.ts';
import type { Calendar } from '../kernel/job.ts';

/** A pattern or zone that no job can run by. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

/** Beyond this many missed occurrences nobody counts. */
const countMax = 1_000;
/** Zones are some 600, patterns a few dozen; guilds of one zone share what is kept here. */
const schedulesKept = 1_024;
const zonesKept = 1_024;

/** A pattern read in a zone. */
interface Schedule {
  /** The first occurrence after a time. Throws a `ScheduleError` when there is none. */
  readonly next: (after: EpochMs) => EpochMs;
  /** The last occurrence at or before a time. */
  readonly last: (until: EpochMs) => EpochMs | undefined;
  /** How many occurrences lie after `after`, up to the occurrence `at`; at most 1,000. */
  readonly count: (after: EpochMs, at: EpochMs) => number;
}

/** `make`, with its last `keptMax` values kept by key. */
const kept = <V>(keptMax: number, make: (...key: readonly string[]) => V): ((...key: readonly string[]) => V) => {
  const values = new Map<string, V>();
  return (...key) => {
    const name = key.join('\n');
    const known = values.get(name);
    if (known !== undefined) return known;
    const value = make(...key);
    const [oldest] = values.keys();
    if (oldest !== undefined && values.size >= keptMax) values.delete(oldest);
    values.set(name, value);
    return value;
  };
};

const refused = (pattern: string, zone: string, reason: string): ScheduleError =>
  new ScheduleError(`"${pattern}" in the time zone "${zone}" is no schedule: ${reason}`);

const dateFormats = kept(zonesKept, (zone = '') => {
  try {
    return new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  } catch (error) {
    if (error instanceof RangeError) throw new ScheduleError(`"${zone}" is no time zone`);
    throw error;
  }
});

/**
 * A time of day that is skipped when clocks are put forward runs right after the gap, and one that comes twice runs the
 * first time, unless the minute or hour has a `*`: such a pattern runs at whatever the clock shows, so it skips what is
 * not there and runs on both passes.
 */
const compile = (pattern: string, zone: string): Cron => {
  dateFormats(zone);
  // croner also takes names such as `@daily`, and `?`, which stands for the moment the pattern is read.
  if (pattern.trim().split(/\s+/).length !== 5) throw refused(pattern, zone, 'it has not five fields');
  if (pattern.includes('?')) throw refused(pattern, zone, '"?" means another time at each start');
  try {
    return new Cron(pattern, { timezone: zone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });
  } catch (error) {
    throw refused(pattern, zone, error instanceof Error ? error.message : String(error));
  }
};

const schedules = kept(schedulesKept, (pattern = '', zone = ''): Schedule => {
  const cron = compile(pattern, zone);
  // Guilds of a zone ask about the same stretch of time one after another, so the last answer of each kind is kept.
  let stretch: { readonly from: EpochMs; readonly to: EpochMs } | undefined;
  let counted: { readonly after: EpochMs; readonly at: EpochMs; readonly count: number } | undefined;

  const next = (after: EpochMs): EpochMs => {
    if (stretch && stretch.from <= after && after < stretch.to) return stretch.to;
    const found = cron.nextRun(new Date(after));
    if (!found) throw refused(pattern, zone, 'it never comes');
    const to = epochMs(found.getTime());
    if (to <= after) throw refused(pattern, zone, `it does not go on after ${new Date(after).toISOString()}`);
    stretch = { from: after, to };
    return to;
  };

  return {
    next,
    last: (until) => {
      // One second later, as croner gives what lies before a whole second.
      const [found] = cron.previousRuns(1, new Date(Math.floor(until / 1000) * 1000 + 1000));
      return found && epochMs(found.getTime());
    },
    count: (after, at) => {
      if (counted?.after === after && counted.at === at) return counted.count;
      let count = 0;
      for (let seen = after; seen < at && count < countMax; count += 1) seen = next(seen);
      counted = { after, at, count };
      return count;
    },
  };
});

/**
 * Occurrences of cron patterns of five fields, by croner. Throws a `ScheduleError` on a pattern or zone that cannot be
 * read, and on a pattern that never comes (30 February). 29 February comes in leap years only; `L 2` is the last day of
 * each February.
 */
export const calendar: Calendar = {
  next: (pattern, zone, after) => schedules(pattern, zone).next(after),
  latest: (pattern, zone, after, until) => {
    const schedule = schedules(pattern, zone);
    const at = schedule.last(until);
    if (at === undefined || at <= after) return undefined;
    return { at, count: schedule.count(after, at) };
  },
  dateOf: (zone, at) => {
    let year = '';
    let month = '';
    let day = '';
    for (const part of dateFormats(zone).formatToParts(at)) {
      if (part.type === 'year') year = part.value;
      if (part.type === 'month') month = part.value;
      if (part.type === 'day') day = part.value;
    }
    return `${year}-${month}-${day}`;
  },
};
