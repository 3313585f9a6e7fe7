import type { Query } from '../../../../kernel/context.ts';
import { type Outcome, refuse } from '../../../../kernel/outcome.ts';
import { crashSeats, crashTables } from './state.ts';

/** Why the member who acts can begin no other curve: they are in a round of a channel. */
export const refuseSeated = (query: Query): Outcome<never> | undefined => {
  const seat = query.find(crashSeats, [query.actor.member]);
  if (seat === undefined) return undefined;
  const { channel, round } = seat;
  const isThere = query.find(crashTables, [channel])?.round?.id === round;
  return isThere ? refuse('economy.casino.crash.seated', { channel: `<#${channel}>` }) : undefined;
};
