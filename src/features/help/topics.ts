import { permits } from '../../kernel/authority.ts';
import type { Query } from '../../kernel/context.ts';
import type { Command, Feature } from '../../kernel/feature.ts';
import { openOperation } from '../../kernel/operation.ts';

/** The features of the bot, when asked. */
export type AllFeatures = () => readonly Feature[];

/** What help tells about besides packs, in the order of the overview. */
export const guides = ['setup', 'fairness', 'about'] as const;
export type Guide = (typeof guides)[number];

/** A pack's commands, as far as the asker may use them. */
export interface PackTopic {
  readonly pack: Feature['pack'];
  readonly commands: readonly Command[];
}

const mayUse = (query: Query, command: Command): boolean =>
  permits(openOperation(command.operation).who, query.actor.permissions);

/** The packs of which the asker may use at least one command. */
export const packTopics = (query: Query, features: AllFeatures): readonly PackTopic[] => {
  const byPack = Map.groupBy(features(), (feature) => feature.pack);
  return [...byPack]
    .map(([pack, inside]) => ({
      pack,
      commands: inside.flatMap((feature) => feature.commands).filter((command) => mayUse(query, command)),
    }))
    .filter(({ commands }) => commands.length > 0);
};

/** All commands the asker may use. */
export const usableCommands = (query: Query, features: AllFeatures): readonly Command[] =>
  packTopics(query, features).flatMap(({ commands }) => commands);

/** The first words of commands, each once. */
export const firstWords = (commands: readonly { readonly path: string }[]): readonly string[] => [
  ...new Set(commands.map(({ path }) => path.split(' ', 1)[0] as string)),
];
