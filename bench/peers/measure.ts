import { assert } from '../../src/kernel/assert.ts';
import { closedLoop } from '../load.ts';
import { countCosts } from './costs.ts';
import { type Ground, type Payment, type Peer, type PeerRound, startCoins } from './peer.ts';
import { paymentsOf } from './workload.ts';

/** Payments tried at most to find one that goes through, at the end. */
const triesMost = 1000;

/** Pays twice with one key. */
const payTwice = async (peer: Peer, next: () => Payment): Promise<void> => {
  for (let tried = 0; tried < triesMost; tried += 1) {
    const payment = next();
    if (!(await peer.pay(payment))) continue;
    assert(await peer.pay(payment), 'a payment that is delivered again gets the outcome of the first time');
    return;
  }
  assert(false, 'somebody has coins');
};

/**
 * Measures a peer that is called in this process. Throws when coins were made or lost, or when the ledger does not have
 * one row for each payment, one of them delivered twice.
 */
export const measurePeer = async (ground: Ground, peer: Peer): Promise<PeerRound> => {
  const next = paymentsOf(ground);
  let asked = 0;
  let paid = 0;
  const pay = async (): Promise<void> => {
    asked += 1;
    if (await peer.pay(next())) paid += 1;
  };
  await closedLoop(ground.outstanding, ground.warmUpMs, pay);
  const paidBefore = paid;
  asked = 0;
  const enough = peer.measuring?.();
  const costs = countCosts();
  const fromMs = Date.now();
  const perSecond = await closedLoop(ground.outstanding, ground.durationMs, pay, enough);
  // The clock tells whole milliseconds, the trace parts of them: the last syncs ended within this one.
  const untilMs = Date.now() + 1;
  const { cpuUs, gcMs } = costs();
  const seconds = asked / perSecond;
  const refusedShare = asked === 0 ? 0 : 1 - (paid - paidBefore) / asked;
  const figures = { cpuUs: cpuUs / asked, gcMsPerSecond: gcMs / seconds, ...peer.figures?.() };
  await payTwice(peer, next);
  const { coins, ledgerRows } = await peer.audit();
  await peer.close();
  const before = ground.guilds * ground.membersPerGuild * startCoins;
  assert(coins === before, `coins are conserved: ${before} before, ${coins} after`);
  const expected = (peer.ledgerRowsBefore ?? 0) + paid + 1;
  assert(ledgerRows === expected, `the ledger has a row for each payment: ${expected}, not ${ledgerRows}`);
  return { perSecond, operations: asked, refusedShare, fromMs, untilMs, figures };
};
