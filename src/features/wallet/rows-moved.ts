import type { Mutation } from '../../kernel/context.ts';
import type { EntryKind } from './entries.ts';
import { countFlow } from './flows.ts';
import { accounts, supply, supplyKey, vaults } from './state.ts';

/**
 * Counts as made or unmade what accounts and vaults hold more or less than the supply says, because rows of theirs were
 * taken away or put back as a whole: by a reset and its undoing, and by nothing else. No entry of the ledger tells of
 * it, since the ledger goes and comes back with them.
 */
export const countMovedRows = (m: Mutation, kind: EntryKind): void => {
  const { minted, burned } = m.get(supply, supplyKey);
  const more = m.total(accounts, 'held') + m.total(vaults, 'held') - (minted - burned);
  if (more === 0n) return;
  const made = more > 0n ? more : 0n;
  const unmade = more < 0n ? 0n - more : 0n;
  m.put(supply, supplyKey, { minted: minted + made, burned: burned + unmade });
  countFlow(m, kind, made, unmade);
};
