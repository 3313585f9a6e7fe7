// A small feature for tests of time and of the outside: timers, jobs, effects and a world, all of which write notes.
import { z } from 'zod';
import { card, show } from '../../src/kernel/card.ts';
import type { Mutation } from '../../src/kernel/context.ts';
import { controlInput } from '../../src/kernel/control.ts';
import { directMessage, followingInput, giveRole, outbox, postMessage, tellMarket } from '../../src/kernel/effect.ts';
import { errands } from '../../src/kernel/errand.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { epochMs, memberId } from '../../src/kernel/ids.ts';
import { type Job, jobStates } from '../../src/kernel/job.ts';
import { mutation, type Operation, query, task } from '../../src/kernel/operation.ts';
import { choiceOption, integerOption, options } from '../../src/kernel/option.ts';
import { done, refuse } from '../../src/kernel/outcome.ts';
import { timers } from '../../src/kernel/timer.ts';
import { world } from '../../src/kernel/world.ts';
import { featureWith } from './feature.ts';
import { jobOperations } from './jobs.ts';
import { note, notes } from './notes.ts';

const textInput = z.strictObject({ text: z.string().max(50) });
const view = (): { readonly private: boolean } => ({ private: true });

/** Notes its text. */
export const strike = task({
  name: 'clockwork.strike',
  version: 1,
  input: textInput,
  run: (m, { text }) => {
    note(m, text);
    return done();
  },
});
const declines = task({
  name: 'clockwork.decline',
  version: 1,
  input: textInput,
  run: (m, { text }) => {
    note(m, text);
    return refuse('clockwork.declined');
  },
});
/** Throws until somebody mended it. */
const throws = task({
  name: 'clockwork.throw',
  version: 1,
  input: textInput,
  run: (m, { text }) => {
    note(m, text);
    if (!m.find(notes, ['mended'])) throw new Error('a bug in a task');
    return done();
  },
});
const again: Operation<{ readonly text: string }> = task({
  name: 'clockwork.again',
  version: 1,
  input: textInput,
  run: (m, { text }) => {
    note(m, text);
    if (m.get(notes, ['all']).texts.length < 20) m.wake(again, text, m.now, { text });
    return done();
  },
});
const silent = task({ name: 'clockwork.silent', version: 1, input: textInput, run: () => done() });

/** Takes back the timer b and moves the timer c by an hour. */
const meddles = task({
  name: 'clockwork.meddle',
  version: 1,
  input: textInput,
  run: (m, { text }) => {
    note(m, text);
    m.cancel(strike, 'b');
    m.wake(strike, 'c', epochMs(m.now + 3_600_000), { text: 'c' });
    return done();
  },
});

const tasks = { strike, declines, throws, again, silent, meddles };

const mend = mutation({
  name: 'clockwork.mend',
  version: 1,
  input: controlInput(z.strictObject({})),
  view,
  run: (m) => {
    m.put(notes, ['mended'], { texts: [] });
    return done();
  },
});

const setInput = z.strictObject({
  task: z.enum(['strike', 'declines', 'throws', 'again', 'silent', 'meddles']),
  key: z.string().regex(/^[a-z0-9]{1,10}$/),
  inMs: z.int().min(0).max(1e12),
});
const set = mutation({
  name: 'clockwork.set',
  version: 1,
  input: controlInput(setInput),
  view,
  run: (m, { task: which, key, inMs }) => {
    m.wake(tasks[which], key, epochMs(m.now + inMs), { text: key });
    return done();
  },
});
const takeBack = mutation({
  name: 'clockwork.take-back',
  version: 1,
  input: controlInput(setInput.omit({ inMs: true })),
  view,
  run: (m, { task: which, key }) => {
    m.cancel(tasks[which], key);
    return done();
  },
});

const hello = card<{ readonly text: string }>({
  name: 'clockwork.hello',
  view: ({ text }) => ({ private: false, content: text }),
});

const ended = task({
  name: 'clockwork.ended',
  version: 1,
  input: followingInput(postMessage, textInput),
  run: (m, { end, input: { text } }) => {
    note(m, `${text} ${'done' in end ? `posted ${end.done.message}` : end.failed}`);
    if (text === 'throw') throw new Error('a bug in what follows an effect');
    return text === 'decline' ? refuse('clockwork.declined') : done();
  },
});
const sent = task({
  name: 'clockwork.sent',
  version: 1,
  input: followingInput(directMessage, textInput),
  run: (m, { end, input: { text } }) => {
    note(m, `${text} ${'done' in end ? 'sent' : end.failed}`);
    return done();
  },
});
const told = task({
  name: 'clockwork.told',
  version: 1,
  input: followingInput(tellMarket, textInput),
  run: (m, { end, input: { text } }) => {
    note(m, `${text} ${'done' in end ? 'told' : end.failed}`);
    return done();
  },
});

const someone = memberId('200000000000000001');
const sendInput = z.strictObject({
  kind: z.enum(['post', 'message', 'role', 'tell']),
  /** Of a channel, 0 to 9. */
  to: z.int().min(0).max(9),
  text: z.string().max(50),
});
const wantEffect = (m: Mutation, kind: 'post' | 'message' | 'role' | 'tell', to: number, text: string): void => {
  const channel = `30000000000000000${to}`;
  const following = { text };
  if (kind === 'post') {
    const payload = { channel, card: show(hello, { text }) };
    m.perform(postMessage, payload, { operation: ended, input: following });
  } else if (kind === 'message') {
    const payload = { member: someone, card: show(hello, { text }) };
    m.perform(directMessage, payload, { operation: sent, input: following });
  } else if (kind === 'role') {
    m.perform(giveRole, { member: someone, role: channel, reason: text });
  } else {
    m.perform(tellMarket, { operation: strike.name, input: { text } }, { operation: told, input: following });
  }
};

const send = mutation({
  name: 'clockwork.send',
  version: 1,
  input: controlInput(sendInput),
  view,
  run: (m, { kind, to, text }) => {
    wantEffect(m, kind, to, text);
    return text === 'lost' ? refuse('clockwork.declined') : done();
  },
});

export const hours = world({
  name: 'clockwork.hours',
  schema: z.strictObject({ hour: z.int() }),
  initial: { hour: -1 },
});
const publish = task({
  name: 'clockwork.publish',
  version: 1,
  input: z.strictObject({ hour: z.int() }),
  run: (m, { hour }) => {
    m.publish(hours, { hour });
    return done();
  },
});
const hour = mutation({
  name: 'clockwork.hour',
  version: 1,
  input: controlInput(z.strictObject({})),
  view,
  run: (m) => {
    const { version, value } = m.world(hours);
    return done({ version, hour: value.hour });
  },
});

const ordinary = options({
  what: choiceOption({
    describe: 'clockwork.what',
    choices: {
      strike: 'clockwork.what',
      declines: 'clockwork.what',
      throws: 'clockwork.what',
      again: 'clockwork.what',
      post: 'clockwork.what',
      message: 'clockwork.what',
      role: 'clockwork.what',
      tell: 'clockwork.what',
    },
  }),
  /** Of a timer; for effects the channel or the text. */
  key: integerOption({ describe: 'clockwork.key', min: 0, max: 9 }),
  minutes: integerOption({ describe: 'clockwork.minutes', min: 0, max: 9 }),
});
/** Sets a timer or has an effect performed, with options as commands have: random requests come to it. */
const anything = mutation({
  name: 'clockwork.anything',
  version: 1,
  input: ordinary,
  view,
  run: (m, { what, key, minutes }) => {
    const text = `${what} ${m.newId()} ${m.world(hours).version}`;
    if (what === 'post' || what === 'message' || what === 'role' || what === 'tell') wantEffect(m, what, key, text);
    else m.wake(tasks[what], String(key), epochMs(m.now + minutes * 60_000), { text });
    return done(text);
  },
});

/** Everything the runtime keeps for the guild, and its notes. */
const look = query({
  name: 'clockwork.look',
  version: 1,
  input: controlInput(z.strictObject({})),
  view,
  run: (q) =>
    done({
      notes: q.get(notes, ['all']).texts,
      timers: q.page(timers, { limit: 200 }).map(([[operation, key], row]) => ({ operation, key, ...row })),
      outbox: q.page(outbox, { limit: 200 }).map(([[id], row]) => ({ id, ...row })),
      jobs: Object.fromEntries(q.page(jobStates, { limit: 200 }).map(([[name], row]) => [name, row])),
      errands: q.count(errands),
    }),
});

/** What `look` shows. */
export interface Seen {
  readonly notes: readonly string[];
  readonly timers: readonly (typeof timers.initial & { readonly operation: string; readonly key: string })[];
  readonly outbox: readonly (typeof outbox.initial & { readonly id: string })[];
  readonly jobs: Readonly<Record<string, typeof jobStates.initial>>;
  readonly errands: number;
}

/** The feature, with some of its jobs. */
export const clockwork = (...declared: readonly Job[]): Feature =>
  featureWith('clockwork', {
    operations: [
      strike,
      declines,
      throws,
      again,
      silent,
      meddles,
      mend,
      set,
      takeBack,
      ended,
      sent,
      told,
      send,
      anything,
      publish,
      hour,
      look,
      ...jobOperations,
    ],
    collections: [notes],
    jobs: declared,
    cards: [hello],
    worlds: [hours],
  });
