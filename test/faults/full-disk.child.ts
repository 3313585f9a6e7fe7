// Run by full-disk.test.ts under a limit of file sizes: real actors over rows in LMDB, on a disk that gets full during
// a snapshot. The journal is on a simulated disk of its own, which has room.

import { memberId } from '../../src/kernel/ids.ts';
import { coins } from '../../src/kernel/money.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';
import { freshDisks, type House, openHouse } from '../house/house.ts';
import { alice, ask, bob, funding, pay, walletOf } from './people.ts';

const folder = process.argv[2] ?? '';
const membersPerRound = 400;
const roundsMax = 40;

const outcomeOf = (snapshot: Promise<void>): Promise<string> =>
  snapshot.then(
    () => 'written',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

const disks = freshDisks();
const errors: unknown[] = [];
let rows = await openLmdbRows({ folder });
const open = async (files = disks.files): Promise<House> =>
  openHouse(
    { ...disks, files },
    { features: [funding], sabotageRows: () => rows, onError: (error) => void errors.push(error) },
  );

const house = await open();
await ask(house, 'funding.fund', { who: alice, wallet: coins(1_000_000) });
await ask(house, 'funding.fund', { who: bob, wallet: coins(0) });
const snapshots: string[] = [];
let paid = 0;
for (let round = 0; round < roundsMax && snapshots.filter((one) => one !== 'written').length < 3; round += 1) {
  const newcomers = Array.from({ length: membersPerRound }, (_, index) =>
    memberId(String(300_000_000_000_000_000n + BigInt(round * membersPerRound + index))),
  );
  await Promise.all(newcomers.map((who) => ask(house, 'funding.fund', { who, wallet: coins(7) })));
  const snapshot = outcomeOf(house.store.snapshot());
  const answers = await Promise.all(Array.from({ length: 20 }, () => pay(house, '1')));
  paid += answers.filter((answer) => 'done' in answer).length;
  snapshots.push(await snapshot);
}
const shown = [await walletOf(house, alice), await walletOf(house, bob)];
const files = disks.files.afterPowerCut(() => 0);
await house.stop();

rows = await openLmdbRows({ folder });
const again = await open(files);
const found = [await walletOf(again, alice), await walletOf(again, bob)];
const members = await ask(again, 'core.leaderboard.open');
await again.stop();
process.stdout.write(
  JSON.stringify({ snapshots, paid, shown, found, members: 'done' in members, errors: errors.map(String) }),
);
