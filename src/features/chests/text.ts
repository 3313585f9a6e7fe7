import type { Messages } from '../../kernel/text.ts';

/** Words of chests. */
export const messages = {
  'economy.chest.describe': 'Open chests that you own',
  'economy.chest.which': 'Which chest',
  'economy.chest.count': 'How many; one if left out',
  'economy.chest.explain':
    'Opens up to {most, number} chests at once, {seconds, plural, =0 {as often as you like} one {once every second} other {once every # seconds}}. Coins serve debts first. A mimic keeps the chest and takes {bite, number}% of its price out of your wallet; mimic protection keeps it off and you get what is in there. Of what a chest costs, on average this comes back without and with protection: common {common, number, ::.00}% and {commonShielded, number, ::.00}%, rare {rare, number, ::.00}% and {rareShielded, number, ::.00}%, epic {epic, number, ::.00}% and {epicShielded, number, ::.00}%, legendary {legendary, number, ::.00}% and {legendaryShielded, number, ::.00}%.',
  'economy.chest.none': 'You have no {tier} chest. /shop sells chests.',
  'economy.chest.few':
    'You have {held, number} {tier} {held, plural, one {chest} other {chests}}, not {count, number}.',
  'economy.chest.cooldown': 'Not so fast. You can open chests again {at}.',
  'economy.chest.cooldown-title': 'Chests',
  'economy.chest.title': '{chest} ×{count, number}',
  'economy.chest.opened': '{member} lifts the lid.',
  'economy.chest.coins':
    '**{coins, number}** {coins, plural, one {coin} other {coins}}{bonus, plural, =0 {} other {, # of them from your potion}}.',
  'economy.chest.item': '{item}!',
  'economy.chest.bit': 'A mimic! It is gone with the chest and {coins, plural, one {# coin} other {# coins}} of yours.',
  'economy.chest.blocked': 'A mimic, but you were protected:',
  'economy.chest.left': '{count, plural, =0 {You have no more of these.} other {You have # more of these.}}',

  'economy.entry.chest': 'Found in a chest',
  'economy.entry.mimic': 'Taken by a mimic',

  'economy.setting.chest-cooldown': 'Seconds between two openings of chests by a member',
} satisfies Messages;
