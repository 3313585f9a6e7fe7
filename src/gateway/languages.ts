import type { GuildId, MemberId } from '../kernel/ids.ts';

/** In which language somebody reads what nobody asked for. */
export interface ReaderLanguages {
  /** The preferred locale of a server, as far as it is known. */
  readonly guild: (guild: GuildId) => string;
  /** The member's own language where an interaction told it, else their server's. */
  readonly member: (guild: GuildId, member: MemberId) => string;
}

/** Reader languages that learn from what Discord sends. */
export interface LearntLanguages extends ReaderLanguages {
  readonly learnGuild: (guild: string, locale: string) => void;
  readonly learnMember: (member: string, locale: string) => void;
  readonly forgetGuild: (guild: string) => void;
}

/** What Discord takes a server for that chose nothing. */
const usual = 'en-US';
const membersMax = 20_000;

/** Knows nothing yet. Of members the last 20,000 that were heard of are remembered. */
export const createLanguages = (): LearntLanguages => {
  /** Only servers that chose otherwise: most did not. */
  const guilds = new Map<string, string>();
  const members = new Map<string, string>();
  const guild = (id: string): string => guilds.get(id) ?? usual;
  return {
    guild,
    member: (of, member) => members.get(member) ?? guild(of),
    learnGuild: (id, locale) => {
      if (locale === usual) guilds.delete(id);
      else guilds.set(id, locale);
    },
    learnMember: (id, locale) => {
      if (members.get(id) === locale) return;
      members.delete(id);
      members.set(id, locale);
      if (members.size <= membersMax) return;
      for (const oldest of members.keys()) {
        members.delete(oldest);
        break;
      }
    },
    forgetGuild: (id) => {
      guilds.delete(id);
    },
  };
};
