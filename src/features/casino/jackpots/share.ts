import { z } from 'zod';
import { card, show } from '../../../kernel/card.ts';
import { collection } from '../../../kernel/collection.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { postMessage, tellMarket } from '../../../kernel/effect.ts';
import { type EpochMs, epochMs } from '../../../kernel/ids.ts';
import { openOperation, task } from '../../../kernel/operation.ts';
import { done } from '../../../kernel/outcome.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { colors } from '../../wallet/api.ts';
import { type Win, winPosted } from '../feed.ts';
import { casinoFeed, sharedFeed } from '../settings.ts';
import { sharedListenMs, sharedLookMs, sharedTellMs, sharedWinMin, sharedWinsKept } from '../tuning.ts';
import { collectWin } from './collect.ts';
import { type SharedWin, sharedWins } from './world.ts';

/** How far a server has heard of others' wins, and what it told of its own: one row. */
export const sharing = collection({
  name: 'casino.sharing',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    /** The number of the newest win that was looked at. */
    heard: z.int().nonnegative(),
    /** Until then the server looks; a round that is played puts it off. 0 while it does not look. */
    until: timeSchema,
    toldAt: timeSchema,
    /** The marks of the last wins it told, which are no news to it. */
    marks: z.array(z.string()).max(sharedWinsKept),
  }),
  initial: { heard: 0, until: 0 as EpochMs, toldAt: 0 as EpochMs, marks: [] },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `sharing`. */
const sharingKey = ['casino'] as const;

/** What is posted of wins in other servers. */
export const sharedWinsCard = card<{ readonly wins: readonly Pick<SharedWin, 'game' | 'stake' | 'paid'>[] }>({
  name: 'casino.shared-wins',
  view: ({ wins }, text) => ({
    private: false,
    embeds: [
      {
        title: text('economy.casino.shared.title'),
        description: wins
          .map(({ game, stake, paid }) =>
            text('economy.casino.shared.win', { game: text(`economy.casino.${game}.name`), stake, paid }),
          )
          .join('\n'),
        color: colors.gold,
        footer: text('economy.casino.shared.footer'),
      },
    ],
  }),
});

const isSharing = (m: Mutation): boolean => m.setting(sharedFeed) && m.setting(casinoFeed) !== '';

/** Looks at what other servers told, and posts what is new of it in one message. */
export const hearWins = task({
  name: 'casino.shared-wins.hear',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    const row = m.find(sharing, sharingKey);
    if (row === undefined) return done();
    if (!isSharing(m) || m.now >= row.until) {
      m.put(sharing, sharingKey, { ...row, until: 0 as EpochMs });
      return done();
    }
    const { told, wins } = m.world(sharedWins).value;
    const news = wins.filter(({ number, mark }) => number > row.heard && !row.marks.includes(mark));
    if (told !== row.heard) m.put(sharing, sharingKey, { ...row, heard: told });
    if (news.length > 0) {
      const channel = m.setting(casinoFeed);
      const shown = show(sharedWinsCard, { wins: news.map(({ game, stake, paid }) => ({ game, stake, paid })) });
      m.perform(postMessage, { channel, card: shown }, { operation: winPosted, input: { channel } });
    }
    m.wake(hearWins, 'next', epochMs(m.now + sharedLookMs), {});
    return done();
  },
});

/** Keeps a server looking while it is played in, where its staff want that. What was told before it looked is no news. */
const listen = (m: Mutation): void => {
  const row = m.get(sharing, sharingKey);
  const until = epochMs(m.now + sharedListenMs);
  if (row.until === 0) {
    m.put(sharing, sharingKey, { ...row, heard: m.world(sharedWins).value.told, until });
    m.wake(hearWins, 'next', epochMs(m.now + sharedLookMs), {});
    // A row once in half the time will do, instead of one for each round.
  } else if (row.until < m.now + sharedListenMs / 2) m.put(sharing, sharingKey, { ...row, until });
};

const markBytes = 8;

/**
 * Hears of each round that is over in a server that shares: tells other servers of a big win, without who won or where,
 * and no more often than there is time for between two.
 */
export const share = (m: Mutation, { game, stake, paid }: Omit<Win, 'by'>, isBig: boolean): void => {
  if (!isSharing(m)) return;
  listen(m);
  const row = m.get(sharing, sharingKey);
  if (!isBig || paid < sharedWinMin || m.now < row.toldAt + sharedTellMs) return;
  const mark = Array.from({ length: markBytes }, () => m.random.int(256).toString(16).padStart(2, '0')).join('');
  m.put(sharing, sharingKey, { ...row, toldAt: m.now, marks: [...row.marks, mark].slice(-sharedWinsKept) });
  m.perform(tellMarket, { operation: openOperation(collectWin).name, input: { mark, game, stake, paid } });
};
