import type { Messages } from '../../kernel/text.ts';

/** Words of `/settings`. */
export const messages = {
  'core.setting.timezone': 'Time zone of the server: its dates, and when its jobs run',
  'core.settings.key': 'Which setting, such as daily.amount',
  'core.settings.value': 'The new value',
  'core.preference.ping': 'Pings',
  'core.preference.ping-about':
    'The bot pings you, and sends you direct messages, about what others do with you and what you have to do yourself.',
  'core.settings.me.describe': 'Choose what the bot does with you in this server',
  'core.settings.me.title': 'Your own settings in this server',
  'core.settings.me.line': '{title}: {on, select, true {on} other {off}}',
  'core.settings.me.turn-on': 'Switch on: {title}',
  'core.settings.me.turn-off': 'Switch off: {title}',
  'core.settings.me.not-yours': 'These buttons are somebody else’s. Use /settings me for your own.',
  'core.settings.me.none': 'This choice is not there any more. Use /settings me to see those that are.',
  'core.settings.me.rests': 'This was switched only a while ago. It can be switched again {at}.',
  'core.settings.view.describe': 'See how this server is set up',
  'core.settings.set.describe': 'Change a setting of this server',
  'core.settings.reset.describe': 'Give a setting its built-in value back',
  'core.settings.title': 'Settings of this server',
  'core.settings.line': '`{key}` {value}{own, select, true { (set here)} other {}} – {describe}',
  'core.settings.page': 'Page {page, number} of {pages, number}',
  'core.settings.previous': 'Previous',
  'core.settings.next': 'Next',
  'core.settings.field.value': 'Value',
  'core.settings.field.initial': 'Default',
  'core.settings.field.bounds': 'Takes',
  'core.settings.changed': '`{key}`: {before} → **{after}**',
  'core.settings.bad-value': '`{key}` takes {bounds}. Nothing was changed.',
  'core.settings.no-key': 'No setting is called that. Pick one from the list that appears while you type.',
  'core.settings.no-page': 'There is no such page: the settings fill {pages, plural, one {one page} other {# pages}}.',
} satisfies Messages;
