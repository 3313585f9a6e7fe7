import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import packageFile from '../package.json' with { type: 'json' };
import { startDirectory } from './actors/directory.ts';
import type { Observe } from './actors/observation.ts';
import { startActorSystem } from './actors/system.ts';
import { serveRequests } from './command-line/service/requests.ts';
import { storeService } from './command-line/service/service.ts';
import { startUpkeep } from './command-line/service/upkeep.ts';
import type { Configuration } from './configuration.ts';
import { openData } from './data.ts';
import { declareAll } from './declare.ts';
import { loadInstallationKey, memberHash } from './forgetting/installation-key.ts';
import { membershipEvents } from './forgetting/membership.ts';
import { performByKind } from './gateway/effects/by-kind.ts';
import { createServiceCaller } from './gateway/effects/call-service.ts';
import { createDiscord } from './gateway/gateway.ts';
import { messages as gatewayMessages } from './gateway/text.ts';
import { assert } from './kernel/assert.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { systemSeed } from './kernel/random.ts';
import type { WorldView } from './kernel/world.ts';
import { type DebugSubject, debugFeature } from './operator/debug.ts';
import { readOwnerDefaults } from './owner-defaults.ts';
import { startPictures } from './pictures/pictures.ts';
import { startAlarm } from './schedule/alarm.ts';
import { watchClock } from './schedule/clock-watch.ts';
import { calendar } from './schedule/cron.ts';
import { startEviction } from './schedule/eviction.ts';
import { readLastSeen, writeLastSeen } from './schedule/last-seen.ts';
import { lastingAfter, systemWaits } from './schedule/waits.ts';
import { lockFolder } from './storage/owner-lock.ts';

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
  /** Hears what the actors do, with the rows they change. Only on the local Discord: members' rows are private. */
  readonly observe?: Observe;
}

/**
 * Starts everything between Discord and the disk, and resolves when it answers interactions. Rejects with one clear
 * line when the data folder is in use, its store is damaged or of a newer version, or Discord refuses the token.
 */
export const startBot = async (parts: BotParts): Promise<Bot> => {
  const { configuration, clock, log, observe } = parts;
  assert(observe === undefined || parts.api !== undefined, 'nobody looks into a bot on Discord itself');
  await mkdir(configuration.dataFolder, { recursive: true });
  const lock = await lockFolder(configuration.dataFolder);
  let subject: DebugSubject | undefined;
  const key = await loadInstallationKey(configuration.dataFolder);
  const defaults = await readOwnerDefaults(configuration.defaultsFile);
  const hash = memberHash(key);
  const debug = debugFeature(() => {
    assert(subject !== undefined, 'the runtime runs before it is looked at');
    return subject;
  });
  const { retentionDays, historyDays, dataFolder } = configuration;
  const registry = declareAll({ hash, retentionDays, defaults, more: [debug], messages: [gatewayMessages] });
  const store = await openData({ registry, configuration, clock, log });
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
    system: startActorSystem(lastingAfter),
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
      ...(observe && { observe }),
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
    store,
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
  const stopEviction = startEviction(directory, systemWaits);
  const ending = new AbortController();
  const operated = { store, directory, registry, dataFolder, now: clock.now, log, hash, historyDays };
  const upkeep = startUpkeep(operated);
  const { monotonicMs } = clock;
  const { version } = packageFile;
  const service = storeService({ ...operated, monotonicMs, version, signal: ending.signal });
  const requests = await serveRequests(dataFolder, service);
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
      stopEviction();
      ending.abort(new Error('the bot was stopped before the backup was complete'));
      await requests.stop();
      await upkeep.stop();
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
