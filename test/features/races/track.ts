// Three people with coins at the rat races, and what they do there: by what their cards show.
import { type RaceRow, races } from '../../../src/features/races/state.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import type { Button, Select } from '../../../src/kernel/reply.ts';
import { type Answered, alice, bob, carol, createTable, type Table } from '../table.ts';

export const secondMs = 1_000;
export const channel = '300000000000000001';
export const message = '400000000000000001';

export const rowOf = (table: Table): RaceRow => [...table.state.rows(races).values()][0] as RaceRow;
const controlsOf = ({ reply }: Answered): readonly (Button | Select)[] => (reply.rows ?? []).flat();
export const select = (answered: Answered): string =>
  controlsOf(answered).find(({ kind }) => kind === 'select')?.customId ?? '';
export const button = (answered: Answered, label: string): string =>
  controlsOf(answered).find((one) => one.kind === 'button' && one.label === label)?.customId ?? '';

/** Bets as a person does: picks a rat, types an amount. */
export const betOn = (table: Table, who: MemberId, lobby: Answered, rat: number, amount: string): Answered => {
  const opened = table.press(who, select(lobby), { chosen: String(rat) });
  return opened.modal ? table.press(who, opened.modal.customId, { amount }) : opened;
};

export const track = (): Table => {
  const table = createTable();
  for (const who of [alice, bob, carol]) table.fund(who, 10_000, 5_000);
  return table;
};
/** Lets a race run to its end. */
export const runOut = (table: Table): void => {
  for (let second = 0; second < 300; second += 1) {
    table.wait(secondMs);
    table.fall();
  }
};
export const conserved = (table: Table, members: readonly MemberId[] = [alice, bob, carol]): boolean => {
  const held = members.reduce((sum, who) => sum + table.account(who).wallet + table.account(who).bank, 0);
  const { minted, burned } = table.supply();
  return BigInt(held) === minted - burned;
};
export const has = (table: Table, who: MemberId): number => table.account(who).wallet + table.account(who).bank;
