// What tests of trade have in hand: a table with prices, what somebody holds, and the controls of a card.
import { expect } from 'vitest';
import { holdings } from '../../../src/features/stocks/state.ts';
import { accounts, debts } from '../../../src/features/wallet/state.ts';
import { outbox, tellMarket } from '../../../src/kernel/effect.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import type { Button, Reply, Select } from '../../../src/kernel/reply.ts';
import { type Answered, alice, bob, createTable, type Table } from '../table.ts';
import { quote } from './market.ts';

export const controls = (reply: Reply): readonly (Button | Select)[] => (reply.rows ?? []).flat();
export const button = (answered: Answered, label: string): Button => {
  const found = controls(answered.reply).find((one) => one.kind === 'button' && one.label === label);
  if (found?.kind !== 'button') throw new Error(`no button ${label} in ${answered.words}`);
  return found;
};
export const select = (answered: Answered): Select => {
  const found = controls(answered.reply).find((one) => one.kind === 'select');
  if (found?.kind !== 'select') throw new Error('no select');
  return found;
};

export const holding = (table: Table, symbol: string, who = alice) =>
  table.state.row(holdings, encodeKey(holdings.key, [who, symbol])) as
    | { readonly shares: number; readonly cost: number; readonly knownPrice: number }
    | undefined;
export const hold = (table: Table, symbol: string, row: { shares: number; cost: number; knownPrice: number }): void => {
  table.put(holdings, [alice, symbol], row);
};
export const told = (table: Table): readonly unknown[] =>
  [...table.state.rows(outbox).values()].map((row) => {
    const { kind, payload } = row as { kind: string; payload: unknown };
    expect(kind).toBe(tellMarket.kind);
    return payload;
  });

/** A table at which alice has started and TECH costs 100.00. */
export const open = (wallet = 10_000, bank = 0): Table => {
  const table = createTable();
  table.fund(alice, wallet, bank);
  quote(table, { TECH: 10_000, BANK: 8_050 });
  return table;
};
export const buy = (table: Table, shares: string, symbol = 'TECH'): Answered =>
  table.say(alice, 'stocks buy', { symbol, shares });
export const sell = (table: Table, shares: string, symbol = 'TECH'): Answered =>
  table.say(alice, 'stocks sell', { symbol, shares });

/** Gives alice a debt to bob. */
export const owe = (table: Table, coins: number): void => {
  const key = encodeKey(debts.key, [alice, '000000001']);
  const account = table.account(alice);
  table.state.apply({
    operation: 'test.owe',
    at: table.clock.now,
    sequence: table.state.sequence + 10,
    changes: [
      { collection: debts, key, before: undefined, after: { coins, creditor: bob } },
      { collection: accounts, key: alice, before: account, after: { ...account, debt: coins } },
    ],
    answered: undefined,
    seed: undefined,
  });
};
