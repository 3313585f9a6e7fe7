import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId } from '../../../kernel/ids.ts';
import { mutation, query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { chosenBy, declaredPreferences, type Preference, pings, preferences } from '../preference.ts';

/** Data alone: it is kept for redeliveries. */
interface Choice extends Pick<Preference, 'name' | 'title' | 'describe'> {
  readonly on: boolean;
}
interface Choices {
  readonly by: MemberId;
  readonly choices: readonly Choice[];
}

const relative = (at: number): string => `<t:${Math.floor(at / 1000)}:R>`;

const declared = (q: Query): readonly Preference[] => [pings, ...q.extensions(declaredPreferences, {}).flat()];

const choicesOf = (q: Query): Choices => ({
  by: q.actor.member,
  choices: declared(q).map((one) => {
    const { name, title, describe } = one;
    return { name, title, describe, on: chosenBy(q, q.actor.member, one).on };
  }),
});

/** `/settings me`: what the member who asks has on and off for themselves. */
export const me = query({
  name: 'core.settings.me',
  version: 1,
  input: options({}),
  run: (q) => done(choicesOf(q)),
  view: (choices, text) => reply(choices, text),
});

const turnSchema = z.strictObject({ by: memberSchema, name: z.string().max(24), to: z.enum(['on', 'off']) });

/** Switches one of them. The button says which way, so that a second press changes nothing. */
export const switchOne = mutation({
  name: 'core.settings.switch',
  version: 1,
  input: controlInput(turnSchema),
  run: (m, { by, name, to }) => {
    const { member } = m.actor;
    if (by !== member) return refuse('core.settings.me.not-yours');
    const preference = declared(m).find((one) => one.name === name);
    if (!preference) return refuse('core.settings.me.none');
    const before = chosenBy(m, member, preference);
    if (before.on === (to === 'on')) return done(choicesOf(m));
    if (m.now < before.restsUntil) return refuse('core.settings.me.rests', { at: relative(before.restsUntil) });
    const lockedUntil = to === 'on' ? (preference.lockedUntil?.(m, member) ?? 0) : 0;
    if (m.now < lockedUntil) return refuse('core.settings.me.locked', { at: relative(lockedUntil) });
    const { chosen } = m.get(preferences, [member]);
    m.put(preferences, [member], { chosen: { ...chosen, [name]: { on: to === 'on', at: m.now } } });
    return done(choicesOf(m));
  },
  view: (choices, text) => ({ ...reply(choices, text), replaces: true }),
});

const buttonsInRow = 4;

const reply = ({ by, choices }: Choices, text: Text): Reply => {
  const buttons = choices.map(
    ({ name, title, on }): Button => ({
      kind: 'button',
      label: text(on ? 'core.settings.me.turn-off' : 'core.settings.me.turn-on', { title: text(title) }),
      style: on ? 'success' : 'secondary',
      customId: customId(switchOne, { by, name, to: on ? 'off' : 'on' }),
    }),
  );
  return {
    private: true,
    embeds: [
      {
        title: text('core.settings.me.title'),
        fields: choices.map(({ title, describe, on }) => ({
          name: text('core.settings.me.line', { title: text(title), on }),
          value: text(describe),
        })),
      },
    ],
    rows: Array.from({ length: Math.ceil(buttons.length / buttonsInRow) }, (_, row) =>
      buttons.slice(row * buttonsInRow, (row + 1) * buttonsInRow),
    ),
  };
};

export const meCommand: Command = {
  path: 'settings me',
  describe: 'core.settings.me.describe',
  operation: me,
  visibility: 'private',
};
