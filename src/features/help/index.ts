import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import { controlInput } from '../../kernel/control.ts';
import type { Feature } from '../../kernel/feature.ts';
import { query } from '../../kernel/operation.ts';
import { optional, options, textOption } from '../../kernel/option.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { helpCard, topicTitle } from './card.ts';
import { type Help, readCommand, readOverview, readTopic } from './read.ts';
import { messages } from './text.ts';
import { type AllFeatures, guides, packTopics, usableCommands } from './topics.ts';

/** Characters of a topic or of a command's path. */
const typedMax = 100;

/** `/help`, made of what all features declare. `features` is asked when the command runs, never while loading. */
export const help = (features: AllFeatures): Feature => {
  const turn = query({
    name: 'core.help.topic',
    version: 1,
    input: controlInput(z.strictObject({ chosen: z.string().max(typedMax) })),
    run: (q, { chosen }) => readTopic(q, features, chosen),
    view: (shown, text) => ({ ...card(shown, text), replaces: true }),
  });

  const card = ({ page, topics }: Help, text: Text): Reply => ({
    private: true,
    embeds: [helpCard(page, text)],
    rows: [
      [
        {
          kind: 'select',
          placeholder: text('core.help.choose'),
          customId: customId(turn),
          choices: topics.map((topic) => ({ label: text(topicTitle(topic)), value: topic })),
        },
      ],
    ],
  });

  const open = query({
    name: 'core.help.open',
    version: 1,
    input: options({
      topic: optional(
        textOption({
          describe: 'core.help.topic',
          charactersMax: typedMax,
          complete: (q, typed) =>
            [...packTopics(q, features).map(({ pack }) => pack), ...guides]
              .filter((name) => name.includes(typed.trim().toLowerCase()))
              .map((name) => ({ name, value: name })),
        }),
      ),
      command: optional(
        textOption({
          describe: 'core.help.command',
          charactersMax: typedMax,
          complete: (q, typed) =>
            usableCommands(q, features)
              .filter(({ path }) => path.includes(typed.trim().replace(/^\//, '').toLowerCase()))
              .map(({ path }) => ({ name: `/${path}`, value: path })),
        }),
      ),
    }),
    run: (q, { topic, command }) => {
      if (command !== undefined) return readCommand(q, features, command);
      return topic === undefined ? readOverview(q, features) : readTopic(q, features, topic);
    },
    view: (shown, text) => card(shown, text),
  });
  return {
    name: 'help',
    pack: 'shared',
    commands: [{ path: 'help', describe: 'core.help.describe', operation: open, visibility: 'private' }],
    operations: [open, turn],
    collections: [],
    reactions: [],
    settings: [],
    invariants: [],
    messages,
  };
};
