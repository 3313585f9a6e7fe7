import type { Mutation } from '../../kernel/context.ts';
import type { EpochMs, MemberId } from '../../kernel/ids.ts';
import { accounts } from './state.ts';

/**
 * Bans a member from moving coins from a time on, or ends the ban with `undefined`. It stands in the account, which each
 * move of coins reads anyway.
 */
export const setBanned = (m: Mutation, member: MemberId, at: EpochMs | undefined): void => {
  const { bannedAt: _, ...account } = m.get(accounts, [member]);
  const activeAt = account.activeAt === 0 ? m.now : account.activeAt;
  m.put(accounts, [member], { ...account, activeAt, ...(at !== undefined && { bannedAt: at }) });
};
