// A day in casino and shop beside pays, on the same guilds in one runtime: what a changed row costs there and here.
import { accounts, supply, supplyKey, vaults } from '../../src/features/wallet/state.ts';
import { assert } from '../../src/kernel/assert.ts';
import { encodeKey } from '../../src/kernel/key.ts';
import { endWithParent, job, say } from '../child-side.ts';
import { askAs, benchGuild, benchMember, openBenchHouse, operationOf } from '../house.ts';
import { closedLoop, runAll } from '../load.ts';
import { paymentsOf } from '../peers/workload.ts';
import type { CasinoDayFigures, CasinoDayJob, CasinoDayRound, Stretch } from './casino-day.ts';
import { type Act, betweenVisitsMs, potionWorksMs, visit } from './visit.ts';

const fillOutstanding = 1024;
/** Enough for every visit of a day, and for every pay. */
const startCoins = 1_000_000;

const { folder, guilds, membersPerGuild, outstanding, ...plan } = job<CasinoDayJob>();
endWithParent();
let offsetMs = 0;
const changed = new Map<string, { operations: number; rows: number }>();
let rows = 0;
const house = await openBenchHouse(folder, plan.snapshotIntervalMs, {
  offsetMs: () => offsetMs,
  onCommit: ({ operation, changes }) => {
    rows += changes.length;
    const one = changed.get(operation) ?? { operations: 0, rows: 0 };
    changed.set(operation, { operations: one.operations + 1, rows: one.rows + changes.length });
  },
});

const ask = async ({ operation, input }: Act, guild: number, member: number): Promise<unknown> => {
  const answer = await askAs(house, operationOf(house, operation), guild, member, input);
  assert('done' in answer, `${operation} is refused: ${'refused' in answer ? answer.refused : ''}`);
  return answer.done;
};

/** Members are rich from the start, and have their seeds: a first bet only shows what is committed to. */
const fill = async (): Promise<void> => {
  const setting = { operation: 'core.settings.set', input: { key: 'start.coins', value: String(startCoins) } };
  await runAll(guilds, fillOutstanding, (guild) => ask(setting, guild, 0));
  const first = { operation: 'casino.coinflip', input: { bet: '10', side: 'heads' } };
  await runAll(members, fillOutstanding, (index) => ask(first, index % guilds, Math.floor(index / guilds)));
};

const members = guilds * membersPerGuild;
const purchases = new Uint32Array(members);
/** When each member may be visited again, and drinks again. */
const readyAt = new Float64Array(members);
const drinksAt = new Float64Array(members);

/** Lets a member begin a visit; where it is too early for that, time goes on a little. */
const begin = (index: number): ReturnType<typeof visit> => {
  offsetMs += Math.max(0, (readyAt[index] ?? 0) - house.clock.now());
  const now = house.clock.now();
  const drinks = now >= (drinksAt[index] ?? 0);
  if (drinks) drinksAt[index] = now + potionWorksMs + betweenVisitsMs;
  const before = purchases[index] ?? 0;
  purchases[index] = before + 1;
  return visit(benchMember(Math.floor(index / guilds)), { purchases: before, drinks });
};

/**
 * Visits one member after the other, of another guild each time, one act with each call. There are `outstanding` such
 * walks, none of which meets another's members; at the end of a walk it begins anew.
 */
const walk = (start: number): (() => Promise<void>) => {
  let index = start - outstanding;
  let acts: ReturnType<typeof visit> | undefined;
  let value: unknown;
  return async () => {
    let act = acts?.next(value);
    if (act === undefined || act.done === true) {
      if (index >= 0) readyAt[index] = house.clock.now() + betweenVisitsMs;
      index = index + outstanding < members ? index + outstanding : start;
      acts = begin(index);
      act = acts.next();
    }
    assert(act.done !== true, 'a visit has acts');
    value = await ask(act.value, index % guilds, Math.floor(index / guilds));
  };
};
const walks = Array.from({ length: outstanding }, (_, start) => walk(start));
const visitOnce = async (): Promise<void> => {
  const one = walks.pop();
  assert(one !== undefined, 'there is a walk for each loop');
  await one();
  walks.push(one);
};

const nextPayment = paymentsOf({ seed: 1, guilds, membersPerGuild, exponent: 0 });
const payOnce = async (): Promise<void> => {
  const { guild, payer, receiver } = nextPayment();
  const member = { id: benchMember(receiver), bot: false, present: true };
  await ask({ operation: 'economy.pay', input: { member, amount: '1' } }, guild, payer);
};

/** A stretch of one kind, that owes the disk nothing from before and goes over snapshots of its own. */
const stretch = async (one: () => Promise<void>, durationMs: number): Promise<Stretch> => {
  await house.store.snapshot();
  const snapshotsBefore = house.store.figures().snapshots;
  const enough = (): boolean => house.store.figures().snapshots - snapshotsBefore >= plan.snapshotsLeast;
  const rowsBefore = rows;
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  const perSecond = await closedLoop(outstanding, durationMs, one, enough);
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const rowsPerSecond = (rows - rowsBefore) / seconds;
  return { perSecond, rowsPerSecond, cpuUs: (user + system) / (perSecond * seconds) };
};

/** Throws where coins of a guild are not what was made less what was unmade. */
const checkCoins = (): void => {
  house.directory.evictIdle(0);
  for (let guild = 0; guild < guilds; guild += 1) {
    const state = house.store.open(benchGuild(guild));
    const held = state.total(accounts, 'held') + state.total(vaults, 'held');
    const made = state.row(supply, encodeKey(supply.key, supplyKey)) as typeof supply.initial | undefined;
    const expected = (made?.minted ?? 0n) - (made?.burned ?? 0n);
    house.store.close(state);
    assert(held > 0n && held === expected, `coins are conserved: ${expected} in guild ${guild}, not ${held}`);
  }
};

await fill();
await stretch(payOnce, plan.durationMs / 4);
await stretch(visitOnce, plan.durationMs / 4);
changed.clear();
const rounds: CasinoDayRound[] = [];
for (let round = 0; round < plan.rounds; round += 1) {
  // Each is first in every other round.
  const early = round % 2 === 0 ? await stretch(payOnce, plan.durationMs) : undefined;
  const day = await stretch(visitOnce, plan.durationMs);
  const pays = early ?? (await stretch(payOnce, plan.durationMs));
  rounds.push({ day, pays });
}
checkCoins();
await house.close();
const rowsOf = Object.fromEntries([...changed].map(([name, one]) => [name, one.rows / one.operations]));
await say({ rounds, rowsOf } satisfies CasinoDayFigures);
process.exit(0);
