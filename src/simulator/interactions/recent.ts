import { findGuildMessage, type Message, type World } from '../world/world.ts';
import type { Interaction } from './interactions.ts';

const keptMax = 300;

type Stored = Omit<Interaction, 'source' | 'original' | 'watchers' | 'isLoad'> & {
  readonly sourceId?: string;
  readonly originalId?: string;
};

/** The text of the newest 300 interactions, so that they can be delivered again after a restart. */
export const encodeRecent = (interactions: readonly Interaction[]): string => {
  const stored: Stored[] = [];
  for (const interaction of interactions.filter((each) => !each.isLoad).slice(-keptMax)) {
    const { source, original, watchers: _watchers, isLoad: _isLoad, ...rest } = interaction;
    stored.push({
      ...rest,
      ...(source === undefined ? {} : { sourceId: source.id }),
      ...(original === undefined ? {} : { originalId: original.id }),
    });
  }
  return JSON.stringify(stored);
};

/** Reads them back; messages that are gone stay gone. */
export const decodeRecent = (world: World, text: string): Interaction[] =>
  (JSON.parse(text) as Stored[]).map(({ sourceId, originalId, ...stored }): Interaction => {
    const guild = world.guilds.get(stored.guildId ?? '');
    const find = (id: string | undefined): Message | undefined => {
      if (id === undefined) return undefined;
      return guild === undefined ? world.channels.get(stored.channelId)?.messages.get(id) : findGuildMessage(guild, id);
    };
    const source = find(sourceId);
    return Object.assign(stored, {
      ...(source === undefined ? {} : { source }),
      original: find(originalId),
      isLoad: false,
      watchers: new Set<never>(),
    });
  });
