import type { Messages } from '../../kernel/text.ts';

/** Words of `/help`. Every pack a feature can belong to has a title. */
export const messages = {
  'core.help.describe': 'See what the bot can do, and what you can do with it',
  'core.help.topic': 'What to read about',
  'core.help.command': 'The command to explain, such as bank deposit',
  'core.help.title': 'What you can do here',
  'core.help.welcome':
    'Pick a topic below, or type /help command: with the name of a command for its options and the figures of this server.',
  'core.help.choose': 'Read about…',
  'core.help.line': '`/{path}` {describe}',
  'core.help.option': '{name}{required, select, true {} other { (may be left out)}}',
  'core.help.bounds': 'From {min, number} to {max, number}.',
  'core.help.choices': 'One of: {choices}.',
  'core.help.only.staff': 'For members who may manage this server.',
  'core.help.only.administrator': 'For administrators of this server.',
  'core.help.only.owner': 'For the operators of this bot.',
  'core.help.no-topic': 'There is no such topic. Pick one from the list that appears while you type.',
  'core.help.no-command': 'You have no such command here. Pick one from the list that appears while you type.',
  'core.help.topic.shared': 'Everywhere',
  'core.help.topic.economy': 'Economy',
  'core.help.topic.rpg': 'Role-playing',
  'core.help.topic.streamer': 'Streaming',
  'core.help.topic.anime': 'Anime',
  'core.help.topic.community': 'Community',
  'core.help.topic.setup': 'Setting up',
  'core.help.topic.fairness': 'Fairness',
  'core.help.topic.about': 'About',
  'core.help.guide.setup':
    'Everything works from the start. Those who manage the server see all settings with `/settings view`; administrators change one with `/settings set` and take it back with `/settings reset`. A value that does not fit is refused and the answer names what does.',
  'core.help.guide.fairness':
    'Every draw comes from the operating system’s generator of random numbers, afresh for each command, and is recorded with its outcome. Chances and average results are on the help page of each command, reckoned from the settings of this server.',
  'core.help.guide.about':
    'What happens in this server stays in it: wallets, banks and boards of other servers are others altogether. An answer you have read is safely stored, whatever happens to the bot.',
} satisfies Messages;
