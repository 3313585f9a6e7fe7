import type { Answer } from '../../src/actors/request.ts';
import { accounts, ledger } from '../../src/features/wallet/state.ts';
import { assert } from '../../src/kernel/assert.ts';
import {
  askAs,
  type BenchHouse,
  benchGuild,
  benchMember,
  interactionId,
  openBenchHouse,
  operationOf,
} from '../house.ts';
import { runAll } from '../load.ts';
import { copyFolder } from '../scratch.ts';
import { type Audit, type Ground, neverMs, type Payment, type Peer, paidCoins, startCoins } from './peer.ts';
import { unwritten } from './unwritten.ts';

const askOutstanding = 1024;
/** Payments that are weighed before the measuring. */
const weighedPayments = 100;

const payOnce = (house: BenchHouse, { guild, payer, receiver }: Payment, interaction: string): Promise<Answer> => {
  const input = { member: { id: benchMember(receiver), bot: false, present: true }, amount: String(paidCoins) };
  return askAs(house, operationOf(house, 'economy.pay'), guild, payer, input, interaction);
};

/** Bytes that a payment leaves in the journal. */
const weigh = async (house: BenchHouse, guilds: number): Promise<number> => {
  await house.store.snapshot();
  const before = house.store.figures().unsnapshottedBytes;
  for (let index = 0; index < weighedPayments; index += 1) {
    const payment = { guild: index % guilds, payer: 0, receiver: 1, id: index };
    const answer = await payOnce(house, payment, interactionId(house.clock.now()));
    assert('done' in answer, 'a payment that is weighed goes through');
  }
  return Math.round((house.store.figures().unsnapshottedBytes - before) / weighedPayments);
};

/** Every member looks at their balance, guild after guild. */
const askAll = (house: BenchHouse, { guilds, membersPerGuild }: Ground): Promise<void> => {
  const balance = operationOf(house, 'economy.balance');
  return runAll(guilds * membersPerGuild, askOutstanding, (index) =>
    askAs(house, balance, Math.floor(index / membersPerGuild), index % membersPerGuild),
  );
};

/**
 * Fills a folder with a store whose members all have their start grant, by their own first commands. Gives the bytes
 * that a payment leaves in the journal.
 */
export const prepareOurs = async (ground: Ground): Promise<number> => {
  // Nothing is snapshotted while the journal is weighed.
  const house = await openBenchHouse(ground.folder, neverMs);
  await askAll(house, ground);
  const entryBytes = await weigh(house, ground.guilds);
  await house.close();
  return entryBytes;
};

/** Reads coins and rows of the ledger of all guilds from the store's own totals, while no actor has any of them. */
const auditHouse = (house: BenchHouse, guilds: number): Audit => {
  house.directory.evictIdle(0);
  let coins = 0;
  let ledgerRows = 0;
  for (let guild = 0; guild < guilds; guild += 1) {
    const state = house.store.open(benchGuild(guild));
    coins += Number(state.total(accounts, 'held'));
    ledgerRows += state.count(ledger);
    house.store.close(state);
  }
  return { coins, ledgerRows };
};

/** The runtime as it is deployed, all features and snapshots with it, without Discord in front. */
export const openOurs = async (ground: Ground): Promise<Peer> => {
  const { folder, prepared, guilds, membersPerGuild } = ground;
  if (prepared === undefined) await prepareOurs(ground);
  else await copyFolder(prepared, folder);
  const house = await openBenchHouse(folder, ground.snapshotIntervalMs, {
    ...(ground.journal === 'unwritten' && { journalFiles: unwritten }),
  });
  const begun = auditHouse(house, guilds);
  const grants = guilds * membersPerGuild;
  assert(begun.coins === grants * startCoins, 'every member has the start grant of the peers');
  // In memory, as the peers have everything: guilds that are not are measured by themselves.
  await askAll(house, ground);
  let newest: { readonly id: number; readonly interaction: string } | undefined;
  const pay = async (payment: Payment): Promise<boolean> => {
    // Only the newest payment is delivered again; Discord's ids are its idempotency keys.
    const interaction = newest?.id === payment.id ? newest.interaction : interactionId(house.clock.now());
    newest = { id: payment.id, interaction };
    const answer = await payOnce(house, payment, interaction);
    if (!('refused' in answer)) return true;
    const wanting = ['economy.pay.poor', 'economy.pay.empty'].includes(answer.refused);
    assert(wanting, `no pay is refused as ${answer.refused}`);
    return false;
  };
  let snapshotsBefore = 0;
  return {
    pay,
    ledgerRowsBefore: begun.ledgerRows,
    measuring: () => {
      snapshotsBefore = house.store.figures().snapshots;
      return () => house.store.figures().snapshots - snapshotsBefore >= ground.snapshotsLeast;
    },
    figures: () => ({ snapshots: house.store.figures().snapshots - snapshotsBefore }),
    audit: async () => auditHouse(house, guilds),
    close: house.close,
  };
};
