import { accounts, ledger, vaults } from '../features/wallet/state.ts';
import type { GuildState } from '../storage/contract.ts';
import { rowsIn } from './service/difference.ts';

type Account = typeof accounts.initial;
type Booking = typeof ledger.initial;
type Vault = typeof vaults.initial;

/**
 * What is wrong with a member's account by the ledger: each line says what was in both purses after it, the newest one
 * what is in them now, and each what the one before it says and the change. As far back as bookings are kept.
 */
const auditAccount = (state: GuildState, member: string, { wallet, bank, newest }: Account): string | undefined => {
  if (newest === undefined) return wallet + bank === 0 ? undefined : `${member} has coins that no booking tells of`;
  let expected: { readonly wallet: number; readonly bank: number } = { wallet, bank };
  let next: string | null = newest;
  while (next !== null) {
    const booking = state.row(ledger, next) as Booking | undefined;
    // Beyond what is kept of the ledger.
    if (booking === undefined) return undefined;
    next = null;
    for (const [
      owner,
      ,
      walletChange,
      bankChange,
      ,
      walletAfter,
      bankAfter,
      ,
      previous,
    ] of booking.lines.toReversed()) {
      if (owner !== member) continue;
      if (walletAfter !== expected.wallet || bankAfter !== expected.bank) {
        return `the balance of ${member} is not what the ledger says`;
      }
      expected = { wallet: walletAfter - walletChange, bank: bankAfter - bankChange };
      next = previous;
    }
  }
  return expected.wallet + expected.bank === 0 ? undefined : `the ledger of ${member} does not begin with nothing`;
};

/** The same of a vault, of which each line says what it held after. */
const auditVault = (state: GuildState, vault: string, { coins, newest }: Vault): string | undefined => {
  let expected: number = coins;
  let next: string | null = newest ?? null;
  while (next !== null) {
    const booking = state.row(ledger, next) as Booking | undefined;
    if (booking === undefined) return undefined;
    next = null;
    for (const [id, , change, after, previous] of booking.vaults?.toReversed() ?? []) {
      if (id !== vault) continue;
      if (after !== expected) return `the vault ${vault} does not hold what the ledger says`;
      expected = after - change;
      next = previous;
    }
  }
  return expected === 0 ? undefined : `the ledger of the vault ${vault} does not begin with nothing`;
};

/** The ledger against the balances of all members and vaults of a server. */
export const auditLedger = (state: GuildState): readonly string[] => [
  ...rowsIn(state, accounts).flatMap(([member, account]) => auditAccount(state, member, account as Account) ?? []),
  ...rowsIn(state, vaults).flatMap(([vault, row]) => auditVault(state, vault, row as Vault) ?? []),
];
