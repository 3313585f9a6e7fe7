import type { Command } from '../../../kernel/feature.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { booleanOption, integerOption, optional, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { colors } from '../../wallet/api.ts';
import { clanTitle } from '../cards.ts';
import { findClan } from '../clan.ts';
import { changeClan } from '../membership.ts';
import { ownClan } from '../treasury.ts';

const percentUnits = shareUnits / 100;

const percentOption = (describe: 'economy.clan.settings.owner-limit' | 'economy.clan.settings.officer-limit') =>
  optional(integerOption({ describe, min: 0, max: 100 }));

/** Shows how one's clan is set up; its owner may change that. */
export const clanSettings = mutation({
  name: 'economy.clan.settings',
  version: 1,
  input: options({
    open: optional(booleanOption({ describe: 'economy.clan.settings.open' })),
    'owner-limit': percentOption('economy.clan.settings.owner-limit'),
    'officer-limit': percentOption('economy.clan.settings.officer-limit'),
    'officers-plan': optional(booleanOption({ describe: 'economy.clan.settings.officers-plan' })),
  }),
  run: (m, wish) => {
    const own = ownClan(m);
    if (!('clan' in own)) return own;
    const { clan, of } = own;
    if (Object.values(wish).some((value) => value !== undefined)) {
      if (own.membership.role !== 'owner') return refuse('economy.clan.owner-only');
      const percentOf = (percent: number | undefined, before: number): number =>
        percent === undefined ? before : percent * percentUnits;
      changeClan(m, clan, {
        open: wish.open ?? of.open,
        ownerDailyShare: percentOf(wish['owner-limit'], of.ownerDailyShare),
        officerDailyShare: percentOf(wish['officer-limit'], of.officerDailyShare),
        officersPlan: wish['officers-plan'] ?? of.officersPlan,
      });
    }
    const now = findClan(m, clan) ?? of;
    return done({
      name: now.name,
      open: now.open ? 'on' : 'off',
      owner: now.ownerDailyShare / percentUnits,
      officer: now.officerDailyShare / percentUnits,
      plan: now.officersPlan ? 'on' : 'off',
    });
  },
  view: ({ name, ...shown }, text) => ({
    private: true,
    embeds: [
      {
        title: clanTitle(name),
        description: [
          text('economy.clan.settings.shown-open', shown),
          text('economy.clan.settings.shown-limits', shown),
          text('economy.clan.settings.shown-plan', shown),
        ].join('\n'),
        color: colors.gold,
      },
    ],
  }),
});

export const settingsCommand: Command = {
  path: 'guild settings',
  describe: 'economy.clan.settings.describe',
  operation: clanSettings,
  visibility: 'private',
};
