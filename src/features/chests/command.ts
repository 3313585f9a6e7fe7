import { extension } from '../../kernel/extension.ts';
import type { Command } from '../../kernel/feature.ts';
import { mutation } from '../../kernel/operation.ts';
import { choiceOption, integerOption, optional, options } from '../../kernel/option.ts';
import type { Text } from '../../kernel/text.ts';
import { itemOf, itemText, priceOf, rarityColor } from '../items/api.ts';
import { coinsField, cooldownsOf, mention } from '../wallet/api.ts';
import { type Opened, openChests, readyAt } from './opening.ts';
import { chestCooldownSeconds } from './settings.ts';
import { lootTableOf, openers } from './state.ts';
import { chestKey, chestReturn, tiers } from './tables.ts';
import { mimicShare, opensMax } from './tuning.ts';

/** `/item open`: opens chests. Legendary ones are opened before everybody. */
export const open = mutation({
  name: 'chests.open',
  version: 1,
  input: options({
    chest: choiceOption({
      describe: 'economy.chest.which',
      choices: {
        common: 'economy.item-name.common-chest',
        rare: 'economy.item-name.rare-chest',
        epic: 'economy.item-name.epic-chest',
        legendary: 'economy.item-name.legendary-chest',
      },
    }),
    count: optional(integerOption({ describe: 'economy.chest.count', min: 1, max: opensMax })),
  }),
  run: (m, { chest, count = 1 }) => openChests(m, chest, count),
  view: ({ by, tier, chests, debtPaid, wallet, left }, text) => ({
    private: tier !== 'legendary',
    embeds: [
      {
        title: text('economy.chest.title', { chest: itemText(chestKey(tier), text), count: chests.length }),
        description: [
          text('economy.chest.opened', { member: mention(by) }),
          ...chests.map((one) => openedLine(one, text)),
        ].join('\n'),
        color: rarityColor(tier),
        fields: [
          ...(debtPaid > 0 ? [coinsField('economy.field.debt-paid', debtPaid, text)] : []),
          // Legendary chests are opened before everybody, who need not know what else is in the wallet.
          ...(tier === 'legendary' ? [] : [coinsField('economy.field.wallet', wallet, text)]),
        ],
        footer: text('economy.chest.left', { count: left }),
      },
    ],
  }),
});

const openedLine = ({ mimic, coins, bonus, item, lost }: Opened, text: Text): string => {
  if (mimic === 'bit') return text('economy.chest.bit', { coins: lost });
  const found =
    item === undefined
      ? text('economy.chest.coins', { coins, bonus })
      : text('economy.chest.item', { item: itemText(item, text) });
  return mimic === 'blocked' ? `${text('economy.chest.blocked')} ${found}` : found;
};

export const openCommand: Command = {
  path: 'item open',
  describe: 'economy.chest.describe',
  operation: open,
  visibility: 'private',
  explain: {
    text: 'economy.chest.explain',
    figures: (query) => {
      const shield = itemOf('mimic_protection');
      const returns = tiers.map((tier) => {
        const chest = itemOf(chestKey(tier));
        const prices = {
          price: chest ? priceOf(query, chest) : 1,
          shield: shield ? priceOf(query, shield) : 0,
        };
        return chestReturn(tier, lootTableOf(query, tier), prices);
      });
      const shown = tiers.flatMap((tier, place) => [
        [tier, (returns[place]?.bare ?? 0) * 100],
        [`${tier}Shielded`, (returns[place]?.shielded ?? 0) * 100],
      ]);
      const seconds = query.setting(chestCooldownSeconds);
      return { ...Object.fromEntries(shown), seconds, most: opensMax, bite: mimicShare / 100 };
    },
  },
};

/** When a member who has opened chests may do so again. */
export const chestCooldown = extension(cooldownsOf, (query, { member }) =>
  query.find(openers, [member])
    ? ([{ name: 'chest', title: 'economy.chest.cooldown-title', readyAt: readyAt(query, member) }] as const)
    : undefined,
);
