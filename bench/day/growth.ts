import { join } from 'node:path';
import { askChild } from '../child.ts';
import type { Ground, PeerRound } from '../peers/peer.ts';
import type { PeerJob } from '../peers/worker.child.ts';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import { type Measured, result } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const coldMembers = 3;

/** The same guilds pay, with no others on disk and with many. */
export const measureGrowth = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  const { growthHotGuilds, growthGuilds } = plan.day;
  const { membersPerGuild, outstanding } = plan.pays;
  const hot = { guilds: growthHotGuilds, membersPerGuild };
  const few = await scratchFolder();
  await populate(few, [hot]);
  const many = await scratchFolder();
  await populate(many, [hot, { guilds: growthGuilds - growthHotGuilds, membersPerGuild: coldMembers }]);
  const measure = async (prepared: string, seed: number): Promise<number> => {
    const folder = await scratchFolder();
    const ground: Ground = {
      folder,
      prepared,
      seed,
      guilds: growthHotGuilds,
      membersPerGuild,
      exponent: 1,
      outstanding,
      recordBytes: 0,
      warmUpMs: plan.warmUp.ms,
      durationMs: plan.roundMs,
      journal: 'written',
      snapshotIntervalMs: plan.snapshotIntervalMs,
      snapshotsLeast: plan.snapshotsLeast,
    };
    const peerJob: PeerJob = { form: 'ours', ground, task: 'measure' };
    const { perSecond } = await askChild<PeerRound>(join(import.meta.dirname, '../peers/worker.child.ts'), peerJob);
    await removeFolder(folder);
    return perSecond;
  };
  const withFew: number[] = [];
  const withMany: number[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    // Each is first in every other round.
    const early = round % 2 === 0 ? undefined : await measure(few, round);
    withMany.push(await measure(many, round));
    withFew.push(early ?? (await measure(few, round)));
    say(
      `round ${round}: ${Math.round(withFew.at(-1) ?? 0)} op/s alone, ${Math.round(withMany.at(-1) ?? 0)} op/s among many`,
    );
  }
  await removeFolder(few);
  await removeFolder(many);
  return {
    results: [result('pay, few guilds on disk', 'op/s', withFew), result('pay, many guilds on disk', 'op/s', withMany)],
  };
};
