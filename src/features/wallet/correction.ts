import type { Mutation, Query } from '../../kernel/context.ts';
import type { Dotted, MemberId, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { canOwe, changeDebt, owedTo } from './debt.ts';
import type { EntryKind } from './entries.ts';
import { type Booking, book } from './money.ts';
import { vaultCorrected } from './points.ts';
import { accounts } from './state.ts';
import { coinsOfVault, isVault } from './vaults.ts';

/** How a member's coins are to change: whole coins, signed. */
export interface Correction {
  readonly member: MemberId;
  readonly wallet: number;
  readonly bank: number;
}

/** How what a member owes is to change: to another member, to a vault, or to nobody. */
export interface DebtCorrection {
  readonly member: MemberId;
  readonly creditor?: MemberId | undefined;
  readonly vault?: RowId | undefined;
  readonly change: number;
}

/** How what is in a vault is to change, and whose share of it that concerns. */
export interface VaultCorrection {
  readonly vault: RowId;
  readonly member?: MemberId | undefined;
  readonly change: number;
}

/** All that is to change at once. */
export interface Corrections {
  readonly purses: readonly Correction[];
  readonly debts?: readonly DebtCorrection[] | undefined;
  readonly vaults?: readonly VaultCorrection[] | undefined;
}

/** What a member has. */
type Held = Pick<Correction, 'wallet' | 'bank'>;

/** A correction worked out against what there is now, with what stands in its way. */
export interface PlannedCorrections {
  readonly purses: readonly { readonly member: MemberId; readonly before: Held; readonly after: Held }[];
  readonly debts: readonly (DebtCorrection & { readonly before: number; readonly after: number })[];
  readonly vaults: readonly (VaultCorrection & { readonly before: number; readonly after: number })[];
  /** Why they cannot be made. */
  readonly blocked?: { readonly key: Dotted; readonly args: Readonly<Record<string, string | number>> } | undefined;
}

const shifted = (wallet: number, bank: number): Held => {
  if (wallet < 0) return { wallet: 0, bank: bank + wallet };
  return bank < 0 ? { wallet: wallet + bank, bank: 0 } : { wallet, bank };
};

const blockedPurse = ({ member, after }: PlannedCorrections['purses'][number]): PlannedCorrections['blocked'] => {
  const missing = 0 - Math.min(0, after.wallet, after.bank);
  if (missing > 0) return { key: 'economy.correction.spent', args: { member, missing } };
  return Math.max(after.wallet, after.bank) > coinsMax ? { key: 'economy.money.full', args: { member } } : undefined;
};

const blockedDebt = (
  query: Query,
  { member, creditor, vault, change, after }: PlannedCorrections['debts'][number],
): PlannedCorrections['blocked'] => {
  if (after < 0) return { key: 'economy.correction.debt-paid', args: { member, missing: 0 - after } };
  if (change <= 0) return undefined;
  const held = after <= coinsMax && canOwe(query, member, { member: creditor, vault }, coins(change));
  return held ? undefined : { key: 'economy.correction.debt-full', args: { member } };
};

const blockedVault = (
  query: Query,
  { vault, after }: PlannedCorrections['vaults'][number],
): PlannedCorrections['blocked'] => {
  if (!isVault(query, vault)) return { key: 'economy.correction.vault-gone', args: {} };
  if (after < 0) return { key: 'economy.correction.vault-spent', args: { missing: 0 - after } };
  return after > coinsMax ? { key: 'economy.money.vault-full', args: {} } : undefined;
};

const first = <T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * What corrections would do now. Coins that were moved to the member's other purse meanwhile are taken from there; where
 * coins were spent, debts paid or treasuries emptied or ended since, that is what stands in the way.
 */
export const planCorrections = (query: Query, corrections: Corrections): PlannedCorrections => {
  const purses = corrections.purses.map(({ member, wallet, bank }) => {
    const { wallet: inWallet, bank: inBank } = query.get(accounts, [member]);
    return { member, before: { wallet: inWallet, bank: inBank }, after: shifted(inWallet + wallet, inBank + bank) };
  });
  const debts = (corrections.debts ?? []).map((debt) => {
    // What is owed to a vault that is no more is owed to nobody.
    const vault = debt.vault !== undefined && isVault(query, debt.vault) ? debt.vault : undefined;
    const before = owedTo(query, debt.member, { member: debt.creditor, vault });
    return { ...debt, vault, before, after: before + debt.change };
  });
  const inVaults = new Map<RowId, number>();
  const vaults = (corrections.vaults ?? []).map((one) => {
    // Several corrections may be of one vault, for several members' shares.
    const before = inVaults.get(one.vault) ?? coinsOfVault(query, one.vault);
    const after = before + one.change;
    inVaults.set(one.vault, after);
    return { ...one, before, after };
  });
  const blocked =
    first(purses, blockedPurse) ??
    first(debts, (debt) => blockedDebt(query, debt)) ??
    first(vaults, (one) => blockedVault(query, one));
  return { purses, debts, vaults, blocked };
};

/**
 * Books corrections of the staff, all or none: coins are made and unmade by what they differ. Works although the economy
 * is frozen. Refuses, naming the member, where something stands in the way.
 */
export const correct = (m: Mutation, corrections: Corrections, entry: EntryKind): Outcome<never> | undefined => {
  const { purses, debts, vaults, blocked } = planCorrections(m, corrections);
  if (blocked) return refuse(blocked.key, blocked.args);
  const postings: Booking['postings'][number][] = [];
  let made = 0n;
  for (const { member, before, after } of purses) {
    for (const purse of ['wallet', 'bank'] as const) {
      const change = after[purse] - before[purse];
      if (change === 0) continue;
      postings.push({ member, purse, change, entry });
      made += BigInt(change);
    }
  }
  for (const { vault, change } of vaults) {
    postings.push({ vault, change, entry });
    made += BigInt(change);
  }
  const net = Number(made);
  // One booking makes or unmakes as much as one purse holds, which only many fortunes together come to.
  if (Math.abs(net) > coinsMax) return refuse('economy.correction.too-much');
  for (const { member, creditor, vault, change } of debts) {
    changeDebt(m, member, { member: creditor, vault }, change);
    postings.push({ member, purse: 'debt', change, entry, other: creditor });
  }
  const changed = net > 0 ? { minted: coins(net) } : { burned: coins(0 - net) };
  const refused = book(m, { postings, ...changed, evenAtRest: true });
  if (refused) return refused;
  for (const { vault, member, change } of vaults) {
    if (member !== undefined) m.emit(vaultCorrected, { vault, member, change });
  }
  return undefined;
};
