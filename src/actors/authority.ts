import { unreachable } from '../kernel/assert.ts';
import type { Who } from '../kernel/operation.ts';
import type { Origin } from './request.ts';

// Source: Discord's documentation of permission bits.
const administratorBit = 1n << 3n;
const manageGuildBit = 1n << 5n;

/** Whether the asker belongs to the class of people an operation is for. `owners` are the operators of this bot. */
export const allows = (who: Who, origin: Origin, owners: ReadonlySet<string>): boolean => {
  switch (who) {
    case 'anyone':
      return true;
    case 'staff':
      return (origin.permissions & (administratorBit | manageGuildBit)) !== 0n;
    case 'administrator':
      return (origin.permissions & administratorBit) !== 0n;
    case 'owner':
      return owners.has(origin.member);
    default:
      return unreachable(who);
  }
};
