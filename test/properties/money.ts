import { expect } from 'vitest';

interface CollectionDump {
  readonly rows: readonly (readonly [string, Record<string, number | bigint>])[];
  readonly totals: readonly bigint[];
}

/** Adds up every account by itself, without the sums that the runtime keeps, and compares with coins made and unmade. */
export const expectMoneyConserved = (dump: unknown): void => {
  const collections = dump as Record<string, CollectionDump>;
  const sum = (name: string, ...fields: readonly string[]): bigint => {
    let total = 0n;
    for (const [, row] of collections[name]?.rows ?? []) for (const field of fields) total += BigInt(row[field] ?? 0);
    return total;
  };
  const held = sum('economy.account', 'wallet', 'bank');
  const inVaults = sum('economy.vault', 'coins');
  expect(held + inVaults).toBe(sum('economy.supply', 'minted') - sum('economy.supply', 'burned'));
  expect(collections['economy.account']?.totals[0]).toBe(held);
  expect(collections['economy.vault']?.totals[0]).toBe(inVaults);
  for (const [, vault] of collections['economy.vault']?.rows ?? []) expect(vault['coins']).toBeGreaterThanOrEqual(0);
  for (const [, account] of collections['economy.account']?.rows ?? []) {
    for (const purse of ['wallet', 'bank', 'debt']) expect(account[purse]).toBeGreaterThanOrEqual(0);
  }
};
