import { join } from 'node:path';
import { askChild } from '../child.ts';
import type { Ground, PeerRound } from '../peers/peer.ts';
import { canCountSyncs } from '../peers/syncs.ts';
import type { PeerJob } from '../peers/worker.child.ts';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import { type Measured, result } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import type { Place, Profiled, ProfileJob } from './profile.ts';
import { countingCalls, readCalls } from './syscalls.ts';

const shownCalls = 12;
const file = 'pay.cpuprofile';

/** Where the time of a pay goes: functions, allocations, system calls. Not for comparing: the profiler takes time itself. */
export const measureProfile = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  const { guilds, membersPerGuild, outstanding } = plan.pays;
  const prepared = await scratchFolder();
  await populate(prepared, [{ guilds, membersPerGuild }]);
  const groundIn = (folder: string): Ground => ({
    folder,
    prepared,
    seed: 1,
    guilds,
    membersPerGuild,
    exponent: 1,
    outstanding,
    warmUpMs: plan.warmUp.ms,
    durationMs: plan.roundMs,
    recordBytes: 0,
    journal: 'written',
    snapshotIntervalMs: plan.snapshotIntervalMs,
    snapshotsLeast: 1,
  });
  const show = (title: string, places: readonly Place[]): void => {
    say(title);
    for (const [place, percent] of places) say(`  ${percent.toFixed(1).padStart(5)} % ${place}`);
  };
  const folder = await scratchFolder();
  const profileJob: ProfileJob = { ground: groundIn(folder), file };
  const profiled = await askChild<Profiled>(join(import.meta.dirname, 'profile.child.ts'), profileJob);
  await removeFolder(folder);
  show('time, in the function itself', profiled.own);
  show('time, with all that it calls', profiled.whole);
  show('allocated', profiled.allocations);
  say(`${file} has all of it, for the developer tools of a browser`);

  if (canCountSyncs()) {
    const counts = await scratchFolder();
    const traced = await scratchFolder();
    const peerJob: PeerJob = { form: 'ours', ground: groundIn(traced), task: 'measure' };
    const worker = join(import.meta.dirname, '../peers/worker.child.ts');
    const { operations } = await askChild<PeerRound>(worker, peerJob, { wrapper: countingCalls(counts) });
    say(`system calls of the whole process, for each of ${operations} pays that were measured`);
    for (const [call, count] of (await readCalls(counts)).slice(0, shownCalls)) {
      say(`  ${(count / operations).toFixed(2).padStart(7)} ${call}`);
    }
    await removeFolder(counts);
    await removeFolder(traced);
  }
  await removeFolder(prepared);
  return {
    results: [
      result('processor time of a pay, under the profiler', 'µs', [profiled.cpuUs]),
      result('allocated by a pay', 'B', [profiled.allocatedBytes]),
    ],
  };
};
