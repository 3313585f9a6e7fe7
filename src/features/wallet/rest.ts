import type { Query } from '../../kernel/context.ts';
import { event, reaction } from '../../kernel/event.ts';
import { nobody } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { economyFrozen } from './settings.ts';
import { accounts } from './state.ts';

/** Why somebody may move no coins; also the key of the words that say so. */
export type Rest = 'economy.frozen' | 'economy.banned';

/** Whether the economy of the guild is frozen: its jobs leave everything as it is, and make up for nothing later. */
export const isFrozen = (query: Query): boolean => query.setting(economyFrozen);

/**
 * Why who acts may move no coins now; `undefined` where they may. The runtime always may: open games are settled at
 * their deadlines, and members who leave are erased.
 */
export const restOf = (query: Query): Rest | undefined => {
  const { member } = query.actor;
  if (member === nobody) return undefined;
  if (isFrozen(query)) return 'economy.frozen';
  return query.get(accounts, [member]).bannedAt === undefined ? undefined : 'economy.banned';
};

/**
 * Why who acts may do nothing that may move coins. Asked before a draw that moves none in some cases: refused in the
 * others alone, it could be tried until it is one of those.
 */
export const refuseAtRest = (query: Query): Outcome<never> | undefined => {
  const rest = restOf(query);
  return rest === undefined ? undefined : refuse(rest);
};

/** Told where coins were about to be moved that rest. */
export const restDisturbed = event<{ readonly rest: Rest }>('wallet.rest-disturbed');

/** Refuses the whole operation, whatever its handler makes of what `book` gives back. */
export const keepRest = reaction(restDisturbed, (_, { rest }) => refuse(rest));
