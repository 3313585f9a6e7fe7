import type { Logger } from 'pino';
import type { EpochMs, GuildId } from '../kernel/ids.ts';
import type { Cancel, Waits } from './waits.ts';

/**
 * The alarm looks this often for what is due. So it never sleeps towards a far deadline (Node calls at once what is
 * more than 24.8 days away), and a nearer one that somebody sets meanwhile needs nobody to tell.
 */
const pollMs = 250;
/** A look while guilds are at work, or somebody waits for them. */
const busyPollMs = 1;
/** Guilds at work at once. */
const guildsMax = 8;
/** Guilds started before whatever came in from Discord meanwhile has its turn. */
const groupGuilds = 2;
/** A guild that still has something due after this long waits for the disk or the world outside: it takes no place from others. */
const atWorkMs = 10;
/** It is told again after this long: something else may have become due. */
const againMs = 1_000;
/** Of many such guilds each is told more rarely, so that telling them all stays this cheap a second. */
const againPerSecondMax = 1_000;
/** A guild that could not take its work is tried again after this long, twice as long each time. */
const refusedMs = 100;
const refusedMsMax = 30_000;
/** After so many refusals in a row nobody waits for a guild any more: it is likely in quarantine. */
const refusalsMax = 6;

/** The alarm's view of the store. */
export interface DueGuilds {
  /** Guilds whose least alarm is at or before `until`, at most `limit`; those given before come last. */
  readonly dueGuilds: (until: EpochMs, limit: number) => readonly GuildId[];
  /** Whether a guild that `dueGuilds` gave still has something due. */
  readonly isDue: (guild: GuildId, until: EpochMs) => boolean;
  /** The least alarm of all guilds, or an earlier time. */
  readonly nextDueAt: () => EpochMs | undefined;
}

/** What the alarm stands on. */
export interface AlarmParts {
  readonly store: DueGuilds;
  readonly directory: {
    /** Has what is due in a guild worked off; `false` when the guild cannot take it now. */
    readonly runDue: (guild: GuildId) => boolean;
  };
  /** Up to when deadlines fall now; `undefined` while they are held. */
  readonly dueUntil: () => EpochMs | undefined;
  readonly monotonicMs: () => number;
  readonly waits: Waits;
  readonly log: Logger;
}

/** What wakes guilds when something of theirs is due. */
export interface Alarm {
  /** Whether any guild that takes work has something due, or is at it. */
  readonly busy: () => boolean;
  /** Resolves when it is not. */
  readonly settled: () => Promise<void>;
  /** Wakes nobody from now on. */
  readonly stop: () => void;
}

/** A guild that was told and has something due all the same. */
interface Told {
  readonly atWorkUntilMs: number;
  readonly againAtMs: number;
  readonly refusals: number;
}

/**
 * Wakes exactly the guilds in which something is due, in order of time, eight at once and two a turn of the process: a
 * night on which every guild has a job must not keep people waiting. A guild that fails stops no other.
 */
export const startAlarm = (parts: AlarmParts): Alarm => {
  const { store, waits, log } = parts;
  const told = new Map<GuildId, Told>();
  let queue: readonly GuildId[] = [];
  let waiters: (() => void)[] = [];
  let cancel: Cancel = () => undefined;
  let stopped = false;

  const tell = (guild: GuildId, nowMs: number): void => {
    let taken = false;
    try {
      taken = parts.directory.runDue(guild);
    } catch (error) {
      log.error({ guild, err: error }, 'what is due in a guild could not be run');
    }
    const before = told.get(guild);
    const refusals = taken ? 0 : (before?.refusals ?? 0) + 1;
    const waitMs = taken
      ? Math.max(againMs, (told.size * 1000) / againPerSecondMax)
      : Math.min(refusedMs * 2 ** (refusals - 1), refusedMsMax);
    const atWorkUntilMs = taken && !before ? nowMs + atWorkMs : nowMs;
    told.set(guild, { atWorkUntilMs, againAtMs: nowMs + waitMs, refusals });
  };

  const refill = (until: EpochMs, nowMs: number): readonly GuildId[] => {
    for (const guild of told.keys()) if (!store.isDue(guild, until)) told.delete(guild);
    const due = store.dueGuilds(until, told.size + guildsMax);
    const atWork = [...told.values()].filter(({ atWorkUntilMs }) => atWorkUntilMs > nowMs).length;
    const fresh = due.filter((guild) => !told.has(guild));
    const again = due.filter((guild) => (told.get(guild)?.againAtMs ?? Number.POSITIVE_INFINITY) <= nowMs);
    // However many wait for the world outside, the others come first.
    return [...fresh.slice(0, guildsMax - atWork), ...again.slice(0, guildsMax)];
  };

  const busy = (): boolean => {
    const until = parts.dueUntil();
    if (until === undefined) return false;
    return store.dueGuilds(until, told.size + 1).some((guild) => (told.get(guild)?.refusals ?? 0) < refusalsMax);
  };

  /** Milliseconds to the next look when nobody is to be started now. */
  const sleepMs = (until: EpochMs, nowMs: number): number => {
    if (waiters.length > 0 || [...told.values()].some(({ atWorkUntilMs }) => atWorkUntilMs > nowMs)) return busyPollMs;
    const next = store.nextDueAt();
    return next === undefined || next <= until ? pollMs : Math.min(pollMs, next - until);
  };

  /** Starts what may start; gives the milliseconds to the next look, or `undefined` for as soon as others had a turn. */
  const look = (): number | undefined => {
    const until = parts.dueUntil();
    if (until === undefined) {
      queue = [];
      return pollMs;
    }
    const nowMs = parts.monotonicMs();
    if (queue.length === 0) queue = refill(until, nowMs);
    if (queue.length === 0) return sleepMs(until, nowMs);
    for (const guild of queue.slice(0, groupGuilds)) tell(guild, nowMs);
    queue = queue.slice(groupGuilds);
    return undefined;
  };

  const turn = (): void => {
    if (stopped) return;
    let waitMs: number | undefined = pollMs;
    try {
      waitMs = look();
      if (waiters.length > 0 && !busy()) {
        const released = waiters;
        waiters = [];
        for (const release of released) release();
      }
    } catch (error) {
      log.error({ err: error }, 'the alarm could not look for what is due');
    }
    cancel = waitMs === undefined ? waits.soon(turn) : waits.after(waitMs, turn);
  };

  cancel = waits.soon(turn);
  return {
    busy,
    settled: () =>
      new Promise((resolve) => {
        if (stopped) return resolve();
        waiters.push(resolve);
        cancel();
        cancel = waits.soon(turn);
      }),
    stop: () => {
      stopped = true;
      cancel();
      for (const release of waiters) release();
      waiters = [];
    },
  };
};
