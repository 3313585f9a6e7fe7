import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { refuseAtRest } from '../../wallet/api.ts';
import { isLocked, treasuryOf } from '../clan.ts';
import { leaveClan } from '../membership.ts';
import { shownName } from '../name.ts';
import { takeAlong } from '../payout.ts';
import { leavePayout } from '../settings.ts';
import { ownClan } from '../treasury.ts';

/** Leaves one's clan. What one put in stays, unless the server lets it be taken along. */
export const leave = mutation({
  name: 'economy.clan.leave',
  version: 1,
  input: options({}),
  run: (m) => {
    const own = ownClan(m);
    if (!('clan' in own)) return own;
    const resting = refuseAtRest(m);
    if (resting) return resting;
    const { clan, of, membership } = own;
    if (membership.role === 'owner') return refuse('economy.clan.leave.owner');
    const taking = m.setting(leavePayout) && membership.contribution > 0 && treasuryOf(m, clan) > 0;
    if (taking && isLocked(m, of)) return refuse('economy.clan.locked');
    const taken = taking ? takeAlong(m, clan, { ...membership, member: m.actor.member }) : 0;
    leaveClan(m, m.actor.member);
    return done({ name: of.name, taken });
  },
  view: ({ name, taken }, text) => ({
    private: true,
    content: text('economy.clan.leave.done', { name: shownName(name), coins: taken }),
  }),
});

export const leaveCommand: Command = {
  path: 'guild leave',
  describe: 'economy.clan.leave.describe',
  operation: leave,
  visibility: 'private',
  explain: {
    text: 'economy.clan.leave.explain',
    figures: (query) => ({ payout: query.setting(leavePayout) ? 'on' : 'off' }),
  },
};
