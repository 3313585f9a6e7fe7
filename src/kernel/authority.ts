import { unreachable } from './assert.ts';
import type { Who } from './operation.ts';

// Source: Discord's documentation of permission bits.
const administratorBit = 1n << 3n;
const manageGuildBit = 1n << 5n;

/**
 * Whether permission bits alone put somebody in a class. Nobody is an `owner` by permissions: the operators of the
 * bot are named in its configuration; and nobody is the `runtime`.
 */
export const permits = (who: Who, permissions: bigint): boolean => {
  switch (who) {
    case 'anyone':
      return true;
    case 'staff':
      return (permissions & (administratorBit | manageGuildBit)) !== 0n;
    case 'administrator':
      return (permissions & administratorBit) !== 0n;
    case 'owner':
    case 'runtime':
      return false;
    default:
      return unreachable(who);
  }
};
