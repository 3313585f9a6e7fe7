import type { Command } from '../../../kernel/feature.ts';
import type { MemberId, RowId } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, optional, options, textOption } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, mention } from '../../wallet/api.ts';
import { banMember, unbanMember } from '../ban.ts';
import { record } from '../record.ts';
import { type Ban, bans } from '../state.ts';
import { bansMax, reasonCharactersMax } from '../tuning.ts';
import { undoButton } from '../undo.ts';
import { refusePerson } from './coins.ts';

const input = options({
  member: memberOption({ describe: 'economy.staff.ban.member' }),
  reason: optional(textOption({ describe: 'economy.staff.option.reason', charactersMax: reasonCharactersMax })),
});

interface Changed {
  readonly id: RowId;
  readonly target: MemberId;
  readonly what: 'banned' | 'unbanned';
  readonly reason: string | undefined;
}

const card = ({ id, target, what, reason }: Changed, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      description: [
        text(`economy.staff.ban.${what}`, { target: mention(target) }),
        ...(reason === undefined ? [] : [text('economy.staff.audit.reason', { reason })]),
      ].join('\n'),
      color: what === 'banned' ? colors.loss : colors.money,
    },
  ],
  rows: [[undoButton(id, text)]],
});

/** Bans a member from moving coins. */
export const ban = mutation({
  name: 'economy.staff.ban',
  version: 1,
  who: 'staff',
  input,
  run: (m, { member, reason }) => {
    const target = member.id;
    const refused = refusePerson(m, member);
    if (refused) return refused;
    if (target === m.actor.member) return refuse('economy.staff.ban.self');
    if (m.find(bans, [target])) return refuse('economy.staff.ban.already');
    if (m.count(bans) >= bansMax) return refuse('economy.staff.ban.many', { most: bansMax });
    const made: Ban = { at: m.now, by: m.actor.member, ...(reason !== undefined && { reason }) };
    const id = record(m, {
      target,
      before: '',
      after: '',
      ...(reason !== undefined && { reason }),
      deed: { kind: 'ban', lifted: false, ban: made },
    });
    banMember(m, target, made);
    return done<Changed>({ id, target, what: 'banned', reason });
  },
  view: (shown, text) => card(shown, text),
});

export const banCommand: Command = {
  path: 'eco ban',
  describe: 'economy.staff.ban.describe',
  operation: ban,
  visibility: 'private',
  explain: { text: 'economy.staff.ban.explain', figures: () => ({}) },
};

/** Lifts a member's ban. */
export const unban = mutation({
  name: 'economy.staff.unban',
  version: 1,
  who: 'staff',
  input,
  run: (m, { member, reason }) => {
    const target = member.id;
    const lifted = m.find(bans, [target]);
    if (!lifted) return refuse('economy.staff.ban.not');
    const id = record(m, {
      target,
      before: '',
      after: '',
      ...(reason !== undefined && { reason }),
      deed: { kind: 'ban', lifted: true, ban: lifted },
    });
    unbanMember(m, target);
    return done<Changed>({ id, target, what: 'unbanned', reason });
  },
  view: (shown, text) => card(shown, text),
});

export const unbanCommand: Command = {
  path: 'eco unban',
  describe: 'economy.staff.unban.describe',
  operation: unban,
  visibility: 'private',
};
