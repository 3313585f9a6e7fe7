// Two in-game guilds of one server, and the heist that one of them plans on the other.
import { heistRows } from '../../src/features/heists/state.ts';
import type { GuildId } from '../../src/kernel/ids.ts';
import { alice, bob, home } from '../faults/people.ts';
import { foundClan, type Servers } from './servers.ts';

export interface HeistPlan {
  readonly press: { readonly t: string; readonly a: number; readonly u: number };
  /** What members hold beside treasuries. */
  readonly funds: number;
}

/** Alice's guild has 5,000 in its treasury, bob's 10,000. */
export const foundRivals = async (it: Servers, guild: GuildId): Promise<void> => {
  for (const who of [alice, bob]) await it.fund(who, 20_000, guild);
  await foundClan(it, alice, 'Ferrymen', guild, 5_000);
  await foundClan(it, bob, 'Lamplighters', guild, 10_000);
};

/** On a Sunday, alice has planned to take 4,000 out of the treasury of bob's guild. */
export const planHeist = async (it: Servers, guild: GuildId): Promise<HeistPlan> => {
  await it.goTo(Math.max(it.house().clock.now, Date.UTC(2026, 0, 18, 12)));
  const { plan, until } = await it.must<{
    readonly plan: { readonly target: string; readonly amount: number };
    readonly until: number;
  }>(alice, 'heists.plan', { target: 'Lamplighters', amount: 4_000 }, guild);
  const funds = it.fundsOf(alice, guild) + it.fundsOf(bob, guild);
  return { press: { t: plan.target, a: plan.amount, u: until }, funds };
};

/** The id of the heist that is open in the first server. */
export const openHeist = (it: Servers): string => {
  const { rows } = it.dump(home)[heistRows.name] as { readonly rows: readonly (readonly [string, unknown])[] };
  return rows[0]?.[0] ?? '';
};
