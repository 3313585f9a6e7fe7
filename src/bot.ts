import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { startDirectory } from './actors/directory.ts';
import { startActorSystem } from './actors/system.ts';
import { messages as actorMessages } from './actors/text.ts';
import { type Configuration, ConfigurationError } from './configuration.ts';
import { featuresWith } from './features/index.ts';
import { exemptErasing } from './forgetting/guild.ts';
import { forgettingFeature } from './forgetting/index.ts';
import { loadInstallationKey, memberHash } from './forgetting/installation-key.ts';
import { membershipEvents } from './forgetting/membership.ts';
import { performByKind } from './gateway/effects/by-kind.ts';
import { createServiceCaller } from './gateway/effects/call-service.ts';
import { createDiscord } from './gateway/gateway.ts';
import { messages as gatewayMessages } from './gateway/text.ts';
import { assert } from './kernel/assert.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { outbox } from './kernel/effect.ts';
import type { Feature } from './kernel/feature.ts';
import { departures } from './kernel/membership.ts';
import { systemSeed } from './kernel/random.ts';
import { registry as collect, type Registry } from './kernel/registry.ts';
import type { OwnerDefaults } from './kernel/setting.ts';
import { timers } from './kernel/timer.ts';
import type { WorldView } from './kernel/world.ts';
import { oneLine } from './one-line.ts';
import { type DebugSubject, debugFeature } from './operator/debug.ts';
import { readOwnerDefaults } from './owner-defaults.ts';
import { startPictures } from './pictures/pictures.ts';
import { startAlarm } from './schedule/alarm.ts';
import { watchClock } from './schedule/clock-watch.ts';
import { calendar } from './schedule/cron.ts';
import { readLastSeen, writeLastSeen } from './schedule/last-seen.ts';
import { systemWaits } from './schedule/waits.ts';
import type { Store } from './storage/contract.ts';
import { openSegmentJournal } from './storage/journal/segment-journal.ts';
import { lockFolder } from './storage/owner-lock.ts';
import { RowsUnusableError } from './storage/ports.ts';
import { openLmdbRows } from './storage/rows/lmdb-rows.ts';
import { openStore } from './storage/store.ts';

/** Guilds nobody asked for this long leave memory. */
const idleMs = 10 * 60_000;
const evictionIntervalMs = 60_000;
/** Between pages of members who are compared with those who are there, and before a busy guild is told again. */
const reconciliationPaceMs = 250;

/** What a running bot can be asked. */
export interface Bot {
  /** Resolves when nothing is queued, due, waiting for the disk, or being answered. */
  readonly settled: () => Promise<void>;
  /** Answers what was taken, writes a last snapshot and lets go of everything. */
  readonly stop: () => Promise<void>;
}

/** Where a bot logs in and whose time it keeps. */
export interface BotParts {
  readonly configuration: Configuration;
  readonly token: string;
  /** REST address of the local Discord; absent for Discord itself. */
  readonly api: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The bot's features with the owner's defaults. Throws a `ConfigurationError` on a default that no setting takes. */
const withDefaults = (more: readonly Feature[], defaults: OwnerDefaults): readonly Feature[] => {
  try {
    return featuresWith(more, defaults);
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigurationError(`GUILDHALL_DEFAULTS: ${error.message}`);
    throw error;
  }
};

/** Opens journal, rows and the store over them. */
const openData = async (
  registry: Registry,
  { dataFolder, durability, snapshotIntervalMs }: Configuration,
  log: Logger,
): Promise<Store> => {
  const onError = (error: unknown): void => {
    if (!(error instanceof RowsUnusableError)) return log.error({ err: error }, 'storage');
    // Nothing more can be read either. The next start finds everything: the journal has what the rows have not.
    log.fatal(oneLine(error));
    process.exit(1);
  };
  const journal = await openSegmentJournal({ folder: join(dataFolder, 'journal'), durability });
  const rows = await openLmdbRows({ folder: join(dataFolder, 'rows') });
  const store = await openStore({
    journal,
    rows,
    collections: [...registry.collections.values()],
    alarms: [
      { collection: timers, ordering: 'due' },
      { collection: outbox, ordering: 'due' },
    ],
    hides: departures,
    snapshotIntervalMs,
    onError,
  });
  // What is stored, and due, in the journal alone is known from a snapshot on. A full disk may take a later one.
  await store.snapshot().catch(onError);
  return store;
};

/**
 * Starts everything between Discord and the disk, and resolves when it answers interactions. Rejects with one clear
 * line when the data folder is in use, its store is damaged or of a newer version, or Discord refuses the token.
 */
export const startBot = async (parts: BotParts): Promise<Bot> => {
  const { configuration, clock, log } = parts;
  await mkdir(configuration.dataFolder, { recursive: true });
  const lock = await lockFolder(configuration.dataFolder);
  let subject: DebugSubject | undefined;
  const key = await loadInstallationKey(configuration.dataFolder);
  const defaults = await readOwnerDefaults(configuration.defaultsFile);
  const forgetting = forgettingFeature({
    registry: () => registry,
    hash: memberHash(key),
    guildRetentionDays: configuration.retentionDays,
  });
  const debug = debugFeature(() => {
    assert(subject !== undefined, 'the runtime runs before it is looked at');
    return subject;
  });
  const registry: Registry = exemptErasing(
    collect(withDefaults([forgetting, debug], defaults), [actorMessages, gatewayMessages]),
  );
  const store = await openData(registry, configuration, log);
  const pictures = startPictures({ log });
  const { shards: count, watchesMembers } = configuration;
  const discord = createDiscord({
    registry,
    token: parts.token,
    api: parts.api,
    ...(count !== undefined && { shards: { ids: [...Array(count).keys()], count } }),
    pictures,
    watchesMembers,
    log,
    clock,
  });
  const worlds = new Map<string, WorldView<unknown>>();
  const directory = startDirectory({
    system: startActorSystem(),
    store,
    log,
    runtime: {
      registry,
      clock,
      calendar,
      seeds: systemSeed,
      owners: configuration.owners,
      worlds,
      perform: performByKind([discord.performers, createServiceCaller({ log })], log),
      freezeRows: false,
    },
  });
  const deadlines = watchClock({
    machine: systemClock(),
    clock,
    lastSeenAt: await readLastSeen(configuration.dataFolder),
    keep: (at) => writeLastSeen(configuration.dataFolder, at),
    graceMs: configuration.clockGraceMs,
    log,
  });
  subject = { directory, store, registry, worlds, deadlines, owners: configuration.owners };
  const memberships = membershipEvents({
    directory,
    registry,
    // Where nobody watches there is nothing to learn, and no line in the log for each server.
    membersPresent: watchesMembers ? discord.membersPresent : () => Promise.resolve(undefined),
    storedGuilds: (after, limit) => store.storedGuilds(after, limit),
    pause: (signal) => sleep(reconciliationPaceMs, undefined, { signal, ref: false }).catch(() => undefined),
    log,
  });
  const gateway = await discord.start({ directory, memberships });
  const alarm = startAlarm({
    store,
    directory,
    dueUntil: deadlines.dueUntil,
    monotonicMs: clock.monotonicMs,
    waits: systemWaits,
    log,
  });
  const eviction = setInterval(() => directory.evictIdle(idleMs), evictionIntervalMs);
  eviction.unref();
  return {
    settled: async () => {
      do {
        await alarm.settled();
        await gateway.idle();
        await memberships.idle();
        await directory.settled();
      } while (alarm.busy());
    },
    stop: async () => {
      clearInterval(eviction);
      alarm.stop();
      await memberships.stop();
      await directory.stop();
      await gateway.stop();
      await pictures.stop();
      await deadlines.stop();
      await store.shutdown();
      await lock.release();
    },
  };
};
