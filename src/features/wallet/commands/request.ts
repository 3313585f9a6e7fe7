import type { Command } from '../../../kernel/feature.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, optional, options, textOption } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { pings, prefers } from '../../settings/api.ts';
import { begin, ensureAccount } from '../account.ts';
import { coinsField, colors, mention, relativeTime } from '../cards.ts';
import { exactAmountOption } from '../exact-amount.ts';
import { openRequest, openRequests, requestButtons } from '../requests.ts';
import { refuseAtRest } from '../rest.ts';
import { payTax, requestDeadlineHours } from '../settings.ts';
import { requestNoteCharactersMax, requestsOpenMax } from '../tuning.ts';

/** Asks another member for coins, in a card that only they can accept. */
export const request = mutation({
  name: 'economy.request',
  version: 1,
  input: options({
    member: memberOption({ describe: 'economy.request.member' }),
    // A share would be of the other's wallet, and tell what is in it.
    amount: exactAmountOption({ describe: 'economy.request.amount' }),
    note: optional(textOption({ describe: 'economy.request.note', charactersMax: requestNoteCharactersMax })),
  }),
  run: (m, { member: asked, amount: coins, note }) => {
    const by = m.actor.member;
    if (asked.id === by) return refuse('economy.request.self');
    if (asked.bot) return refuse('economy.request.bot');
    if (!asked.present) return refuse('economy.request.absent');
    // No coins are moved yet, but who may move none asks for none.
    const atRest = refuseAtRest(m);
    if (atRest) return atRest;
    begin(m);
    const open = openRequests(m, by);
    const same = open.find((one) => one.asked === asked.id);
    if (same) return refuse('economy.request.twice', { at: relativeTime(same.expiresAt) });
    if (open.length >= requestsOpenMax) {
      const at = relativeTime(Math.min(...open.map(({ expiresAt }) => expiresAt)));
      return refuse('economy.request.many', { most: requestsOpenMax, at });
    }
    ensureAccount(m, asked.id);
    const opened = openRequest(m, { asked: asked.id, coins });
    return done({ ...opened, by, asked: asked.id, pings: prefers(m, asked.id, pings), coins, note });
  },
  view: ({ by, id, asked, pings: wanted, coins, note, expiresAt }, text) => ({
    private: false,
    content: text('economy.request.asks', { by: mention(by), asked: mention(asked), coins }),
    embeds: [
      {
        color: colors.gold,
        fields: [
          coinsField('economy.field.amount', coins, text),
          { name: text('economy.field.until'), value: relativeTime(expiresAt), inline: true },
        ],
        // A footer is shown as it is: no mention, link or other marking in it takes effect.
        ...(note !== undefined && { footer: text('economy.request.quoted', { note }) }),
      },
    ],
    rows: [requestButtons({ by, id, until: expiresAt }, text)],
    mentions: wanted ? [asked] : [],
  }),
});

export const requestCommand: Command = {
  path: 'request',
  describe: 'economy.request.describe',
  operation: request,
  visibility: 'public',
  explain: {
    text: 'economy.request.explain',
    figures: (query) => ({
      most: requestsOpenMax,
      hours: query.setting(requestDeadlineHours),
      tax: (query.setting(payTax) * 100) / shareUnits,
    }),
  },
};
