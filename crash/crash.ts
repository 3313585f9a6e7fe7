import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backupsFolder } from '../src/command-line/service/service.ts';
import { type Random, seededRandom } from '../src/kernel/random.ts';
import { checkBackup, listBackups } from '../src/storage/backup/manifest.ts';
import { EndedEarly, Guildhall } from '../test/end-to-end/guildhall.ts';
import { audit } from './audit.ts';
import { readBooks } from './books.ts';
import { fieldOf } from './deeds.ts';
import { fillJournal } from './fill-journal.ts';
import { type Moment, moments, untilMoment } from './moments.ts';
import { type Acting, gatherPeople, type People } from './people.ts';
import { killNow, processesOn } from './processes.ts';
import { withStoppedStore } from './stopped-store.ts';

/** What a run of crashes found. */
export interface CrashReport {
  readonly seed: number;
  readonly kills: ReadonlyMap<Moment, { readonly bot: number; readonly everything: number }>;
  /** Answers that were given, each checked against the disk after every kill behind it. */
  readonly answers: number;
  /** Things asked whose answer a kill took: found on the disk, or not. */
  readonly happened: number;
  readonly didNotHappen: number;
  /** Lines of histories read in all looks at the disk together. */
  readonly linesRead: number;
  readonly lost: readonly string[];
  readonly created: readonly string[];
  /** What Discord would have refused. */
  readonly refusals: number;
  /** How long the restarts took that were let through, in milliseconds. */
  readonly restartsMs: readonly number[];
}

/** What is killed: the bot, or the local Discord and the launcher with it. */
type Scope = 'bot' | 'everything';

const environment = {
  GUILDHALL_SNAPSHOT_SECONDS: '1',
  GUILDHALL_CLOCK_GRACE_SECONDS: '0',
  GUILDHALL_LOG: 'error',
};
const membersPerGuild = 12;
/** Of 20 kills, how many are aimed at which moment. */
const aims: readonly Moment[] = [
  ...Array<Moment>(5).fill('under load'),
  ...Array<Moment>(4).fill('in a snapshot'),
  ...Array<Moment>(2).fill('in a cut of the journal'),
  ...Array<Moment>(2).fill('in a backup'),
  ...Array<Moment>(4).fill('at start'),
  ...Array<Moment>(3).fill('in recovery'),
];
const everythingOf = 3;
const leapOf = 6;
const hourMs = 3_600_000;
/** What a start takes, to kill within it; a kill that comes later counts as one in recovery. */
const startMs = 1_500;
const findMs = 5;
/** Answers that were given before a kill get here within this time. */
const lastAnswersMs = 150;
const leftBytes = { least: 20_000, most: 120_000 } as const;

interface Scene {
  readonly folder: string;
  readonly random: Random;
  readonly guilds: readonly string[];
  readonly people: People;
  readonly report: {
    linesRead: number;
    refusals: number;
    readonly lost: string[];
    readonly created: string[];
    readonly restartsMs: number[];
    readonly kills: Map<Moment, { bot: number; everything: number }>;
  };
  hall: Guildhall | undefined;
}

/** A first start, in which everybody joins, and a clean stop, so that the local Discord has them on disk. */
const prepare = async (
  folder: string,
): Promise<{ readonly guilds: readonly string[]; readonly ids: readonly string[] }> => {
  const hall = await Guildhall.start(folder, environment);
  const guilds = (await hall.state()).guilds.map(({ id }) => id);
  const [first = '', ...others] = guilds;
  const ids: string[] = [];
  for (let index = 0; index < membersPerGuild; index += 1) {
    const { id } = await hall.post<{ readonly id: string }>(`/sim/guilds/${first}/members`, {
      name: `Player ${index}`,
    });
    for (const other of others) await hall.post(`/sim/guilds/${other}/members`, { id, name: `Player ${index}` });
    ids.push(id);
  }
  const code = await hall.stop();
  if (code !== 0) throw new Error(`a clean stop ended with ${code}: ${hall.output()}`);
  return { guilds, ids };
};

const count = ({ report }: Scene, moment: Moment, scope: Scope): void => {
  const kills = report.kills.get(moment) ?? { bot: 0, everything: 0 };
  kills[scope] += 1;
  report.kills.set(moment, kills);
};

const noteRefusals = async ({ hall, report }: Scene): Promise<void> => {
  const refusals = (await hall?.state())?.refusals ?? [];
  report.refusals = Math.max(report.refusals, refusals.length);
};

/** The moment's processes, as soon as there are any; `undefined` when `over` says that there will be none. */
const appearing = async (
  folder: string,
  role: 'bot' | 'launcher',
  over: () => boolean,
): Promise<number | undefined> => {
  while (!over()) {
    const pid = processesOn(folder).get(role);
    if (pid !== undefined) return pid;
    await sleep(findMs);
  }
  return undefined;
};

/** Brings up what is down. Rejects when it does not come up. */
const startNow = async (scene: Scene): Promise<void> => {
  if (scene.hall === undefined) scene.hall = await Guildhall.start(scene.folder, environment);
  else await scene.hall.post('/sim/bot', { action: 'start' });
};

const restart = async (scene: Scene): Promise<void> => {
  const from = performance.now();
  await startNow(scene);
  scene.report.restartsMs.push(performance.now() - from);
};

const goneFrom = async (folder: string, scope: Scope): Promise<void> => {
  for (let some = true; some; ) {
    const running = processesOn(folder);
    some = scope === 'bot' ? running.has('bot') : running.size > 0;
    if (some) await sleep(findMs);
  }
};

/** Kills the bot, or everything, and waits until the processes are gone. False when nothing ran. */
const kill = async (scene: Scene, scope: Scope): Promise<boolean> => {
  const running = processesOn(scene.folder);
  const pid = running.get(scope === 'bot' ? 'bot' : 'launcher');
  if (pid === undefined || !killNow(pid, scope === 'everything')) return false;
  await goneFrom(scene.folder, scope);
  if (scope === 'everything') scene.hall = undefined;
  return true;
};

/** Starts what is down and kills it again while it starts. */
const killAtStart = async (scene: Scene): Promise<void> => {
  const scope: Scope = scene.hall === undefined ? 'everything' : 'bot';
  let started: 'yes' | 'no' | undefined;
  const starting = startNow(scene).then(
    () => {
      started = 'yes';
    },
    (error: unknown) => {
      // A start may fail because it was killed, and for no other reason.
      const killed = error instanceof EndedEarly ? error.code === null : /SIGKILL|504|not running/.test(String(error));
      if (!killed) scene.report.lost.push(`a start failed: ${String(error)}`);
      started = 'no';
    },
  );
  const pid = await appearing(scene.folder, scope === 'bot' ? 'bot' : 'launcher', () => started !== undefined);
  await sleep(scene.random.int(startMs));
  const moment = started === undefined ? 'at start' : 'in recovery';
  if (pid !== undefined) killNow(pid, scope === 'everything');
  await starting;
  await goneFrom(scene.folder, scope);
  if (scope === 'everything') scene.hall = undefined;
  count(scene, moment, scope);
};

/** Every backup that is called one can be used, byte for byte; what a kill cut short is not called one. */
const checkBackups = async ({ folder, report }: Scene): Promise<void> => {
  const { backups, damaged } = await listBackups(backupsFolder(folder));
  report.lost.push(...damaged.map((path) => `the backup ${path} cannot be used`));
  for (const backup of backups) await checkBackup(backup);
};

/** Compares the disk with all that was asked and answered. */
const check = async (scene: Scene): Promise<void> => {
  const { folder, guilds, people, report } = scene;
  try {
    const all = await withStoppedStore(folder, (stopped) =>
      guilds.map((guild) => [guild, readBooks(stopped, guild)] as const),
    );
    for (const [guild, books] of all) {
      for (const { history } of books.members.values()) report.linesRead += history.length;
      const { lost, created } = audit(guild, books, people.deeds, people.requests);
      report.lost.push(...lost);
      report.created.push(...created);
    }
    await checkBackups(scene);
  } catch (error) {
    report.lost.push(`the data folder cannot be opened: ${String(error)}`);
  }
  people.settled();
};

/** A jump of the clock, with nobody waiting for an answer: timers fall due and jobs run. */
const leap = async ({ hall, random }: Scene): Promise<void> => {
  await hall?.post('/sim/clock', { advanceMs: (1 + random.int(30)) * hourMs });
};

const oneKill = async (scene: Scene): Promise<void> => {
  const { random, people, folder } = scene;
  const aim = aims[random.int(aims.length)] ?? 'under load';
  const scope: Scope = random.int(everythingOf) === 0 ? 'everything' : 'bot';
  if (aim === 'in a cut of the journal') {
    await fillJournal(folder, leftBytes.least + random.int(leftBytes.most - leftBytes.least));
  }
  if (aim === 'at start') {
    await killAtStart(scene);
    return check(scene);
  }
  await restart(scene);
  const { hall } = scene;
  if (hall === undefined) throw new Error('a start that resolves has started something');
  if (random.int(leapOf) === 0) await leap(scene);
  const acting: Acting = people.act(hall);
  const moment = await untilMoment(aim, folder, random);
  if (scope === 'everything') await noteRefusals(scene);
  if (!(await kill(scene, scope))) scene.report.lost.push('the bot had ended by itself');
  count(scene, moment, scope);
  await sleep(lastAnswersMs);
  await acting.cut();
  await noteRefusals(scene);
  return check(scene);
};

/** After the last kill: everything once more, asked of the bot. */
const lookAtEnd = async (scene: Scene): Promise<void> => {
  const { folder, guilds, report } = scene;
  await restart(scene);
  const { hall } = scene;
  if (hall === undefined) throw new Error('a start that resolves has started something');
  await hall.post('/sim/settle', {});
  const members = new Set(scene.people.deeds.map(({ member }) => member));
  const shown: (readonly [string, string, number, number])[] = [];
  for (const guild of guilds) {
    for (const member of members) {
      const answer = await hall.command(guild, member, 'balance');
      shown.push([guild, member, fieldOf(answer, 'Wallet') ?? -1, fieldOf(answer, 'Bank') ?? -1]);
    }
  }
  await noteRefusals(scene);
  const code = await hall.stop();
  scene.hall = undefined;
  if (code !== 0) report.lost.push(`the last stop ended with ${code}`);
  await check(scene);
  const books = await withStoppedStore(
    folder,
    (stopped) => new Map(guilds.map((guild) => [guild, readBooks(stopped, guild)])),
  );
  for (const [guild, member, wallet, bank] of shown) {
    const found = books.get(guild)?.members.get(member);
    if (found?.wallet === wallet && found.bank === bank) continue;
    report.lost.push(`/balance of member ${member} in server ${guild} says ${wallet}, ${bank}, the disk otherwise`);
  }
};

const middle = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;

/**
 * Kills the processes of `npm start` again and again, at chosen moments and at random ones, with SIGKILL, and looks
 * after each kill whether the disk has what was answered and nothing else. `seed` repeats what is chosen (what people
 * ask, when which process is killed); when exactly a kill strikes is the machine's matter. `say` hears how it goes.
 */
export const crash = async (spec: {
  readonly kills: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}): Promise<CrashReport> => {
  const { kills, seed, say } = spec;
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-crash-'));
  const random = seededRandom(Buffer.from(`crash ${seed}`));
  const { guilds, ids } = await prepare(folder);
  const scene: Scene = {
    folder,
    random,
    guilds,
    people: gatherPeople(guilds, ids, seededRandom(Buffer.from(`people ${seed}`))),
    report: { linesRead: 0, refusals: 0, lost: [], created: [], restartsMs: [], kills: new Map() },
    hall: undefined,
  };
  const { report, people } = scene;
  try {
    const found = (): boolean => report.lost.length + report.created.length > 0;
    // What was found is left as it is, to be looked at.
    for (let number = 1; number <= kills && !found(); number += 1) {
      await oneKill(scene);
      if (number % 10 === 0 || number === kills || found()) {
        say(
          `${number} kills, ${people.answers} answers, ${report.lost.length} lost, ${report.created.length} created, ` +
            `restart ${Math.round(middle(report.restartsMs))} ms`,
        );
      }
    }
    if (!found()) await lookAtEnd(scene);
  } finally {
    const launcher = processesOn(folder).get('launcher');
    if (launcher !== undefined) killNow(launcher, true);
    if (report.lost.length + report.created.length === 0)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    else say(`the data folder is left at ${folder}`);
  }
  const ended = (fate: 'happened' | 'did not happen'): number =>
    people.deeds.filter((deed) => deed.fate === fate).length;
  return {
    seed,
    kills: new Map(moments.map((moment) => [moment, report.kills.get(moment) ?? { bot: 0, everything: 0 }])),
    answers: people.answers,
    happened: ended('happened'),
    didNotHappen: ended('did not happen'),
    linesRead: report.linesRead,
    lost: report.lost,
    created: report.created,
    refusals: report.refusals,
    restartsMs: report.restartsMs,
  };
};
