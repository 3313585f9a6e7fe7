import type { Query } from '../../../kernel/context.ts';
import { event } from '../../../kernel/event.ts';
import type { Dotted } from '../../../kernel/ids.ts';
import { isResetting, resetOf } from './state.ts';

/** The staff want back what the last reset took. */
export const resetUndone = event<Record<string, never>>('staff.reset-undone');

/** Why a reset cannot be undone: it is on its way, another came after it, or its time is over. */
export const blockedReset = (query: Query, number: number): Dotted | undefined => {
  const reset = resetOf(query);
  if (isResetting(query)) return 'economy.staff.reset.running';
  return reset.number === number && reset.stage === 'kept' ? undefined : 'economy.staff.reset.expired';
};
