import { reaction } from '../kernel/event.ts';
import type { Feature } from '../kernel/feature.ts';
import { memberActing, removals } from '../kernel/membership.ts';
import { done, refuse } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import { guildForgetting } from './guild.ts';
import { memberForgetting } from './member.ts';
import { type MemberHash, memory } from './remembrance.ts';
import { rollOf } from './roll.ts';
import { graceHours } from './settings.ts';
import { erased, remembered, traced } from './state.ts';
import { messages } from './text.ts';

/** What forgetting needs to know. */
export interface ForgettingParts {
  /** Everything that is declared, forgetting included; asked when an operation runs, never while it is put together. */
  readonly registry: () => Registry;
  readonly hash: MemberHash;
  /** Days for which the rows of a server are kept after it sent the bot away. */
  readonly guildRetentionDays: number;
}

/**
 * Members who leave are hidden at once and erased when the server's grace is over; servers that send the bot away are
 * erased when the retention is over. Coming back before undoes it; coming back later gives back what must not be had
 * twice.
 */
export const forgettingFeature = ({ registry, hash, guildRetentionDays }: ForgettingParts): Feature => {
  const kept = memory(registry, hash);
  const members = memberForgetting(registry, kept);
  const guilds = guildForgetting(registry, guildRetentionDays);
  return {
    name: 'forgetting',
    pack: 'shared',
    commands: [],
    operations: [...members.operations, ...guilds.operations, ...kept.operations, rollOf(registry)],
    collections: [traced, remembered, erased, removals],
    reactions: [
      reaction(memberActing, (mutation, { member }) => {
        const code = guilds.acting(mutation) ?? members.acting(mutation, member);
        return code === undefined ? done() : refuse(code);
      }),
    ],
    settings: [graceHours],
    invariants: [],
    messages,
  };
};
