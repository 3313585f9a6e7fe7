// Fills a store by its members' own first commands, in a process of its own, whose memory goes with it.
import { endWithParent, job, say } from './child-side.ts';
import { askAs, openBenchHouse, operationOf } from './house.ts';
import { runAll } from './load.ts';
import type { Population } from './populate.ts';

const outstanding = 1024;
/** Guilds are let go of after so many, so that the process does not hold all of them. */
const evictAfterGuilds = 5_000;

const { folder, groups } = job<{ folder: string; groups: Population }>();
endWithParent();
const house = await openBenchHouse(folder, 5_000);
const balance = operationOf(house, 'economy.balance');
let first = 0;
for (const { guilds, membersPerGuild } of groups) {
  for (let from = 0; from < guilds; from += evictAfterGuilds) {
    const count = Math.min(evictAfterGuilds, guilds - from) * membersPerGuild;
    const begin = first + from;
    await runAll(count, outstanding, (index) =>
      askAs(house, balance, begin + Math.floor(index / membersPerGuild), index % membersPerGuild),
    );
    house.directory.evictIdle(0);
  }
  first += guilds;
}
await house.close();
await say({});
process.exit(0);
