// Writes operations that stay in the journal and ends without a word, or opens what such an end has left.
import { readFileSync } from 'node:fs';
import { assert } from '../../src/kernel/assert.ts';
import { endWithParent, job, say } from '../child-side.ts';
import { askAs, benchMember, openBenchHouse, operationOf } from '../house.ts';
import { runAll } from '../load.ts';
import { paymentsOf } from '../peers/workload.ts';
import type { RecoveryJob } from './recovery.ts';

const outstanding = 512;
const neverMs = 2 ** 30;
/** More than all operations take, so that no snapshot hurries. */
const unsnapshottedBytesMax = 8 * 2 ** 30;

/** A figure of the system about this process. */
const megabytesOf = (figure: string): number =>
  (Number(new RegExp(`${figure}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024) / 1e6;
/** The most memory this process ever had, with the pages of the rows' file and of Node.js that it looked at. */
const peakMegabytes = (): number => megabytesOf('VmHWM');
/** What it has now without those pages, which the system takes back when it needs them. */
const ownMegabytes = (): number => megabytesOf('RssAnon');

const { folder, task, operations, guilds, membersPerGuild } = job<RecoveryJob>();
endWithParent();
if (task === 'write') {
  const house = await openBenchHouse(folder, neverMs, { unsnapshottedBytesMax });
  const pay = operationOf(house, 'economy.pay');
  const next = paymentsOf({ seed: 1, guilds, membersPerGuild, exponent: 1 });
  const payOnce = async (): Promise<void> => {
    // One that is refused for want of coins leaves nothing in the journal.
    for (;;) {
      const { guild, payer, receiver } = next();
      const input = { member: { id: benchMember(receiver), bot: false, present: true }, amount: '1' };
      const answer = await askAs(house, pay, guild, payer, input);
      if ('done' in answer) return;
    }
  };
  await runAll(operations, outstanding, payOnce);
  assert(house.store.figures().snapshots === 0, 'nothing is in a snapshot');
  await say({ journalBytes: house.store.figures().unsnapshottedBytes });
} else {
  const openingMs = performance.now();
  const house = await openBenchHouse(folder, neverMs);
  const openMs = performance.now() - openingMs;
  const answer = await askAs(house, operationOf(house, 'economy.balance'), 0, 0);
  assert('done' in answer, 'the recovered store answers');
  await say({
    openMs,
    answerMs: performance.now() - openingMs,
    peakMegabytes: peakMegabytes(),
    ownMegabytes: ownMegabytes(),
  });
}
process.kill(process.pid, 'SIGKILL');
