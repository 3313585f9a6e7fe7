import { stat } from 'node:fs/promises';
import { assert } from '../src/kernel/assert.ts';
import type { GuildId, MemberId } from '../src/kernel/ids.ts';
import { benchGuild, benchMember, interactionId, openBenchHouse, removeFolder, scratchFolder } from './house.ts';
import { closedLoop, numbers, zipf } from './load.ts';

const guildCount = 10_000;
const membersPerGuild = 20;
/** Pays under way at once, in every form of the pay bench. */
export const outstanding = 64;
const snapshotsLeast = 3;

export interface PayRound {
  readonly perSecond: number;
  readonly snapshots: number;
  readonly refusedShare: number;
}

/**
 * Pays a second, each answered when it is on disk: 10,000 guilds of 20 members, guilds drawn by Zipf's law, while
 * snapshots are taken. Throws when fewer than three snapshots fell into the round, or money was not conserved.
 */
export const durablePayRound = async (durationMs: number, seed: number): Promise<PayRound> => {
  const folder = await scratchFolder();
  const house = await openBenchHouse(folder, Math.floor(durationMs / (snapshotsLeast + 2)));
  const operation = house.registry.operations.get('economy.pay');
  assert(operation !== undefined, 'there is a pay operation');
  const next = numbers(seed);
  const pickGuild = zipf(guildCount, next);
  let refused = 0;
  let asked = 0;
  const pay = async (): Promise<void> => {
    const payer = Math.floor(next() * membersPerGuild);
    const receiver = (payer + 1 + Math.floor(next() * (membersPerGuild - 1))) % membersPerGuild;
    const answer = await house.directory.ask({
      id: interactionId(),
      guild: benchGuild(pickGuild()),
      member: benchMember(payer),
      permissions: 0n,
      operation,
      input: { member: { id: benchMember(receiver), bot: false, present: true }, amount: '1' },
      deadlineMs: Number.MAX_SAFE_INTEGER,
    });
    asked += 1;
    if ('refused' in answer) {
      assert(
        answer.refused === 'economy.pay.poor' || answer.refused === 'economy.pay.empty',
        `a pay is only refused for want of coins, not ${answer.refused}`,
      );
      refused += 1;
    }
  };
  // The first second warms code and caches up and is not counted.
  await closedLoop(outstanding, 1000, pay);
  const snapshotsBefore = house.store.figures().snapshots;
  refused = 0;
  asked = 0;
  const perSecond = await closedLoop(outstanding, durationMs, pay);
  const snapshots = house.store.figures().snapshots - snapshotsBefore;
  assert(snapshots >= snapshotsLeast, `the round spans at least ${snapshotsLeast} snapshots, not ${snapshots}`);
  await house.close();
  await removeFolder(folder);
  return { perSecond, snapshots, refusedShare: refused / asked };
};

/** Bytes one pay leaves in the journal, by weighing the journal after some hundred of them. */
export const payEntryBytes = async (): Promise<number> => {
  const folder = await scratchFolder();
  const house = await openBenchHouse(folder, 3_600_000);
  const operation = house.registry.operations.get('economy.pay');
  assert(operation !== undefined, 'there is a pay operation');
  const count = 500;
  const pay = (guild: GuildId, from: MemberId, to: MemberId): Promise<unknown> =>
    house.directory.ask({
      id: interactionId(),
      guild,
      member: from,
      permissions: 0n,
      operation,
      input: { member: { id: to, bot: false, present: true }, amount: '1' },
      deadlineMs: Number.MAX_SAFE_INTEGER,
    });
  for (let index = 0; index < count; index += 1) {
    await pay(benchGuild(index % 50), benchMember(index % 2), benchMember((index + 1) % 2));
  }
  const { readdir } = await import('node:fs/promises');
  let bytes = 0;
  for (const name of await readdir(`${folder}/journal`)) bytes += (await stat(`${folder}/journal/${name}`)).size;
  await house.close();
  await removeFolder(folder);
  return Math.round(bytes / count);
};
