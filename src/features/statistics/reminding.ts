import { z } from 'zod';
import { card, show } from '../../kernel/card.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { directMessage } from '../../kernel/effect.ts';
import type { Dotted, GuildId, MemberId } from '../../kernel/ids.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import { type Cooldown, colors, cooldownsOf } from '../wallet/api.ts';
import { reminders } from './state.ts';
import { remindersMax } from './tuning.ts';

/** Everything a member must wait for, or could use now, in the order features are listed. */
export const cooldownsFor = (query: Query, member: MemberId): readonly Cooldown[] =>
  query.extensions(cooldownsOf, { member }).flat();

/** What a member is told: something is ready. It says where, as it stands in no server. */
export const readyNotice = card<{ readonly guild: GuildId; readonly title: Dotted }>({
  name: 'statistics.ready',
  view: ({ guild, title }, text) => ({
    private: true,
    embeds: [{ description: text('economy.cooldowns.notice', { title: text(title), guild }), color: colors.gold }],
  }),
});

const inputSchema = z.strictObject({ member: memberSchema, name: z.string() });
const timerKey = (member: MemberId, name: string): string => `${member} ${name}`;

/** When something should be ready. Where it was used again meanwhile, the new time is waited for. */
export const remindReady: Operation<z.infer<typeof inputSchema>> = task({
  name: 'statistics.remind',
  version: 1,
  input: inputSchema,
  run: (m, { member, name }) => {
    if (m.find(reminders, [member, name]) === undefined) return done();
    const cooldown = cooldownsFor(m, member).find((one) => one.name === name);
    if (cooldown !== undefined && m.now < cooldown.readyAt) {
      setReminder(m, member, cooldown);
      return done();
    }
    m.remove(reminders, [member, name]);
    // A feature that is gone, or has nothing to wait for any more, has nothing to tell.
    if (cooldown !== undefined) {
      m.perform(directMessage, { member, card: show(readyNotice, { guild: m.guild, title: cooldown.title }) });
    }
    return done();
  },
});

/** Has a member told when something is ready, once. */
export const setReminder = (m: Mutation, member: MemberId, { name, readyAt }: Cooldown): void => {
  m.put(reminders, [member, name], { at: readyAt });
  m.wake(remindReady, timerKey(member, name), readyAt, { member, name });
};

/** Takes a reminder back. */
export const dropReminder = (m: Mutation, member: MemberId, name: string): void => {
  m.remove(reminders, [member, name]);
  m.cancel(remindReady, timerKey(member, name));
};

/** What a member wants to be told of, by name. */
export const remindersOf = (query: Query, member: MemberId): ReadonlySet<string> =>
  new Set(query.page(reminders, { from: [member], limit: remindersMax }).map(([[, name]]) => name));
