import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import { controlInput } from '../../../kernel/control.ts';
import { mutation } from '../../../kernel/operation.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, mention, relativeTime } from '../../wallet/api.ts';
import { button } from '../card.ts';
import { ask as askPicked, type Picking, pick as pickMember, type Step, turnPicking } from '../lobby.ts';
import { idSchema } from '../state.ts';
import { pickPagesMax, teamMax } from '../tuning.ts';
import { cancel, heistReply, openedReply } from './heist.ts';

const pageSchema = z.int().min(1).max(pickPagesMax);

/** Picks who was chosen, or drops them. */
export const pick = mutation({
  name: 'heists.pick',
  version: 1,
  input: controlInput(z.strictObject({ h: idSchema, p: pageSchema, chosen: memberSchema })),
  run: (m, { h, p, chosen }) => pickMember(m, h, chosen, p),
  view: (step, text) => ({ ...stepReply(step, text), replaces: true }),
});

/** Turns the pages of those who can be picked. */
export const turnPicks = mutation({
  name: 'heists.turn-picks',
  version: 1,
  input: controlInput(z.strictObject({ h: idSchema, p: pageSchema })),
  run: (m, { h, p }) => turnPicking(m, h, p),
  view: (step, text) => ({ ...stepReply(step, text), replaces: true }),
});

/** Asks those who were picked, before everybody's eyes. */
export const ask = mutation({
  name: 'heists.ask',
  version: 1,
  input: controlInput(z.strictObject({ h: idSchema })),
  run: (m, { h }) => askPicked(m, h),
  view: (shown, text) => openedReply(shown, text),
});

const pageButtons = ({ heist: h, candidates: { page, pages } }: Picking, text: Text): readonly Button[] =>
  pages === 1
    ? []
    : [
        ...(page > 1 ? [button(text('economy.heist.previous'), 'secondary', turnPicks, { h, p: page - 1 })] : []),
        ...(page < pages ? [button(text('economy.heist.more'), 'secondary', turnPicks, { h, p: page + 1 })] : []),
      ];

// A select cannot show who is mentioned, so each line has a number that is to be chosen.
const pickingReply = (picking: Picking, text: Text): Reply => {
  const { heist: h, endsAt, picked, candidates } = picking;
  const lines = candidates.rows.map((member, index) => ({
    member,
    place: index + 1,
    isPicked: picked.includes(member),
  }));
  return {
    private: true,
    embeds: [
      {
        title: text('economy.heist.picking.title'),
        description: [
          text('economy.heist.picking.hint', { most: teamMax - 1, at: relativeTime(endsAt) }),
          '',
          ...lines.map(({ member, place, isPicked }) =>
            text('economy.heist.picking.line', { place, member: mention(member), picked: isPicked }),
          ),
          ...(lines.length === 0 ? [text('economy.heist.picking.nobody')] : []),
          '',
          text('economy.heist.picking.picked', {
            count: picked.length,
            members: picked.map(mention).join(', '),
          }),
        ].join('\n'),
        color: colors.gold,
      },
    ],
    rows: [
      ...(lines.length === 0
        ? []
        : [
            [
              {
                kind: 'select',
                placeholder: text('economy.heist.picking.pick'),
                customId: customId(pick, { h, p: candidates.page }),
                choices: lines.map(({ member, place, isPicked }) => ({
                  label: text('economy.heist.picking.choice', { place, picked: isPicked }),
                  value: member,
                })),
              } as const,
            ],
          ]),
      [
        button(text('economy.heist.picking.ask'), 'success', ask, { h }),
        button(text('economy.heist.call-off'), 'secondary', cancel, { h }),
        ...pageButtons(picking, text),
      ],
    ],
  };
};

/** The card on which whoever leads picks a team. */
export const stepReply = (step: Step, text: Text): Reply =>
  'picking' in step ? pickingReply(step.picking, text) : heistReply(step.shown, text);
