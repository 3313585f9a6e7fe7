import type { Query } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { RowId } from '../../../kernel/ids.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { membershipOf } from '../../clans/api.ts';
import { heistEmbed } from '../card.ts';
import { shownHeist } from '../shown.ts';
import { heistRows, records, targeted } from '../state.ts';
import { shownHeists } from '../tuning.ts';
import { heistReply } from './heist.ts';

/** The heists that a clan plans or plays, and those that are played against it. */
const heistsOf = (q: Query, clan: RowId): readonly RowId[] => {
  const { open } = q.get(records, [clan]);
  const against = q.page(targeted, { from: [clan], limit: shownHeists }).map(([[, id]]) => id);
  return [...(open === undefined ? [] : [open]), ...against];
};

/**
 * `/heist status`: what goes on between one's own clan and others, with the controls of the first, should its card be
 * lost. Who is being picked is nobody's to see yet.
 */
export const status = query({
  name: 'heists.status',
  version: 1,
  input: options({}),
  run: (q) => {
    const membership = membershipOf(q, q.actor.member);
    if (membership === undefined) return refuse('economy.heist.no-guild');
    const shown = heistsOf(q, membership.clan).flatMap((id) => {
      const heist = q.find(heistRows, [id]);
      return heist === undefined || heist.stage === 'picking' ? [] : [shownHeist(q, id, heist)];
    });
    return shown.length === 0 ? refuse('economy.heist.quiet') : done(shown.slice(0, shownHeists));
  },
  view: (shown, text) => {
    const [first] = shown;
    const { rows = [] } = first ? heistReply(first, text) : {};
    return { private: true, embeds: shown.map((one) => heistEmbed(one, text)), rows };
  },
});

export const statusCommand: Command = {
  path: 'heist status',
  describe: 'economy.heist.status.describe',
  operation: status,
  visibility: 'private',
};
