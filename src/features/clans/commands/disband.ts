import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options, textOption } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { refuseAtRest } from '../../wallet/api.ts';
import { isLocked, membersOf, treasuryOf } from '../clan.ts';
import { clanEnding, removeClan } from '../membership.ts';
import { keyOfName, shownName } from '../name.ts';
import { tell } from '../notices.ts';
import { payOut } from '../payout.ts';
import { ownClan } from '../treasury.ts';
import { typedNameCharactersMax } from '../tuning.ts';

/** Ends one's clan: its treasury is paid out by contribution, the rest to the owner. */
export const disband = mutation({
  name: 'economy.clan.disband',
  version: 1,
  input: options({
    confirm: textOption({ describe: 'economy.clan.disband.confirm', charactersMax: typedNameCharactersMax }),
  }),
  run: (m, { confirm }) => {
    const own = ownClan(m);
    if (!('clan' in own)) return own;
    const resting = refuseAtRest(m);
    if (resting) return resting;
    const { clan, of, membership } = own;
    const owner = m.actor.member;
    if (membership.role !== 'owner') return refuse('economy.clan.owner-only');
    if (isLocked(m, of)) return refuse('economy.clan.locked');
    if (keyOfName(confirm) !== keyOfName(of.name)) {
      return refuse('economy.clan.disband.unconfirmed', { name: shownName(of.name) });
    }
    m.emit(clanEnding, { clan, why: 'disbanded' });
    const treasury = treasuryOf(m, clan);
    const refused = payOut(m, clan, owner, membersOf(m, clan));
    if (refused) return refused;
    removeClan(m, clan);
    tell(m, { what: 'disbanded', name: of.name, by: owner, coins: treasury });
    return done({ name: of.name, treasury });
  },
  view: ({ name, treasury }, text) => ({
    private: true,
    content: text('economy.clan.disband.done', { name: shownName(name), coins: treasury }),
  }),
});

export const disbandCommand: Command = {
  path: 'guild disband',
  describe: 'economy.clan.disband.describe',
  operation: disband,
  visibility: 'private',
  explain: { text: 'economy.clan.disband.explain', figures: () => ({}) },
};
