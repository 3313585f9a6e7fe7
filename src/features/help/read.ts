import type { Query } from '../../kernel/context.ts';
import type { Command } from '../../kernel/feature.ts';
import type { Dotted } from '../../kernel/ids.ts';
import { openOperation, type Who } from '../../kernel/operation.ts';
import type { Option } from '../../kernel/option.ts';
import { done, type Outcome, refuse, type TextArguments } from '../../kernel/outcome.ts';
import {
  type AllFeatures,
  firstWords,
  type Guide,
  guides,
  type PackTopic,
  packTopics,
  usableCommands,
} from './topics.ts';

/** A command as a line of a list. */
export type Listed = Pick<Command, 'path' | 'describe'>;

/** An option as help shows it. */
export type ListedOption = Pick<Option<unknown>, 'required' | 'describe'> & {
  readonly name: string;
  readonly choices: readonly string[];
  /** The bounds of a number. */
  readonly bounds: { readonly min: number; readonly max: number } | undefined;
};

/** What help shows. */
export type Page =
  | {
      readonly kind: 'overview';
      readonly packs: readonly { readonly pack: PackTopic['pack']; readonly words: readonly string[] }[];
    }
  | { readonly kind: 'guide'; readonly guide: Guide }
  | { readonly kind: 'pack'; readonly pack: PackTopic['pack']; readonly commands: readonly Listed[] }
  | { readonly kind: 'group'; readonly word: string; readonly commands: readonly Listed[] }
  | {
      readonly kind: 'command';
      readonly command: Listed;
      readonly who: Who;
      readonly options: readonly ListedOption[];
      readonly explain: { readonly text: Dotted; readonly figures: TextArguments } | undefined;
    };

/** A page together with the topics to go on to. */
export interface Help {
  readonly page: Page;
  readonly topics: readonly string[];
}

const helpOf = (query: Query, features: AllFeatures, page: Page): Outcome<Help> =>
  done({ page, topics: [...packTopics(query, features).map(({ pack }) => pack), ...guides] });

const listed = ({ path, describe }: Command): Listed => ({ path, describe });

const boundsOf = ({ type, min, max }: Option<unknown>): ListedOption['bounds'] =>
  type === 'integer' && min !== undefined && max !== undefined ? { min, max } : undefined;

const optionsOf = (command: Command): readonly ListedOption[] => {
  const { input } = openOperation(command.operation);
  if (!('options' in input)) return [];
  return Object.entries(input.options as Record<string, Option<unknown>>).map(([name, option]) => ({
    name,
    required: option.required,
    describe: option.describe,
    choices: option.choices?.map(({ value }) => value) ?? [],
    bounds: boundsOf(option),
  }));
};

/** Every pack and its commands. */
export const readOverview = (query: Query, features: AllFeatures): Outcome<Help> => {
  const packs = packTopics(query, features).map(({ pack, commands }) => ({ pack, words: firstWords(commands) }));
  return helpOf(query, features, { kind: 'overview', packs });
};

/** A pack or a guide by the name somebody typed or picked. */
export const readTopic = (query: Query, features: AllFeatures, typed: string): Outcome<Help> => {
  const wanted = typed.trim().toLowerCase();
  const guide = guides.find((name) => name === wanted);
  if (guide) return helpOf(query, features, { kind: 'guide', guide });
  const topic = packTopics(query, features).find(({ pack }) => pack === wanted);
  if (!topic) return refuse('core.help.no-topic');
  return helpOf(query, features, { kind: 'pack', pack: topic.pack, commands: topic.commands.map(listed) });
};

/** One command, or all that begin with one word. What the asker may not use is not there. */
export const readCommand = (query: Query, features: AllFeatures, typed: string): Outcome<Help> => {
  const wanted = typed.trim().replace(/^\//, '').toLowerCase().split(/\s+/).join(' ');
  const commands = usableCommands(query, features);
  const command = commands.find(({ path }) => path === wanted);
  if (!command) {
    const group = commands.filter(({ path }) => path.startsWith(`${wanted} `)).map(listed);
    if (group.length === 0) return refuse('core.help.no-command');
    return helpOf(query, features, { kind: 'group', word: wanted, commands: group });
  }
  const { explain } = command;
  return helpOf(query, features, {
    kind: 'command',
    command: listed(command),
    who: openOperation(command.operation).who,
    options: optionsOf(command),
    explain: explain && { text: explain.text, figures: explain.figures(query) },
  });
};
