import { quotes } from '../../src/features/stocks/worlds.ts';
import { assert } from '../../src/kernel/assert.ts';
import { marketRealm } from '../../src/kernel/ids.ts';
import { askAs, benchGuild, openBenchHouse, operationOf } from '../house.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const fillAtOnce = 512;
const warmTicks = 5;
const minuteMs = 60_000;

/** One tick of the market on its way to all guilds. */
export interface BroadcastRound {
  /** From the call for a tick until every live guild has it; most of it is the disk. */
  readonly tickMs: number;
  /** The telling alone, of a version that is durable. */
  readonly tellMs: number;
}

/** Ticks of the market with `guilds` guilds live in memory, one round a tick. */
export const broadcastRounds = async (guilds: number, rounds: number): Promise<readonly BroadcastRound[]> => {
  const folder = await scratchFolder();
  const house = await openBenchHouse(folder, 60_000);
  const { directory } = house;
  const balance = operationOf(house, 'economy.balance');
  for (let from = 0; from < guilds; from += fillAtOnce) {
    const some = Array.from({ length: Math.min(fillAtOnce, guilds - from) }, (_, index) => from + index);
    await Promise.all(some.map((guild) => askAs(house, balance, guild, 0)));
  }
  const operation = operationOf(house, 'market.tick');
  const results: BroadcastRound[] = [];
  for (let round = 0; round < warmTicks + rounds; round += 1) {
    const dueAt = house.clock.now() + round * minuteMs;
    const date = new Date(dueAt).toISOString().slice(0, 10);
    const startedMs = performance.now();
    const answer = await directory.run({ guild: marketRealm, operation, input: { date, dueAt, missed: 0 } });
    const tickMs = performance.now() - startedMs;
    assert('done' in answer, 'the market ticks');
    const version = directory.worldsSeen(marketRealm)?.[quotes.name] ?? 0;
    for (let guild = 0; guild < guilds; guild += 1) {
      assert(directory.worldsSeen(benchGuild(guild))?.[quotes.name] === version, 'every live guild has the tick');
    }
    const again = { name: 'bench.again', view: { version: round + 1, at: house.clock.now(), value: {} } };
    const tellingMs = performance.now();
    directory.hear(again);
    const tellMs = performance.now() - tellingMs;
    if (round >= warmTicks) results.push({ tickMs, tellMs });
  }
  await house.close();
  await removeFolder(folder);
  return results;
};
