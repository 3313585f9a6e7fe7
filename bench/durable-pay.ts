import { assert } from '../src/kernel/assert.ts';
import type { AnyOperation } from '../src/kernel/operation.ts';
import {
  askAs,
  type BenchHouse,
  benchMember,
  openBenchHouse,
  operationOf,
  removeFolder,
  scratchFolder,
} from './house.ts';
import { closedLoop, numbers, zipf } from './load.ts';

const guildCount = 10_000;
const membersPerGuild = 20;
/** Pays under way at once, in every form of the pay bench. */
export const outstanding = 64;
const fillOutstanding = 1024;
const snapshotsLeast = 3;

/** One round of pays. */
export interface PayRound {
  readonly perSecond: number;
  readonly snapshots: number;
  readonly refusedShare: number;
  /** Processor time of this process for one pay, all threads, in microseconds. */
  readonly cpuUs: number;
}

/** A runtime whose 10,000 guilds of 20 members each have their start grant. */
export interface PayHouse {
  readonly house: BenchHouse;
  /** Bytes one pay leaves in the journal. */
  readonly entryBytes: number;
  readonly close: () => Promise<void>;
}

const payOnce = (house: BenchHouse, operation: AnyOperation, guild: number, payer: number, receiver: number) =>
  askAs(house, operation, guild, payer, {
    member: { id: benchMember(receiver), bot: false, present: true },
    amount: '1',
  });

/** Opens a runtime with snapshots each `snapshotIntervalMs` and gives every member their first coins. */
export const openPayHouse = async (snapshotIntervalMs: number): Promise<PayHouse> => {
  const folder = await scratchFolder();
  const house = await openBenchHouse(folder, snapshotIntervalMs);
  const balance = operationOf(house, 'economy.balance');
  let next = 0;
  const fill = async (): Promise<void> => {
    while (next < guildCount * membersPerGuild) {
      const index = next;
      next += 1;
      await askAs(house, balance, Math.floor(index / membersPerGuild), index % membersPerGuild);
    }
  };
  await Promise.all(Array.from({ length: fillOutstanding }, fill));
  await house.store.snapshot();
  const before = house.store.figures().unsnapshottedBytes;
  const weighed = 200;
  for (let index = 0; index < weighed; index += 1) await payOnce(house, operationOf(house, 'economy.pay'), index, 0, 1);
  const entryBytes = Math.round((house.store.figures().unsnapshottedBytes - before) / weighed);
  return {
    house,
    entryBytes,
    close: async () => {
      await house.close();
      await removeFolder(folder);
    },
  };
};

/**
 * Pays a second, each answered when it is on disk, guilds drawn by Zipf's law, while snapshots are taken: the round goes
 * on until three are through. Throws when a pay was refused for anything but want of coins.
 */
export const durablePayRound = async ({ house }: PayHouse, durationMs: number, seed: number): Promise<PayRound> => {
  const operation = operationOf(house, 'economy.pay');
  const next = numbers(seed);
  const pickGuild = zipf(guildCount, next);
  let refused = 0;
  let asked = 0;
  const pay = async (): Promise<void> => {
    const payer = Math.floor(next() * membersPerGuild);
    const receiver = (payer + 1 + Math.floor(next() * (membersPerGuild - 1))) % membersPerGuild;
    const answer = await payOnce(house, operation, pickGuild(), payer, receiver);
    asked += 1;
    if (!('refused' in answer)) return;
    assert(
      ['economy.pay.poor', 'economy.pay.empty'].includes(answer.refused),
      `no pay is refused as ${answer.refused}`,
    );
    refused += 1;
  };
  await closedLoop(outstanding, durationMs / 8, pay);
  refused = 0;
  asked = 0;
  const snapshotsBefore = house.store.figures().snapshots;
  const cpuBefore = process.cpuUsage();
  const taken = (): number => house.store.figures().snapshots - snapshotsBefore;
  const perSecond = await closedLoop(outstanding, durationMs, pay, () => taken() >= snapshotsLeast);
  const cpu = process.cpuUsage(cpuBefore);
  const snapshots = taken();
  // Whatever is measured next must not share the disk with what is left of this round.
  await house.store.snapshot();
  return { perSecond, snapshots, refusedShare: refused / asked, cpuUs: (cpu.user + cpu.system) / asked };
};
