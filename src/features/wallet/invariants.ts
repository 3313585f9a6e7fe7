import type { Invariant } from '../../kernel/feature.ts';
import { accounts, debts, supply, supplyKey, vaults } from './state.ts';

/** What no operation may break, checked against sums that the store keeps with each put. */
export const invariants: readonly Invariant[] = [
  {
    name: 'economy.coins-are-conserved',
    watches: [accounts.name, vaults.name, supply.name],
    holds: (query) => {
      const { minted, burned } = query.get(supply, supplyKey);
      return query.total(accounts, 'held') + query.total(vaults, 'held') === minted - burned;
    },
  },
  {
    name: 'economy.nothing-is-negative',
    watches: [accounts.name, vaults.name],
    holds: (query) => query.total(accounts, 'overdrawn') === 0n && query.total(vaults, 'overdrawn') === 0n,
  },
  {
    name: 'economy.debts-are-their-items',
    watches: [accounts.name, debts.name],
    holds: (query) => query.total(accounts, 'owed') === query.total(debts, 'owed'),
  },
];
