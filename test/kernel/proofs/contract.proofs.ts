// What the contract makes impossible to write. Each line under an expectation must not compile; the test beside this
// folder runs the compiler over it.
import { z } from 'zod';
import {
  amountOption,
  type Card,
  type Collection,
  collection,
  done,
  type EffectEnd,
  type EpochMs,
  type Event,
  effect,
  event,
  extension,
  extensionPoint,
  type Feature,
  followingInput,
  form,
  type JobRun,
  type MemberId,
  type Modal,
  type Mutation,
  memberOption,
  mutation,
  type Operation,
  options,
  type Query,
  query,
  type Reply,
  reaction,
  refuse,
  show,
  sweep,
  task,
  type World,
} from './contract.ts';

const walletSchema = z.strictObject({
  coins: z.number(),
  items: z.array(z.string()),
  equip: z.strictObject({ head: z.string().optional() }),
});
const initial = { coins: 0, items: [], equip: {} };
export const wallets = collection({
  name: 'proof.wallet',
  version: 1,
  key: ['member'],
  schema: walletSchema,
  initial,
  upgrades: [],
  rowsMax: 1e6,
  orderings: { coins: (row) => row.coins },
  totals: { held: (row) => row.coins },
  forget: 'key',
});
export const inventory = collection({
  name: 'proof.inventory',
  version: 1,
  key: ['member', 'text'],
  schema: walletSchema,
  initial,
  upgrades: [],
  rowsMax: 1e6,
  orderings: {},
  totals: {},
  forget: 'key',
});
const paid: Event<{ from: MemberId; to: MemberId; amount: number }> = event('proof.paid');

// --- must compile
export const pay = mutation({
  name: 'proof.pay',
  version: 1,
  input: options({
    member: memberOption({ describe: 'proof.member' }),
    amount: amountOption({ describe: 'proof.amount' }),
  }),
  run: (m, { member, amount }) => {
    const from = m.get(wallets, [m.actor.member]);
    const to = m.get(wallets, [member.id]);
    const coins = amount.kind === 'exact' ? amount.coins : from.coins;
    if (from.coins < coins) return refuse('proof.poor', { short: coins - from.coins });
    m.put(wallets, [m.actor.member], { ...from, coins: from.coins - coins });
    m.put(wallets, [member.id], { ...to, coins: to.coins + coins });
    m.emit(paid, { from: m.actor.member, to: member.id, amount: coins });
    return done({ left: from.coins - coins });
  },
  view: (value, text) => ({ private: false, content: text('proof.paid', { left: value.left }) }),
});
export const board = query({
  name: 'proof.board',
  version: 1,
  input: options({}),
  run: (q) => done({ top: q.top(wallets, 'coins', 0, 10), held: q.total(wallets, 'held') }),
  view: (value) => ({ private: true, content: value.top.map(([, score]) => score.toFixed()).join() }),
});
export const onPaid = reaction(paid, (m, payload) => {
  m.put(inventory, [payload.to, 'receipt'], initial);
  return done();
});
const settle = task({
  name: 'proof.settle',
  version: 1,
  input: z.strictObject({ game: z.string() }),
  run: (m, { game }) => {
    m.remove(inventory, [m.actor.member, game]);
    return done();
  },
});
const post = effect({
  kind: 'proof.post',
  repeat: 'search first',
  payload: z.strictObject({ channel: z.string() }),
  result: z.strictObject({ message: z.string() }),
});
const posted = task<{ end: EffectEnd<{ message: string }>; input: { game: string } }>({
  name: 'proof.posted',
  version: 1,
  input: followingInput(post, z.strictObject({ game: z.string() })),
  run: (m, { end, input }) => {
    if ('done' in end) m.wake(settle, input.game, m.now, input);
    else m.cancel(settle, input.game);
    return done();
  },
});
export const onPaidFar = reaction(paid, (m, payload) => {
  m.perform(post, { channel: payload.from });
  m.perform(post, { channel: payload.from }, { operation: posted, input: { game: 'x' } });
  return done();
});
const refunds = extensionPoint<{ member: MemberId }, { coins: number }>('proof.refunds');
export const refund = extension(refunds, (q, { member }) => ({ coins: q.get(wallets, [member]).coins }));
export const refunded = (q: Query, member: MemberId): readonly { coins: number }[] => q.extensions(refunds, { member });
export const interest = sweep({
  name: 'proof.interest',
  version: 1,
  rows: wallets,
  step: (m, rows, run: JobRun) => {
    for (const [key, row] of rows) m.put(wallets, key, { ...row, coins: row.coins + run.missed });
  },
});
export const feature: Feature = {
  name: 'proof',
  pack: 'economy',
  commands: [{ path: 'pay', describe: 'proof.pay', operation: pay, visibility: 'public' }],
  operations: [pay, board],
  collections: [wallets, inventory],
  reactions: [onPaid],
  extensions: [refund],
  settings: [],
  invariants: [],
  messages: {},
};

// --- must not compile
const reply = (): Reply => ({ private: true });
const spec = { name: 'a.b', version: 1, input: options({}), view: reply } as const;
declare const m: Mutation;
declare const q: Query;
declare const id: MemberId;
declare const anyRows: Collection<{ coins: number }, ['member'], never, never>;
// @ts-expect-error a query's handler takes no Mutation
query({ ...spec, run: (x: Mutation) => done(x.remove(wallets, [id])) });
// @ts-expect-error a query cannot write
query({ ...spec, run: (x) => done(x.put(wallets, [id], initial)) });
const emptyForm = (): Modal => ({ modal: { title: '', customId: '', fields: [] } });
// @ts-expect-error a form cannot write either
form({ ...spec, view: emptyForm, run: (x) => done(x.put(wallets, [id], initial)) });
// @ts-expect-error a mutation answers with words, never with a form
mutation({ ...spec, view: emptyForm, run: () => done() });
// @ts-expect-error an array inside a row
q.get(wallets, [id]).items.push('x');
// @ts-expect-error an object inside a row
q.get(wallets, [id]).equip.head = 'x';
// @ts-expect-error an async handler
mutation({ ...spec, run: async () => done() });
// @ts-expect-error an answer of another shape
extension(refunds, () => ({ points: 1 }));
// @ts-expect-error an answer that writes
extension(refunds, (x, { member }) => x.remove(wallets, [member]));
// @ts-expect-error asked about something else
m.extensions(refunds, { guild: 'x' });
// @ts-expect-error an async reaction
reaction(paid, async () => done());
// @ts-expect-error a handler that gives nothing back
reaction(paid, () => {});
// @ts-expect-error a promise as a value
mutation({ ...spec, run: () => done(Promise.resolve(1)) });
// @ts-expect-error a misspelt ordering
q.top(wallets, 'coinz', 0, 10);
// @ts-expect-error a misspelt total
q.total(wallets, 'holds');
// @ts-expect-error a board of a collection without orderings
q.top(anyRows, 'coins', 0, 10);
// @ts-expect-error an event with a part missing
m.emit(paid, { from: id, to: id });
// @ts-expect-error a key of another shape
q.get(inventory, [id]);
// @ts-expect-error a plain text is no member
q.get(wallets, ['123']);
// @ts-expect-error an unknown field in a row
m.put(wallets, [id], { coins: 1, items: [], equip: {}, extra: 1 });
declare const byMember: Operation<{ member: MemberId }>;
// @ts-expect-error an operation for another input
export const byGame: Operation<{ game: string }> = byMember;
declare const quotes: World<{ prices: { gold: number } }>;
// @ts-expect-error the input of a timer misspelt
m.wake(settle, 'k', 0 as EpochMs, { gmae: 'x' });
// @ts-expect-error a time that nobody checked
m.wake(settle, 'k', 5, { game: 'x' });
// @ts-expect-error a query sets no timer
q.wake(settle, 'k', q.now, { game: 'x' });
// @ts-expect-error a payload of another effect
m.perform(post, { chanel: 'x' });
// @ts-expect-error the input of what follows an effect misspelt
m.perform(post, { channel: 'x' }, { operation: posted, input: { gmae: 'x' } });
// @ts-expect-error what does not take an effect's end cannot follow it
m.perform(post, { channel: 'x' }, { operation: settle, input: { game: 'x' } });
// @ts-expect-error a world is nobody's to change
q.world(quotes).value.prices.gold = 1;
// @ts-expect-error a query publishes nothing
q.publish(quotes, { prices: { gold: 1 } });
// @ts-expect-error a task that gives no outcome
task({ name: 'a.b', version: 1, input: z.strictObject({}), run: () => {} });
declare const jackpot: Card<{ coins: number }>;
// @ts-expect-error a card with another value
show(jackpot, { coin: 1 });
