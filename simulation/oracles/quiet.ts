import type { EpochMs } from '../../src/kernel/ids.ts';
import { departures, removals } from '../../src/kernel/membership.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { Server } from '../outside/servers.ts';
import { Violation } from '../violation.ts';
import type { ModelGuild } from './model-guild.ts';
import type { Reference } from './reference.ts';

/** What the last look is given. */
export interface QuietParts {
  readonly reference: Reference;
  readonly servers: readonly Server[];
  readonly now: EpochMs;
  readonly registry: Registry;
}

const checkTimers = (state: ModelGuild, now: EpochMs): void => {
  const [due] = state.top(timers, 'due', 0, 1);
  if (due !== undefined && 0 - due[1] <= now) {
    throw new Violation('liveness', `the timer ${due[0]} of guild ${state.guild} is due and does not fall`);
  }
};

const hasRows = (state: ModelGuild, registry: Registry, member: string): boolean =>
  [...registry.collections.values()].some(
    (collection) =>
      collection.key[0] === 'member' &&
      collection.name !== departures.name &&
      collection.name !== 'core.traced' &&
      state.scan(collection, { prefix: member, after: undefined, reverse: false, limit: 1 }).length > 0,
  );

const checkMembers = (state: ModelGuild, { everybody, present }: Server, registry: Registry): void => {
  for (const member of everybody) {
    const departure = state.row(departures, member) as typeof departures.initial | undefined;
    const isHere = present.has(member);
    if (isHere && departure?.stage === 'away') {
      throw new Violation('liveness', `${member} is in guild ${state.guild}, and is taken for gone`);
    }
    if (!isHere && departure === undefined && hasRows(state, registry, member)) {
      throw new Violation('liveness', `${member} left guild ${state.guild}, and nobody noticed`);
    }
  }
};

/** When nothing goes wrong any more and everything has come to rest: nothing is due, and all know who is where. */
export const checkQuiet = ({ reference, servers, now, registry }: QuietParts): void => {
  for (const guild of reference.guilds()) checkTimers(reference.stateOf(guild), now);
  for (const server of servers) {
    const state = reference.stateOf(server.guild);
    if (server.hasBot && state.count(removals) > 0) {
      throw new Violation('liveness', `the bot is in guild ${server.guild}, and takes itself for sent away`);
    }
    checkMembers(state, server, registry);
  }
};
