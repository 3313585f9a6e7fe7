// In-game guilds at a table: who founds, joins and pays, and what must hold of all of them at any time.
import { expect } from 'vitest';
import { clanNames, clans, memberships, roster } from '../../../src/features/clans/state.ts';
import { featuresWith } from '../../../src/features/index.ts';
import { accounts, supply, supplyKey, vaults } from '../../../src/features/wallet/state.ts';
import { forgettingFeature } from '../../../src/forgetting/index.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { decodeKey, encodeKey } from '../../../src/kernel/key.ts';
import type { Button, Select } from '../../../src/kernel/reply.ts';
import { answerRefused } from '../limits.ts';
import { type Answered, createTable, person, type Table } from '../table.ts';

export type ClanRow = typeof clans.initial;
export type MembershipRow = typeof memberships.initial;

/** Fails with the words of a refusal. */
export const done = (answered: Answered): Answered => {
  if (answered.refused !== undefined) throw new Error(`${answered.refused}: ${answered.words}`);
  expect(answerRefused(answered)).toEqual([]);
  return answered;
};

export const controls = ({ reply }: Answered): readonly (Button | Select)[] => (reply.rows ?? []).flat();

/** The id of a button by its label. */
export const buttonOf = (answered: Answered, label: string): string => {
  const found = controls(answered).find((one) => one.kind === 'button' && one.label === label);
  if (found === undefined) throw new Error(`no button ${label}`);
  return found.customId;
};

/** A table at which whoever leaves is forgotten when the grace is over. */
export const forgetful = (): Table => {
  const table: Table = createTable(
    featuresWith([
      forgettingFeature({
        registry: () => table.registry,
        hash: (_, who) => `hash-${BigInt(who) * 7n}`,
        guildRetentionDays: 30,
      }),
    ]),
  );
  return table;
};

/** Somebody founds a guild for nothing, in a server that grants no coins. */
export const found = (table: Table, who: MemberId, name: string): string => {
  table.set('guild.create_cost', '0');
  table.set('start.coins', '0');
  done(table.say(who, 'guild create', { name }));
  const clan = (table.state.row(memberships, who) as MembershipRow | undefined)?.clan;
  if (clan === undefined) throw new Error('in no guild');
  return clan;
};

/** Somebody is invited by a member and accepts. */
export const take = (table: Table, by: MemberId, ...others: readonly MemberId[]): void => {
  for (const other of others) {
    const card = done(table.say(by, 'guild invite', { member: person(other) }));
    done(table.press(other, buttonOf(card, 'Accept')));
  }
};

export const clanOf = (table: Table, clan: string): ClanRow | undefined =>
  table.state.row(clans, clan) as ClanRow | undefined;
export const membershipOf = (table: Table, who: MemberId): MembershipRow | undefined =>
  table.state.row(memberships, who) as MembershipRow | undefined;
export const treasuryOf = (table: Table, clan: string): number =>
  (table.state.row(vaults, clan) as { readonly coins: number } | undefined)?.coins ?? 0;

/** Runs a job of a date, steps and all. */
export const runJob = (table: Table, name: string, date: string, missed = 0): void => {
  table.runTask(name, { date, dueAt: table.clock.now, missed });
  table.fall();
};

/** Nobody in two guilds, one owner each, every count and index as the rows are, every coin accounted for. */
export const checkClans = (table: Table): void => {
  const all = [...table.state.rows(clans)] as [string, ClanRow][];
  const members = [...table.state.rows(memberships)] as [string, MembershipRow][];
  const places = [...table.state.rows(roster).keys()].map((key) => decodeKey(roster.key, key));
  expect(places.length).toBe(members.length);
  for (const [who, { clan, role, joinedAt }] of members) {
    const rank = ['owner', 'officer', 'member'].indexOf(role);
    expect(table.state.row(roster, encodeKey(roster.key, [clan, rank, joinedAt, who as MemberId]))).toBeDefined();
  }
  expect(table.state.rows(clanNames).size).toBe(2 * all.length);
  expect([...table.state.rows(vaults).keys()].sort()).toEqual(all.map(([id]) => id).sort());
  for (const [id, { members: count }] of all) {
    const inside = members.filter(([, { clan }]) => clan === id);
    expect(inside).toHaveLength(count);
    expect(inside.filter(([, { role }]) => role === 'owner')).toHaveLength(1);
  }
  let held = 0n;
  for (const row of table.state.rows(accounts).values()) {
    const { wallet, bank } = row as { readonly wallet: number; readonly bank: number };
    held += BigInt(wallet) + BigInt(bank);
  }
  for (const row of table.state.rows(vaults).values()) {
    const { coins } = row as { readonly coins: number };
    expect(Number.isSafeInteger(coins) && coins >= 0).toBe(true);
    held += BigInt(coins);
  }
  const { minted, burned } = (table.state.row(supply, encodeKey(supply.key, supplyKey)) ?? supply.initial) as {
    readonly minted: bigint;
    readonly burned: bigint;
  };
  expect(held).toBe(minted - burned);
};
