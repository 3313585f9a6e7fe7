import type { Embed } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import type { Shown } from './listing.ts';

/** One setting in full. */
export const settingCard = (setting: Shown, text: Text): Embed => ({
  title: setting.key,
  description: text(setting.describe),
  fields: [
    { name: text('core.settings.field.value'), value: setting.value, inline: true },
    { name: text('core.settings.field.initial'), value: setting.initial, inline: true },
    { name: text('core.settings.field.bounds'), value: setting.bounds, inline: true },
  ],
});
