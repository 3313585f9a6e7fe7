import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { Query } from '../../kernel/context.ts';
import { extensionPoint } from '../../kernel/extension.ts';
import type { Dotted, MemberId } from '../../kernel/ids.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { membersMax } from './tuning.ts';

/** Something a member may have on or off for themselves. */
export interface Preference {
  /** Lower-case letters and hyphens, 24 at most; different from every other's. */
  readonly name: string;
  /** To 60 characters: stands on a button. */
  readonly title: Dotted;
  readonly describe: Dotted;
  readonly initial: boolean;
  /** How long a change lasts before the next is taken, where switching back and forth would be a trick. */
  readonly restMs?: number;
  /** Until when a member cannot switch it on (milliseconds since 1970), because of what they did. */
  readonly lockedUntil?: (query: Query, member: MemberId) => number;
}

/** The preferences a feature has its members choose; all of them together are at most 20. */
export const declaredPreferences = extensionPoint<Record<string, never>, readonly Preference[]>('settings.preferences');

/** What members chose. One row a member who ever chose something. */
export const preferences = collection({
  name: 'core.preference',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ chosen: z.record(z.string(), z.strictObject({ on: z.boolean(), at: timeSchema })) }),
  initial: { chosen: {} },
  upgrades: [],
  rowsMax: membersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Whether a member has it on, and until when they cannot change it. */
export const chosenBy = (
  query: Query,
  member: MemberId,
  { name, initial, restMs = 0 }: Preference,
): { readonly on: boolean; readonly restsUntil: number } => {
  const { chosen } = query.get(preferences, [member]);
  const choice = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  return choice ? { on: choice.on, restsUntil: choice.at + restMs } : { on: initial, restsUntil: 0 };
};

/** Whether a member has a preference on. */
export const prefers = (query: Query, member: MemberId, preference: Preference): boolean =>
  chosenBy(query, member, preference).on;

/** Whether a member wants to be pinged and written to about what concerns them. */
export const pings: Preference = {
  name: 'ping',
  title: 'core.preference.ping',
  describe: 'core.preference.ping-about',
  initial: true,
};
