import type { Messages } from '../../kernel/text.ts';

/** Words of statistics and cooldowns. */
export const messages = {
  'economy.stats.describe': 'See what you or another member have done in this server',
  'economy.stats.member': 'Whom to look at; yourself if left out',
  'economy.stats.title': 'Statistics',
  'economy.stats.of': 'What {member} has done here.',
  'economy.stats.empty': '{member} has done nothing here yet.',
  'economy.stats.bot': 'Bots are kept no count of. Choose a member instead.',
  'economy.stats.absent': 'That person is not in this server, so there is nothing of theirs to see here.',
  'economy.stats.earned': 'Came in',
  'economy.stats.spent': 'Went out',
  'economy.stats.days':
    '{coins, number} {coins, plural, one {coin} other {coins}} in the last {days, plural, one {day} other {# days}}',
  'economy.stats.entries':
    '{coins, number} {coins, plural, one {coin} other {coins}} in the last {entries, plural, one {entry} other {# entries}}, back to {date}',
  'economy.stats.gone': 'No entry of it is kept any more',

  'economy.cooldowns.describe': 'See what you must wait for, and be told when it is ready',
  'economy.cooldowns.explain':
    'Shows everything that you can do only so often, and when you can again. A button has the bot write to you once when that time has come; if you use it before, the bot waits with you. The bot can write to you only where you take direct messages from this server.',
  'economy.cooldowns.title': 'What you wait for',
  'economy.cooldowns.ready': '**{title}**: ready now',
  'economy.cooldowns.waiting': '**{title}**: {at}{reminds, select, true { (you will be told)} other {}}',
  'economy.cooldowns.empty': 'There is nothing to wait for.',
  'economy.cooldowns.on': 'Tell me: {title}',
  'economy.cooldowns.off': 'Do not tell me: {title}',
  'economy.cooldowns.none': 'There is nothing to wait for under this button any more. Use /cooldowns again.',
  'economy.cooldowns.many': 'You are told of {most, number} things already, and that is as many as can be.',
  'economy.cooldowns.notice': '**{title}** is ready again in https://discord.com/channels/{guild}.',
} satisfies Messages;
