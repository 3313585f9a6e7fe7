import type { Command } from '../../kernel/feature.ts';
import { mutation } from '../../kernel/operation.ts';
import { options } from '../../kernel/option.ts';
import { done } from '../../kernel/outcome.ts';
import { colors, mention, relativeTime, utcDay } from '../wallet/api.ts';
import { reckonFirst } from './reckon.ts';
import { netWorths, reckoningKey, reckonings } from './state.ts';

/** Members that the card shows. */
const shownMax = 5;
const medals = ['🥇', '🥈', '🥉'];

/** The richest members, as of the last reckoning. Asked for the first time, it has one begun. */
export const richest = mutation({
  name: 'economy.richest',
  version: 1,
  input: options({}),
  run: (m) => {
    reckonFirst(m);
    const { last } = m.get(reckonings, reckoningKey);
    const standings = last === undefined ? [] : m.top(netWorths, 'worth', 0, shownMax);
    return done({
      standings: standings.map(([[member], coins]) => ({ member, coins })),
      at: last?.at,
      isOfToday: last !== undefined && last.date >= utcDay(m.now),
    });
  },
  view: ({ standings, at, isOfToday }, text) => {
    const lines = standings.map(({ member, coins }, place) =>
      text('economy.richest.line', {
        place: medals[place] ?? text('economy.richest.place', { place: place + 1 }),
        member: mention(member),
        coins,
      }),
    );
    if (at === undefined) lines.push(text('economy.richest.first'));
    else {
      if (lines.length === 0) lines.push(text('economy.richest.nobody'));
      lines.push('', text(isOfToday ? 'economy.richest.today' : 'economy.richest.old', { at: relativeTime(at) }));
    }
    const embed = { title: text('economy.richest.title'), description: lines.join('\n'), color: colors.gold };
    return { private: true, embeds: [embed] };
  },
});

export const richestCommand: Command = {
  path: 'richest',
  describe: 'economy.richest.describe',
  operation: richest,
  visibility: 'private',
  explain: { text: 'economy.richest.explain', figures: () => ({}) },
};
