import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import type { Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import type { Command } from '../../kernel/feature.ts';
import type { EpochMs } from '../../kernel/ids.ts';
import { mutation, query } from '../../kernel/operation.ts';
import { options } from '../../kernel/option.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { Button, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { type Cooldown, colors, relativeTime } from '../wallet/api.ts';
import { cooldownsFor, dropReminder, remindersOf, setReminder } from './reminding.ts';
import { buttonsMax, remindersMax } from './tuning.ts';

interface Waiting {
  readonly now: EpochMs;
  readonly cooldowns: readonly (Cooldown & { readonly reminds: boolean })[];
}

const waitingOf = (q: Query): Waiting => {
  const { member } = q.actor;
  const reminded = remindersOf(q, member);
  const cooldowns = cooldownsFor(q, member).map((one) => ({ ...one, reminds: reminded.has(one.name) }));
  return { now: q.now, cooldowns };
};

/** `/cooldowns`: what the member who asks must wait for. */
export const cooldowns = query({
  name: 'statistics.cooldowns',
  version: 1,
  input: options({}),
  run: (q) => done(waitingOf(q)),
  view: (waiting, text) => reply(waiting, text),
});

/** Has the member told when something is ready, or not told. The button says which, so a second press changes nothing. */
export const toggleReminder = mutation({
  name: 'statistics.toggle',
  version: 1,
  input: controlInput(z.strictObject({ name: z.string().max(24), to: z.enum(['on', 'off']) })),
  run: (m, { name, to }) => {
    const { member } = m.actor;
    const reminded = remindersOf(m, member);
    if (to === 'off') {
      if (reminded.has(name)) dropReminder(m, member, name);
      return done(waitingOf(m));
    }
    const cooldown = cooldownsFor(m, member).find((one) => one.name === name);
    if (cooldown === undefined) return refuse('economy.cooldowns.none');
    if (!reminded.has(name) && reminded.size >= remindersMax) {
      return refuse('economy.cooldowns.many', { most: remindersMax });
    }
    // What is ready by now is shown to be.
    if (m.now < cooldown.readyAt) setReminder(m, member, cooldown);
    return done(waitingOf(m));
  },
  view: (waiting, text) => ({ ...reply(waiting, text), replaces: true }),
});

const buttonsInRow = 5;

const reply = ({ now, cooldowns: all }: Waiting, text: Text): Reply => {
  const buttons = all
    .filter(({ readyAt, reminds }) => reminds || now < readyAt)
    .slice(0, buttonsMax)
    .map(
      ({ name, title, reminds }): Button => ({
        kind: 'button',
        label: text(reminds ? 'economy.cooldowns.off' : 'economy.cooldowns.on', { title: text(title) }),
        style: reminds ? 'success' : 'secondary',
        customId: customId(toggleReminder, { name, to: reminds ? 'off' : 'on' }),
      }),
    );
  return {
    private: true,
    embeds: [
      {
        title: text('economy.cooldowns.title'),
        description: [
          ...all.map(({ title, readyAt, reminds }) =>
            now < readyAt
              ? text('economy.cooldowns.waiting', { title: text(title), at: relativeTime(readyAt), reminds })
              : text('economy.cooldowns.ready', { title: text(title) }),
          ),
          ...(all.length === 0 ? [text('economy.cooldowns.empty')] : []),
        ].join('\n'),
        color: colors.money,
      },
    ],
    rows: Array.from({ length: Math.ceil(buttons.length / buttonsInRow) }, (_, row) =>
      buttons.slice(row * buttonsInRow, (row + 1) * buttonsInRow),
    ),
  };
};

export const cooldownsCommand: Command = {
  path: 'cooldowns',
  describe: 'economy.cooldowns.describe',
  operation: cooldowns,
  visibility: 'private',
  explain: { text: 'economy.cooldowns.explain', figures: () => ({}) },
};
