import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import { controlInput } from '../../../kernel/control.ts';
import { mutation } from '../../../kernel/operation.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { mention } from '../../wallet/api.ts';
import { button, heistEmbed } from '../card.ts';
import { answerAsking, assignRoles, callOff, lookAt, setRole, startTeam } from '../lobby.ts';
import { roles } from '../rules.ts';
import type { OpenHeist, ShownHeist } from '../shown.ts';
import { idSchema } from '../state.ts';
import { play } from './board.ts';

const heistInput = controlInput(z.strictObject({ h: idSchema }));

/** Somebody who was asked takes part. */
export const accept = mutation({
  name: 'heists.accept',
  version: 1,
  input: heistInput,
  run: (m, { h }) => answerAsking(m, h, 'accepted'),
  view: (shown, text) => replacing(shown, text),
});

/** Somebody who was asked does not. */
export const decline = mutation({
  name: 'heists.decline',
  version: 1,
  input: heistInput,
  run: (m, { h }) => answerAsking(m, h, 'declined'),
  view: (shown, text) => replacing(shown, text),
});

/** Whoever leads gives somebody the role that was chosen. */
export const giveRole = mutation({
  name: 'heists.role',
  version: 1,
  input: controlInput(z.strictObject({ h: idSchema, w: memberSchema, chosen: z.enum(roles) })),
  run: (m, { h, w, chosen }) => setRole(m, h, w, chosen),
  view: (shown, text) => replacing(shown, text),
});

/** Whoever leads has the roles given. */
export const assign = mutation({
  name: 'heists.assign',
  version: 1,
  input: heistInput,
  run: (m, { h }) => assignRoles(m, h),
  view: (shown, text) => replacing(shown, text),
});

/** Whoever leads starts the heist of a team. */
export const start = mutation({
  name: 'heists.start',
  version: 1,
  input: heistInput,
  run: (m, { h }) => startTeam(m, h),
  view: (shown, text) => replacing(shown, text),
});

/** Whoever leads calls a heist off that was not started. */
export const cancel = mutation({
  name: 'heists.cancel',
  version: 1,
  input: heistInput,
  run: (m, { h }) => callOff(m, h),
  view: (shown, text) => replacing(shown, text),
});

/** Shows a heist as it is. */
export const look = mutation({
  name: 'heists.look',
  version: 1,
  input: heistInput,
  run: (m, { h }) => lookAt(m, h),
  view: (shown, text) => replacing(shown, text),
});

const roleRow = ({ heist: h, crew }: OpenHeist, text: Text): NonNullable<Reply['rows']> => {
  const next = crew.find(({ role }) => role === undefined);
  if (next === undefined) return [];
  const place = crew.indexOf(next) + 1;
  const taken = new Set(crew.map(({ role }) => role));
  return [
    [
      {
        kind: 'select',
        placeholder: text('economy.heist.role-pick', { place }),
        customId: customId(giveRole, { h, w: next.member }),
        choices: roles
          .filter((role) => !taken.has(role))
          .map((role) => ({
            label: text(`economy.heist.role.${role}`),
            value: role,
            description: text(`economy.heist.role-does.${role}`),
          })),
      },
    ],
  ];
};

const controls = (shown: OpenHeist, text: Text): NonNullable<Reply['rows']> => {
  const key = { h: shown.heist };
  const lookButton = button(text('economy.heist.look'), 'secondary', look, key);
  const cancelButton = button(text('economy.heist.call-off'), 'secondary', cancel, key);
  switch (shown.stage) {
    case 'picking':
      return [];
    case 'asking':
      return [
        [
          button(text('economy.heist.accept'), 'success', accept, key),
          button(text('economy.heist.decline'), 'danger', decline, key),
          lookButton,
          cancelButton,
        ],
      ];
    case 'roles':
      return [
        ...roleRow(shown, text),
        [
          button(text('economy.heist.assign'), 'primary', assign, key),
          button(text('economy.heist.start'), 'success', start, key),
          cancelButton,
        ],
      ];
    case 'playing':
      return [[button(text('economy.heist.play'), 'success', play, key), lookButton]];
  }
};

/** A heist before everybody's eyes, with the controls of its stage. Who is asked is pinged, unless they do not want it. */
export const heistReply = (shown: ShownHeist, text: Text): Reply => {
  if (shown.state !== 'open') return { private: false, embeds: [heistEmbed(shown, text)] };
  const asked = shown.stage === 'asking' ? shown.crew.filter(({ answer }) => answer === 'asked') : [];
  const named = asked.map(({ member }) => member);
  const { quiet = [] } = shown;
  return {
    private: false,
    ...(named.length > 0 && {
      content: text('economy.heist.asks', { members: named.map(mention).join(' ') }),
      mentions: named.filter((member) => !quiet.includes(member)),
    }),
    embeds: [heistEmbed(shown, text)],
    rows: controls(shown, text),
  };
};

const replacing = (shown: ShownHeist, text: Text): Reply => ({ ...heistReply(shown, text), replaces: true });

/** A heist that everybody sees from now on: here, or where heists are posted. */
export const openedReply = (shown: ShownHeist, text: Text): Reply =>
  shown.state === 'open' && shown.channel !== undefined
    ? { private: true, replaces: true, content: text('economy.heist.posted', { channel: `<#${shown.channel}>` }) }
    : heistReply(shown, text);
