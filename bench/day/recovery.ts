import { join } from 'node:path';
import { startChild } from '../child.ts';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import { type Measured, result } from '../report/result.ts';
import { copyFolder, removeFolder, scratchFolder } from '../scratch.ts';

/** What a process that writes or recovers is started with. */
export interface RecoveryJob {
  readonly folder: string;
  readonly task: 'write' | 'recover';
  readonly operations: number;
  readonly guilds: number;
  readonly membersPerGuild: number;
}

interface Written {
  readonly journalBytes: number;
}

interface Recovered {
  readonly openMs: number;
  readonly answerMs: number;
  readonly peakMegabytes: number;
  readonly ownMegabytes: number;
}

/** Runs a task whose process is killed once it has answered. */
const runTask = async <Line>(recoveryJob: RecoveryJob): Promise<Line> => {
  const child = startChild(join(import.meta.dirname, 'recovery.child.ts'), recoveryJob);
  const line = await child.next<Line>();
  await child.end();
  return line;
};

/** Opening a store whose process was killed with a million operations in its journal that are in no snapshot. */
export const measureRecovery = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  const operations = plan.day.recoveryOperations;
  const { guilds, membersPerGuild } = plan.pays;
  say(`recovery after ${operations.toLocaleString('en')} operations`);
  const folder = await scratchFolder();
  await populate(folder, [{ guilds, membersPerGuild }]);
  const recoveryJob = { folder, operations, guilds, membersPerGuild };
  const { journalBytes } = await runTask<Written>({ ...recoveryJob, task: 'write' });
  const rounds: Recovered[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    const copy = await scratchFolder();
    await copyFolder(folder, copy);
    rounds.push(await runTask<Recovered>({ ...recoveryJob, folder: copy, task: 'recover' }));
    await removeFolder(copy);
  }
  await removeFolder(folder);
  const name = `recovery of ${operations.toLocaleString('en')} operations`;
  return {
    results: [
      result(
        name,
        's',
        rounds.map(({ answerMs }) => answerMs / 1000),
      ),
      result(
        `${name}: most memory`,
        'MB',
        rounds.map(({ peakMegabytes }) => peakMegabytes),
      ),
      result(
        `${name}: memory after it, without pages of files`,
        'MB',
        rounds.map(({ ownMegabytes }) => ownMegabytes),
      ),
      result(`${name}: journal`, 'MiB', [journalBytes / 2 ** 20]),
    ],
  };
};
