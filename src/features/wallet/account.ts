import type { Mutation } from '../../kernel/context.ts';
import type { Frozen } from '../../kernel/ids.ts';
import { addCoins, coins } from '../../kernel/money.ts';
import { entries } from './entries.ts';
import { book, give } from './money.ts';
import { startCoins } from './settings.ts';
import { accounts } from './state.ts';

/** An account as rows hold it. */
export type Account = Frozen<ReturnType<(typeof accounts)['schema']['parse']>>;

/**
 * The account of the member who acts. At its first use it is begun: the start grant is paid, once. A grant that would
 * pass the ceiling waits for another time.
 */
export const begin = (mutation: Mutation): Account => {
  const { member } = mutation.actor;
  const account = mutation.get(accounts, [member]);
  if (account.startedAt !== undefined) return account;
  const grant = coins(mutation.setting(startCoins));
  if (addCoins(account.wallet, grant) === undefined) return account;
  mutation.put(accounts, [member], { ...account, startedAt: mutation.now, activeAt: mutation.now });
  if (grant > 0) {
    book(mutation, { postings: [give(member, 'wallet', grant, { entry: entries.start })], minted: grant });
  }
  return mutation.get(accounts, [member]);
};
