import { z } from 'zod';
import { card, show } from '../../kernel/card.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { followingInput, postMessage } from '../../kernel/effect.ts';
import { type Job, type JobRun, jobRunSchema } from '../../kernel/job.ts';
import { task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { snowflakeSchema } from '../../kernel/schemas.ts';
import { settingOverrides, settingOverridesKey } from '../../kernel/setting.ts';
import type { Text } from '../../kernel/text.ts';
import { chartOf, historyOf, type Points } from './chart.ts';
import { changePercent } from './rules.ts';
import { marketFeed } from './settings.ts';
import { feedNoticeKey, feedNotices } from './state.ts';
import { hourMs } from './tuning.ts';
import { inCoins, trendColor, trendOf } from './words.ts';
import { marketOf, type Quote } from './worlds.ts';

/** What the post of a day holds. */
interface Day {
  readonly movers: readonly Pick<Quote, 'symbol' | 'price' | 'dayAgo'>[];
  /** The last day of the first of them. */
  readonly points: Points;
}

/** The movers of the day, the greatest change first, and the chart of the first. */
export const feedCard = card<Day>({
  name: 'stocks.feed',
  view: ({ movers, points }, text) => {
    const [first] = movers;
    return {
      private: false,
      embeds: [
        {
          title: text('economy.stocks.feed.title'),
          description: movers
            .map(({ symbol, price, dayAgo }) =>
              text('economy.stocks.feed.line', {
                trend: trendOf(dayAgo, price),
                symbol,
                price: inCoins(price),
                change: changePercent(dayAgo, price),
              }),
            )
            .join('\n'),
          ...(first && { color: trendColor(first.dayAgo, first.price) }),
          footer: text('economy.stocks.feed.footer'),
          ...(first &&
            points.length > 0 && {
              picture: chartOf(points, text('economy.stocks.chart.day', { symbol: first.symbol }), text),
            }),
        },
      ],
    };
  },
});

const dayOf = (query: Query): Day => {
  const moved = ({ dayAgo, price }: Quote): number => Math.abs(changePercent(dayAgo, price));
  const movers = marketOf(query)
    .quotes.filter(({ listed }) => listed)
    .sort((left, right) => moved(right) - moved(left))
    .map(({ symbol, price, dayAgo }) => ({ symbol, price, dayAgo }));
  const [first] = movers;
  return { movers, points: first ? historyOf(query, first.symbol).day : [] };
};

const channelSchema = z.strictObject({ channel: snowflakeSchema });

/**
 * Hears how the post ended. Where the channel is gone or closed to the bot, the setting is taken back and why is kept
 * for the staff, so that nothing is tried again day after day. Other failures leave it: tomorrow is another day.
 */
export const feedPosted = task({
  name: 'stocks.feed-posted',
  version: 1,
  input: followingInput(postMessage, channelSchema),
  run: (m, { end, input: { channel } }) => {
    if ('done' in end) {
      if (m.find(feedNotices, feedNoticeKey)) m.remove(feedNotices, feedNoticeKey);
      return done();
    }
    const { failed } = end;
    // Another channel may have been set while the post was on its way.
    if ((failed !== 'gone' && failed !== 'forbidden') || m.setting(marketFeed) !== channel) return done();
    m.put(feedNotices, feedNoticeKey, { channel, failure: failed, at: m.now });
    unset(m);
    return done();
  },
});

const unset = (m: Mutation): void => {
  const { texts } = m.get(settingOverrides, settingOverridesKey);
  const others = Object.entries(texts).filter(([key]) => key !== marketFeed.key);
  m.put(settingOverrides, settingOverridesKey, { texts: Object.fromEntries(others) });
};

/** Posts the market's day where the staff want it. */
export const postDay = task<JobRun>({
  name: 'stocks.post-day',
  version: 1,
  input: jobRunSchema,
  run: (m) => {
    const channel = m.setting(marketFeed);
    if (channel === '' || marketOf(m).version === 0) return done();
    const shown = show(feedCard, dayOf(m));
    m.perform(postMessage, { channel, card: shown }, { operation: feedPosted, input: { channel } });
    return done();
  },
});

/** At six in the evening of the server, and left out when it is later than midnight. */
export const feedJob: Job = {
  operation: postDay,
  pattern: '0 18 * * *',
  zone: 'guild',
  realm: 'guilds',
  once: 'a day',
  missed: { skip: { lateMs: 6 * hourMs } },
};

/** Why nothing is posted any more, until the staff set the channel again, be it to none. */
export const feedNoticeOf = (
  query: Query,
): { readonly channel: string; readonly failure: 'gone' | 'forbidden' } | undefined => {
  const chosen = Object.hasOwn(query.get(settingOverrides, settingOverridesKey).texts, marketFeed.key);
  return chosen ? undefined : query.find(feedNotices, feedNoticeKey);
};

/** The notice in words, for the staff. */
export const feedNoticeText = (
  { channel, failure }: { readonly channel: string; readonly failure: 'gone' | 'forbidden' },
  text: Text,
): string => text(`economy.stocks.feed.${failure}`, { channel: `<#${channel}>` });
