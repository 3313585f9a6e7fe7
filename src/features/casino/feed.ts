import { z } from 'zod';
import { card, show } from '../../kernel/card.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { followingInput, postMessage } from '../../kernel/effect.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { snowflakeSchema } from '../../kernel/schemas.ts';
import { settingOverrides, settingOverridesKey } from '../../kernel/setting.ts';
import type { Text } from '../../kernel/text.ts';
import { colors, mention } from '../wallet/api.ts';
import { announceMin, casinoFeed } from './settings.ts';
import { feedNoticeKey, feedNotices } from './state.ts';
import { announcedMultiple, type Game } from './tuning.ts';

/** A payout worth telling. */
export interface Win {
  readonly by: MemberId;
  readonly game: Game;
  readonly stake: number;
  readonly paid: number;
}

/** What is posted of a big win. It mentions the winner and pings nobody. */
export const winCard = card<Win>({
  name: 'casino.win',
  view: ({ by, game, stake, paid }, text) => ({
    private: false,
    embeds: [
      {
        title: text('economy.casino.feed.title'),
        description: text('economy.casino.feed.win', {
          member: mention(by),
          game: text(`economy.casino.${game}.name`),
          paid,
          stake,
        }),
        color: colors.gold,
      },
    ],
  }),
});

const channelSchema = z.strictObject({ channel: snowflakeSchema });

/**
 * Hears how the post ended. Where the channel is gone or closed to the bot, the setting is taken back and why is kept
 * for the staff.
 */
export const winPosted = task({
  name: 'casino.win-posted',
  version: 1,
  input: followingInput(postMessage, channelSchema),
  run: (m, { end, input: { channel } }) => {
    if ('done' in end) {
      if (m.find(feedNotices, feedNoticeKey)) m.remove(feedNotices, feedNoticeKey);
      return done();
    }
    const { failed } = end;
    // Another channel may have been set while the post was on its way.
    if ((failed !== 'gone' && failed !== 'forbidden') || m.setting(casinoFeed) !== channel) return done();
    m.put(feedNotices, feedNoticeKey, { channel, failure: failed, at: m.now });
    const { texts } = m.get(settingOverrides, settingOverridesKey);
    const others = Object.entries(texts).filter(([key]) => key !== casinoFeed.key);
    m.put(settingOverrides, settingOverridesKey, { texts: Object.fromEntries(others) });
    return done();
  },
});

/** Whether a payout is large for its stake or in itself. */
export const isBig = (query: Query, { stake, paid }: Pick<Win, 'stake' | 'paid'>): boolean =>
  paid > stake && (paid >= stake * announcedMultiple || paid >= query.setting(announceMin));

/** Has a payout announced that is large for its stake or in itself, where the server has a channel for it. */
export const announce = (m: Mutation, win: Win): void => {
  if (!isBig(m, win)) return;
  const channel = m.setting(casinoFeed);
  if (channel === '') return;
  m.perform(postMessage, { channel, card: show(winCard, win) }, { operation: winPosted, input: { channel } });
};

/** Why big wins are announced no more, until the staff set the channel again, be it to none. */
export const feedNoticeOf = (
  query: Query,
): { readonly channel: string; readonly failure: 'gone' | 'forbidden' } | undefined => {
  const chosen = Object.hasOwn(query.get(settingOverrides, settingOverridesKey).texts, casinoFeed.key);
  return chosen ? undefined : query.find(feedNotices, feedNoticeKey);
};

/** The notice in words, for the staff. */
export const feedNoticeText = (
  { channel, failure }: { readonly channel: string; readonly failure: 'gone' | 'forbidden' },
  text: Text,
): string => text(`economy.casino.feed.${failure}`, { channel: `<#${channel}>` });
