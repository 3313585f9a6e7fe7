import type { Feature } from '../../kernel/feature.ts';
import { mutation } from '../../kernel/operation.ts';
import { booleanOption, memberOption, optional, options, textOption } from '../../kernel/option.ts';
import type { Embed, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { type AllSections, type Profile, readProfile, sectionsInOrder } from './read.ts';
import { messages } from './text.ts';

const color = 0x5b7fc7;
/** Characters of a section's name. */
const nameMax = 32;

/** `/profile`: what all features show of a member. `features` is asked when the command runs, never while loading. */
export const profile = (features: () => readonly Feature[]): Feature => {
  const all: AllSections = () => features().flatMap((feature) => feature.profile ?? []);

  const card = ({ member, own, public: isPublic, parts }: Profile, text: Text): Reply => {
    const embeds = sectionsInOrder(all).flatMap(({ name, title, view }): readonly Embed[] => {
      const part = parts.find(({ section }) => section === name);
      if (part === undefined) return [];
      const { notice, fields } = view(part.value as never, text);
      return [{ title: text(title), color, fields, ...(notice !== undefined && { description: notice }) }];
    });
    const whose = text(own && !isPublic ? 'core.profile.own' : 'core.profile.of', { member: `<@${member}>` });
    return {
      private: !isPublic,
      content: embeds.length === 0 ? `${whose}\n${text('core.profile.empty')}` : whose,
      embeds,
    };
  };

  const open = mutation({
    name: 'core.profile.open',
    version: 1,
    input: options({
      member: optional(memberOption({ describe: 'core.profile.member' })),
      section: optional(
        textOption({
          describe: 'core.profile.section',
          charactersMax: nameMax,
          complete: (_, typed) =>
            sectionsInOrder(all)
              .filter(({ name }) => name.includes(typed.trim().toLowerCase()))
              .map(({ name }) => ({ name, value: name })),
        }),
      ),
      public: optional(booleanOption({ describe: 'core.profile.public' })),
    }),
    run: (m, wish) => readProfile(m, all, wish),
    view: (shown, text) => card(shown, text),
  });
  return {
    name: 'profile',
    pack: 'shared',
    commands: [
      {
        path: 'profile',
        describe: 'core.profile.describe',
        operation: open,
        visibility: 'private',
        explain: { text: 'core.profile.explain', figures: () => ({}) },
      },
    ],
    operations: [open],
    collections: [],
    reactions: [],
    settings: [],
    invariants: [],
    messages,
  };
};
