import { card, show } from '../../kernel/card.ts';
import type { Mutation } from '../../kernel/context.ts';
import { directMessage, postMessage } from '../../kernel/effect.ts';
import type { GuildId, MemberId } from '../../kernel/ids.ts';
import { colors, mention } from '../wallet/api.ts';
import { shownName } from './name.ts';
import { clanLog } from './settings.ts';

/** What somebody is told by direct message. It says where, as it stands in no server, and has no controls. */
export interface ClanNotice {
  readonly guild: GuildId;
  readonly what: 'asked' | 'approved' | 'denied' | 'kicked' | 'inherited';
  readonly name: string;
  /** Who asks, approved, denied or removed. */
  readonly by?: MemberId;
}

export const clanNotice = card<ClanNotice>({
  name: 'economy.clan-notice',
  view: ({ guild, what, name, by }, text) => ({
    private: true,
    embeds: [
      {
        description: [
          text(`economy.clan.notice.${what}`, { name: shownName(name), by: by === undefined ? '' : mention(by) }),
          text('economy.clan.notice.where', { guild }),
        ].join('\n'),
        color: colors.gold,
      },
    ],
  }),
});

/** Tells somebody by direct message. A courtesy: many have theirs closed, and nothing depends on it. */
export const notify = (m: Mutation, member: MemberId, notice: Omit<ClanNotice, 'guild'>): void => {
  m.perform(directMessage, { member, card: show(clanNotice, { guild: m.guild, ...notice }) });
};

/** What is told in the server's channel for in-game guilds. */
export type ClanNews =
  | { readonly what: 'withdrawal'; readonly name: string; readonly by: MemberId; readonly coins: number }
  | { readonly what: 'disbanded'; readonly name: string; readonly by: MemberId; readonly coins: number }
  | { readonly what: 'inherited'; readonly name: string; readonly by: MemberId }
  | { readonly what: 'levy-tomorrow'; readonly percent: number; readonly keep: number };

export const clanNews = card<ClanNews>({
  name: 'economy.clan-news',
  view: ({ what, ...news }, text) => ({
    private: false,
    embeds: [
      {
        description: text(`economy.clan.news.${what}`, {
          ...news,
          ...('name' in news && { name: shownName(news.name), by: mention(news.by) }),
        }),
        color: colors.gold,
      },
    ],
  }),
});

/** Posts news in the channel that the server has set for them, if it has. */
export const tell = (m: Mutation, news: ClanNews): void => {
  const channel = m.setting(clanLog);
  if (channel !== '') m.perform(postMessage, { channel, card: show(clanNews, news) });
};
