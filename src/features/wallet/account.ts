import type { Mutation } from '../../kernel/context.ts';
import type { Frozen, MemberId } from '../../kernel/ids.ts';
import { addCoins, coins } from '../../kernel/money.ts';
import { entries } from './entries.ts';
import { book, give } from './money.ts';
import { restOf } from './rest.ts';
import { startCoins } from './settings.ts';
import { accounts } from './state.ts';

/** An account as rows hold it. */
export type Account = Frozen<ReturnType<(typeof accounts)['schema']['parse']>>;

/**
 * The account of the member who acts. At its first use it is begun: the start grant is paid, once. A grant that would
 * pass the ceiling, or comes while coins rest, waits for another time.
 */
export const begin = (mutation: Mutation): Account => {
  const { member } = mutation.actor;
  const account = mutation.get(accounts, [member]);
  if (account.startedAt !== undefined || restOf(mutation) !== undefined) return account;
  const grant = coins(mutation.setting(startCoins));
  if (addCoins(account.wallet, grant) === undefined) return account;
  mutation.put(accounts, [member], { ...account, startedAt: mutation.now, activeAt: mutation.now });
  if (grant > 0) {
    book(mutation, { postings: [give(member, 'wallet', grant, { entry: entries.start })], minted: grant });
  }
  return mutation.get(accounts, [member]);
};

/**
 * Gives somebody who is about to be named in a row of another member an account, empty as it may be: whoever is named
 * anywhere has a row of their own, by which the runtime knows that there is something to forget.
 */
export const ensureAccount = (mutation: Mutation, member: MemberId): void => {
  if (mutation.find(accounts, [member]) !== undefined) return;
  mutation.put(accounts, [member], { ...accounts.initial, activeAt: mutation.now });
};
