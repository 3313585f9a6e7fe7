// A data folder with everything that works on it but Discord: real actors over real LMDB and real files.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type GuildDirectory, startDirectory } from '../../src/actors/directory.ts';
import type { Performance } from '../../src/actors/performer.ts';
import type { Answer } from '../../src/actors/request.ts';
import { startActorSystem } from '../../src/actors/system.ts';
import { messages as actorMessages } from '../../src/actors/text.ts';
import type { CommandParts, Declared } from '../../src/command-line/parts.ts';
import { runCommand } from '../../src/command-line/run.ts';
import { type RequestServer, serveRequests } from '../../src/command-line/service/requests.ts';
import { storeService } from '../../src/command-line/service/service.ts';
import { startUpkeep, type Upkeep } from '../../src/command-line/service/upkeep.ts';
import { openData, storeDeclarations } from '../../src/data.ts';
import { settings } from '../../src/features/settings/index.ts';
import { wallet } from '../../src/features/wallet/index.ts';
import { exemptErasing } from '../../src/forgetting/guild.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import { loadInstallationKey, memberHash } from '../../src/forgetting/installation-key.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { epochMs, type GuildId, guildId, type MemberId, memberId } from '../../src/kernel/ids.ts';
import { registry as collect, type Registry } from '../../src/kernel/registry.ts';
import { calendar } from '../../src/schedule/cron.ts';
import { lastingAfter } from '../../src/schedule/waits.ts';
import type { Store } from '../../src/storage/contract.ts';
import { lockFolder } from '../../src/storage/owner-lock.ts';
import { purse } from '../forgetting/purse.ts';
import { fall } from '../house/time.ts';

export const dayMs = 24 * 60 * 60_000;
export const hourMs = 60 * 60_000;
const discordEpochMs = 1_420_070_400_000;
export const guild = (number: number): GuildId => guildId(String(100_000_000_000_000_000n + BigInt(number)));
export const member = (number: number): MemberId => memberId(String(200_000_000_000_000_000n + BigInt(number)));
export const startOfTime = Date.UTC(2026, 7, 1, 12);

const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'guildhall-backup-'));

/** What a test does with a running bot. */
export interface Running {
  readonly registry: Registry;
  readonly store: Store;
  readonly directory: GuildDirectory;
  readonly upkeep: Upkeep;
  readonly ask: (guild: GuildId, who: MemberId, operation: string, input?: unknown) => Promise<Answer>;
  /** Throws unless it is done. */
  readonly tell: (guild: GuildId, operation: string, input?: unknown) => Promise<void>;
  /** Works off all that is due, in every server. */
  readonly fall: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The wallet, and the settings and preferences that it asks for. */
export const moneyAlone: readonly Feature[] = [settings(() => moneyAlone), wallet];

/** A machine with a clock of its own, on which a bot may run and commands are given. */
export class Installation {
  readonly home: string;
  readonly data: string;
  readonly clock = { now: startOfTime };
  features: readonly Feature[] = [...moneyAlone, purse];
  historyDays = 30;
  /** What becomes of every effect: nothing outside is there any more. */
  outside: Performance = { failed: 'gone' };
  /** What the last command printed, also when it was refused. */
  said: readonly string[] = [];
  #asked = 0;

  private constructor(home: string) {
    this.home = home;
    this.data = join(home, 'data');
  }
  static async make(): Promise<Installation> {
    return new Installation(await freshFolder());
  }
  remove(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }
  at(ms = 0): string {
    return new Date(this.clock.now + ms).toISOString();
  }
  pass(ms: number): void {
    this.clock.now += ms;
  }

  async declare(keyFolder: string): Promise<Declared> {
    const hash = memberHash(await loadInstallationKey(keyFolder));
    const forgetting = forgettingFeature({ registry: () => registry, hash, guildRetentionDays: 30 });
    const registry: Registry = exemptErasing(collect([...this.features, forgetting], [actorMessages]));
    return { registry, hash, store: storeDeclarations(registry) };
  }

  openData(registry: Registry, dataFolder: string): Promise<Store> {
    const configuration = {
      dataFolder,
      durability: 'process',
      snapshotIntervalMs: 3_600_000,
      historyDays: this.historyDays,
    } as const;
    const clock = { now: () => epochMs(this.clock.now), monotonicMs: () => performance.now() };
    // Short segments: a new one for each of many days is a matter of milliseconds.
    return openData({ registry, configuration, clock, log: pino({ level: 'silent' }), segmentBytesMax: 65_536 });
  }

  /** A command of an operator. Gives what it prints. */
  async run(...args: readonly string[]): Promise<readonly string[]> {
    const said: string[] = [];
    this.said = said;
    const parts: CommandParts = {
      dataFolder: this.data,
      historyDays: this.historyDays,
      version: '0.0.0',
      now: () => this.clock.now,
      monotonicMs: () => performance.now(),
      log: pino({ level: 'silent' }),
      declare: (folder) => this.declare(folder),
      openData: (registry, folder) => this.openData(registry, folder),
      say: (line) => said.push(line),
    };
    await runCommand(args, parts);
    return said;
  }

  async start(folder = this.data): Promise<Running> {
    const lock = await lockFolder(folder);
    const { registry, hash } = await this.declare(folder);
    const store = await this.openData(registry, folder);
    const log = pino({ level: 'silent' });
    const directory = startDirectory({
      system: startActorSystem(lastingAfter),
      store,
      log,
      runtime: {
        registry,
        clock: { now: () => epochMs(this.clock.now), monotonicMs: () => performance.now() },
        calendar,
        seeds: () => new Uint8Array(16),
        owners: new Set(),
        worlds: new Map(),
        perform: { perform: async () => this.outside },
        freezeRows: true,
      },
    });
    const operated = { store, directory, registry, dataFolder: folder, now: () => this.clock.now, log, hash };
    const upkeep = startUpkeep({ ...operated, historyDays: this.historyDays });
    const service = storeService({ ...operated, monotonicMs: () => performance.now(), version: '0.0.0' });
    const requests: RequestServer = await serveRequests(folder, service);
    const operation = (name: string) => {
      const found = registry.operations.get(name);
      if (found === undefined) throw new Error(`no operation ${name}`);
      return found;
    };
    return {
      registry,
      store,
      directory,
      upkeep,
      ask: (where, who, name, input = {}) => {
        this.#asked += 1;
        const id = String((BigInt(this.clock.now - discordEpochMs) << 22n) + BigInt(this.#asked));
        const deadlineMs = Number.MAX_SAFE_INTEGER;
        return directory.ask({
          id,
          guild: where,
          member: who,
          permissions: 8n,
          operation: operation(name),
          input,
          deadlineMs,
        });
      },
      tell: async (where, name, input = {}) => {
        const answer = await directory.run({ guild: where, operation: operation(name), input });
        if (!('done' in answer)) throw new Error(`${name}: ${answer.refused}`);
      },
      fall: () => fall({ directory, store, clock: { now: epochMs(this.clock.now) } }),
      stop: async () => {
        await requests.stop();
        await upkeep.stop();
        await directory.stop();
        await store.shutdown();
        await lock.release();
      },
    };
  }
}

/** Every row of some servers that a person would miss, as text: without what says who asked when. */
export const rowsOf = (running: Running, guilds: readonly GuildId[]): readonly string[] => {
  running.directory.evictIdle(0);
  return guilds.flatMap((one) => {
    const state = running.store.open(one);
    const rows = [...running.registry.collections.values()].flatMap((collection) =>
      state
        .scan(collection, { prefix: '', after: undefined, reverse: false, limit: 1_000_000 })
        .map(([key, row]) => `${one} ${collection.name} ${key} ${asText(row)}`),
    );
    running.store.close(state);
    return rows;
  });
};

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));

/** The files under a folder that hold a text, as paths in it. */
export const filesWith = async (folder: string, text: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path.slice(folder.length + 1));
  }
  return found;
};
