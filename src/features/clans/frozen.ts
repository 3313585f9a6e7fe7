import type { Query } from '../../kernel/context.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { isFrozen } from '../wallet/api.ts';

/**
 * Why nobody founds, joins or leaves a clan, nor changes roles in it, while the economy is frozen: a reset may be moving
 * the rows of half of its members.
 */
export const refuseFrozen = (query: Query): Outcome<never> | undefined =>
  isFrozen(query) ? refuse('economy.frozen') : undefined;
