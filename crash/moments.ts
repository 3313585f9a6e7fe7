import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backupsFolder } from '../src/command-line/service/service.ts';
import type { Random } from '../src/kernel/random.ts';

/** When a kill strikes. */
export const moments = [
  'under load',
  'in a snapshot',
  'in a cut of the journal',
  'in a backup',
  'at start',
  'in recovery',
] as const;
export type Moment = (typeof moments)[number];

const loadMs = { least: 150, most: 900 } as const;
/** How long after the first sign of a snapshot or a cut the kill comes, at most. */
const aimMs = 12;
/** A snapshot comes each second while there is load. */
const snapshotWithinMs = 5_000;
const cutWithinMs = 12_000;
const backupWithinMs = 12_000;
const command = join(import.meta.dirname, '../src/guildhall.ts');

const between = (random: Random, { least, most }: typeof loadMs): number => least + random.int(most - least);

/** Resolves when a file in a folder changes in the way asked for, or when it takes too long: then with false. */
const change = (folder: string, event: 'change' | 'rename', name: RegExp, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (found: boolean): void => {
      clearTimeout(timer);
      watcher.close();
      resolve(found);
    };
    const timer = setTimeout(() => end(false), withinMs);
    const watcher = watch(folder, (kind, file) => {
      if (kind === event && file !== null && name.test(file)) end(true);
    });
  });

/** Asks the bot for a backup; resolves when it has begun one, or not in time: then with false. */
const backupBegins = async (dataFolder: string): Promise<boolean> => {
  await mkdir(backupsFolder(dataFolder), { recursive: true });
  const begins = change(backupsFolder(dataFolder), 'rename', /./, backupWithinMs);
  const asking = spawn(process.execPath, [command, 'backup', '--data', dataFolder], { stdio: 'ignore' });
  const began = await begins;
  // It would wait for a bot that is about to be killed, and may then take one itself.
  asking.kill('SIGKILL');
  return began;
};

/**
 * Waits under load for a moment to kill. Gives the moment that came: one that is aimed at may not come in time, and
 * then it is load like any other.
 */
export const untilMoment = async (moment: Moment, dataFolder: string, random: Random): Promise<Moment> => {
  switch (moment) {
    case 'in a snapshot': {
      await sleep(between(random, loadMs));
      const came = await change(join(dataFolder, 'rows'), 'change', /^data\.mdb$/, snapshotWithinMs);
      await sleep(random.int(aimMs));
      return came ? moment : 'under load';
    }
    case 'in a cut of the journal': {
      // A file of the journal comes when the one before is full, and goes when it is cut.
      const came = await change(join(dataFolder, 'journal'), 'rename', /\.journal$/, cutWithinMs);
      const goes = came && random.int(2) === 0;
      if (goes) await change(join(dataFolder, 'journal'), 'rename', /\.journal$/, snapshotWithinMs);
      await sleep(random.int(aimMs));
      return came ? moment : 'under load';
    }
    case 'in a backup': {
      const came = await backupBegins(dataFolder);
      await sleep(random.int(aimMs));
      return came ? moment : 'under load';
    }
    case 'in recovery':
      // Ready means that the store is open and the bot is logged in; what was missed is worked off from here on.
      await sleep(random.int(aimMs) * aimMs);
      return moment;
    case 'under load':
    case 'at start':
      await sleep(between(random, loadMs));
      return 'under load';
    default:
      return moment satisfies never;
  }
};
