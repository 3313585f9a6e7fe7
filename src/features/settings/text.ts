import type { Messages } from '../../kernel/text.ts';

/** Words of `/settings`. */
export const messages = {
  'core.setting.timezone': 'Time zone of the server: its dates, and when its jobs run',
  'core.settings.key': 'Which setting, such as daily.amount',
  'core.settings.value': 'The new value',
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
