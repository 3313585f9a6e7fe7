import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import type { Mutation } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import { type EpochMs, epochMs, type Frozen, type MemberId, type RowId } from '../../kernel/ids.ts';
import { departures } from '../../kernel/membership.ts';
import { mutation, task } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Button } from '../../kernel/reply.ts';
import { memberSchema, timeSchema } from '../../kernel/schemas.ts';
import type { Text } from '../../kernel/text.ts';
import { mention } from './cards.ts';
import { type Payment, payCoins } from './payment.ts';
import { closedReply, paidReply, type TurnedDown, turnedDownReply } from './request-card.ts';
import { requestDeadlineHours } from './settings.ts';
import { requests } from './state.ts';
import { requestsOpenMax } from './tuning.ts';

const hourMs = 60 * 60_000;

/** A request as rows hold it. */
export type OpenRequest = Frozen<ReturnType<(typeof requests)['schema']['parse']>>;

const idSchema = z.custom<RowId>((value) => typeof value === 'string' && /^[0-9a-z]{9}$/.test(value));
const keySchema = z.strictObject({ by: memberSchema, id: idSchema });
/** `until` is the deadline: what tells a request that ran out from one that was answered, once its row is gone. */
const pressSchema = z.strictObject({ by: memberSchema, id: idSchema, until: timeSchema });

/** At its deadline a request is no more. Whoever presses its buttons later is told so. */
export const expireRequest = task({
  name: 'economy.request.expire',
  version: 1,
  input: keySchema,
  run: (m, { by, id }) => {
    m.remove(requests, [by, id]);
    return done();
  },
});

/** Takes a request away, deadline and all. */
export const closeRequest = (m: Mutation, by: MemberId, id: RowId): void => {
  m.remove(requests, [by, id]);
  m.cancel(expireRequest, id);
};

/** The open requests of a member. What is overdue, because its deadline has not fallen yet, is closed. */
export const openRequests = (m: Mutation, by: MemberId): readonly OpenRequest[] => {
  const open: OpenRequest[] = [];
  for (const [[, id], request] of m.page(requests, { from: [by], limit: requestsOpenMax })) {
    if (m.now < request.expiresAt) open.push(request);
    else closeRequest(m, by, id);
  }
  return open;
};

/** Opens a request of the member who acts, until its deadline falls. */
export const openRequest = (
  m: Mutation,
  request: Omit<OpenRequest, 'expiresAt'>,
): { readonly id: RowId; readonly expiresAt: EpochMs } => {
  const by = m.actor.member;
  const id = m.newId();
  const expiresAt = epochMs(m.now + m.setting(requestDeadlineHours) * hourMs);
  m.put(requests, [by, id], { ...request, expiresAt });
  m.wake(expireRequest, id, expiresAt, { by, id });
  return { id, expiresAt };
};

type Press = z.infer<typeof pressSchema>;

/** What became of a request that a press was too late for. */
type TooLate = 'too late';

/** The open request behind a press; a refusal of one that was answered, and `too late` behind its deadline. */
const pressed = (m: Mutation, { by, id, until }: Press): OpenRequest | TooLate | Outcome<never> => {
  const request = m.find(requests, [by, id]);
  if (request === undefined) return m.now < until ? refuse('economy.request.answered') : 'too late';
  if (m.now < request.expiresAt) return request;
  closeRequest(m, by, id);
  return 'too late';
};

const isOpen = (found: OpenRequest | Outcome<never>): found is OpenRequest => 'asked' in found;

/** The asked member pays. What stands in the way leaves the request open. */
export const acceptRequest = mutation({
  name: 'economy.request.accept',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, press): Outcome<Payment | TooLate> => {
    const found = pressed(m, press);
    if (found === 'too late') return done(found);
    if (!isOpen(found)) return found;
    if (found.asked !== m.actor.member) return refuse('economy.request.not-yours', { asked: mention(found.asked) });
    if (m.find(departures, [press.by]) !== undefined) return refuse('economy.request.left');
    closeRequest(m, press.by, press.id);
    return payCoins(m, press.by, { kind: 'exact', coins: found.coins });
  },
  view: (value, text) => (value === 'too late' ? closedReply(text) : paidReply(value, text)),
});

/** The asked member declines, or the asking one takes it back. */
export const declineRequest = mutation({
  name: 'economy.request.decline',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, press): Outcome<TurnedDown | TooLate> => {
    const found = pressed(m, press);
    if (found === 'too late') return done(found);
    if (!isOpen(found)) return found;
    const { member } = m.actor;
    const { asked, coins } = found;
    if (member !== asked && member !== press.by) {
      return refuse('economy.request.not-yours', { asked: mention(asked) });
    }
    closeRequest(m, press.by, press.id);
    return done({ by: press.by, asked, coins, how: member === asked ? 'declined' : 'withdrawn' } as const);
  },
  view: (value, text) => (value === 'too late' ? closedReply(text) : turnedDownReply(value, text)),
});

/** The buttons of an open request. */
export const requestButtons = (press: Press, text: Text): readonly Button[] => [
  {
    kind: 'button',
    label: text('economy.request.accept'),
    style: 'success',
    customId: customId(acceptRequest, press),
  },
  {
    kind: 'button',
    label: text('economy.request.decline'),
    style: 'secondary',
    customId: customId(declineRequest, press),
  },
];
