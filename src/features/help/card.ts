import type { Dotted } from '../../kernel/ids.ts';
import type { Embed, Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import type { Listed, ListedOption, Page } from './read.ts';

const color = 0x4a7bd0;

/** The name of a pack or guide. */
export const topicTitle = (topic: string): Dotted => `core.help.topic.${topic}`;

const lines = (commands: readonly Listed[], text: Text): string =>
  commands.map(({ path, describe }) => text('core.help.line', { path, describe: text(describe) })).join('\n');

const optionField = (option: ListedOption, text: Text): Field => {
  const { name, required, describe, bounds, choices } = option;
  const parts = [text(describe)];
  if (choices.length > 0) parts.push(text('core.help.choices', { choices: choices.join(', ') }));
  if (bounds) parts.push(text('core.help.bounds', bounds));
  return { name: text('core.help.option', { name, required: String(required) }), value: parts.join(' ') };
};

/** A page of help as a card. */
export const helpCard = (page: Page, text: Text): Embed => {
  switch (page.kind) {
    case 'overview':
      return {
        title: text('core.help.title'),
        description: text('core.help.welcome'),
        color,
        fields: page.packs.map(({ pack, words }) => ({
          name: text(topicTitle(pack)),
          value: words.map((word) => `\`/${word}\``).join(' '),
        })),
      };
    case 'guide':
      return { title: text(topicTitle(page.guide)), description: text(`core.help.guide.${page.guide}`), color };
    case 'pack':
      return { title: text(topicTitle(page.pack)), description: lines(page.commands, text), color };
    case 'group':
      return { title: `/${page.word}`, description: lines(page.commands, text), color };
    case 'command': {
      const { command, who, options, explain } = page;
      const paragraphs = [text(command.describe), ...(explain ? [text(explain.text, explain.figures)] : [])];
      if (who !== 'anyone') paragraphs.push(text(`core.help.only.${who}`));
      return {
        title: `/${command.path}`,
        description: paragraphs.join('\n\n'),
        color,
        fields: options.map((option) => optionField(option, text)),
      };
    }
  }
};
