import type { Mutation } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId, RowId } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { integerOption, memberOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { countOf, giveItem, itemCountMax, itemOption, itemText, takeItem } from '../../items/api.ts';
import { colors, mention } from '../../wallet/api.ts';
import { record } from '../record.ts';
import { undoButton } from '../undo.ts';
import { refusePerson } from './coins.ts';

const input = options({
  member: memberOption({ describe: 'economy.staff.item.member' }),
  item: itemOption({ describe: 'economy.staff.item.item' }),
  count: optional(integerOption({ describe: 'economy.staff.item.count', min: 1, max: itemCountMax })),
});

/** Items that the staff gave, or took. */
interface Moved {
  readonly id: RowId;
  readonly target: MemberId;
  readonly how: 'given' | 'taken';
  readonly item: string;
  readonly asked: number;
  readonly count: number;
  /** What the member has of it now, beside what they wear. */
  readonly now: number;
}

const keep = (m: Mutation, { target, item, how, count, asked }: Omit<Moved, 'id' | 'now'>): Outcome<Moved> => {
  const now = countOf(m, target, item);
  const change = how === 'given' ? count : 0 - count;
  const id = record(m, {
    target,
    before: String(Math.max(0, now - change)),
    after: String(now),
    deed: { kind: 'items', item, count: change },
  });
  return done({ id, target, how, item, asked, count, now });
};

const card = ({ id, target, how, item, asked, count, now }: Moved, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      description: [
        text(`economy.staff.item.${how}`, { target: mention(target), item: itemText(item, text), count }),
        ...(count < asked ? [text('economy.staff.coins.less', { asked, total: count })] : []),
        text('economy.staff.item.now', { now }),
      ].join('\n'),
      color: count < asked ? colors.gold : colors.money,
    },
  ],
  rows: [[undoButton(id, text)]],
});

/** Gives a member items. */
export const giveItems = mutation({
  name: 'economy.staff.give-item',
  version: 1,
  who: 'staff',
  input,
  run: (m, { member, item, count = 1 }) => {
    const refused = refusePerson(m, member) ?? giveItem(m, member.id, item.key, count);
    if (refused) return refused;
    const given = item.givenAs ?? item.key;
    return keep(m, { target: member.id, how: 'given', item: given, asked: count, count });
  },
  view: (moved, text) => card(moved, text),
});

export const giveItemCommand: Command = {
  path: 'eco give-item',
  describe: 'economy.staff.give-item.describe',
  operation: giveItems,
  visibility: 'private',
};

/** Takes items from a member, never more than they have; what is worn goes last. */
export const takeItems = mutation({
  name: 'economy.staff.take-item',
  version: 1,
  who: 'staff',
  input,
  run: (m, { member, item, count: asked = 1 }) => {
    const refused = refusePerson(m, member);
    if (refused) return refused;
    const count = takeItem(m, member.id, item.key, asked);
    if (count === 0) return refuse('economy.staff.take-item.nothing');
    return keep(m, { target: member.id, how: 'taken', item: item.key, asked, count });
  },
  view: (moved, text) => card(moved, text),
});

export const takeItemCommand: Command = {
  path: 'eco take-item',
  describe: 'economy.staff.take-item.describe',
  operation: takeItems,
  visibility: 'private',
};
