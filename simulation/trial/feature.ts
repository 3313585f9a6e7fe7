// What the simulation adds to the features of the bot: every way to make the runtime do something by itself, and a
// collection whose form changes with a release.
import { z } from 'zod';
import { card, show } from '../../src/kernel/card.ts';
import type { Mutation } from '../../src/kernel/context.ts';
import {
  callService,
  directMessage,
  type EffectEnd,
  editMessage,
  followingInput,
  giveRole,
  outbox,
  postMessage,
  tellMarket,
} from '../../src/kernel/effect.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { epochMs, memberId } from '../../src/kernel/ids.ts';
import { type Job, type JobRun, jobRunSchema } from '../../src/kernel/job.ts';
import { mutation, type Operation, query, task } from '../../src/kernel/operation.ts';
import { choiceOption, integerOption, options } from '../../src/kernel/option.ts';
import { done, refuse } from '../../src/kernel/outcome.ts';
import { timers } from '../../src/kernel/timer.ts';
import { deedsOf, mark, type TrialVersion, weather } from './state.ts';

/** The operation that throws whenever a timer runs it. */
export const throwingName = 'trial.throw';

const timerKinds = ['strike', 'decline', 'throw', 'again'] as const;
const effectKinds = ['post', 'edit', 'message', 'role', 'call', 'tell'] as const;
const describe = 'trial.describe';
const choices = Object.fromEntries([...timerKinds, ...effectKinds, 'cancel'].map((what) => [what, describe] as const));
const view = (): { readonly private: boolean } => ({ private: true });
const textInput = z.strictObject({ text: z.string() });
type TextInput = z.infer<typeof textInput>;

const hello = card<TextInput>({ name: 'trial.hello', view: ({ text }) => ({ private: false, content: text }) });
const minuteMs = 60_000;

const jobs = (operations: readonly [Operation<JobRun>, Operation<JobRun>]): readonly Job[] => [
  {
    operation: operations[0],
    pattern: '30 */6 * * *',
    zone: 'UTC',
    realm: 'guilds',
    once: 'each time',
    missed: { skip: { lateMs: 2 * 60 * minuteMs } },
  },
  { operation: operations[1], pattern: '0 9 * * *', zone: 'guild', realm: 'guilds', once: 'a day', missed: 'once' },
];

/** The tasks of the feature: what timers, jobs and effects lead to. */
const tasksOf = (version: TrialVersion) => {
  const striking = (name: 'strike' | 'decline' | 'throw'): Operation<TextInput> =>
    task({
      name: `trial.${name}`,
      version: 1,
      input: textInput,
      run: (m, { text }) => {
        mark(m, version, `${name} ${text}`);
        if (name === 'throw') throw new Error('a task that always fails');
        return name === 'decline' ? refuse('trial.declined') : done();
      },
    });
  const again: Operation<TextInput> = task({
    name: 'trial.again',
    version: 1,
    input: textInput,
    run: (m, { text }) => {
      mark(m, version, `again ${text}`);
      if (text.length < 4) m.wake(again, text.slice(0, 1), epochMs(m.now + minuteMs), { text: `${text}.` });
      return done();
    },
  });
  const ended = <P, R>(of: Parameters<typeof followingInput<P, R, TextInput>>[0], name: string) =>
    task<{ readonly end: EffectEnd<R>; readonly input: TextInput }>({
      name: `trial.${name}`,
      version: 1,
      input: followingInput(of, textInput),
      run: (m, given) => {
        const { end, input } = given as { end: EffectEnd<unknown>; input: TextInput };
        mark(m, version, `${name} ${input.text} ${'done' in end ? JSON.stringify(end.done) : end.failed}`);
        return done();
      },
    });
  const running = (name: string): Operation<JobRun> =>
    task({
      name: `trial.${name}`,
      version: 1,
      input: jobRunSchema,
      run: (m, { date, missed }) => {
        mark(m, version, `${name} ${date} ${missed}`);
        return done();
      },
    });
  return {
    timers: { strike: striking('strike'), decline: striking('decline'), throw: striking('throw'), again },
    ended: {
      post: ended(postMessage, 'posted'),
      edit: ended(editMessage, 'edited'),
      message: ended(directMessage, 'messaged'),
      call: ended(callService, 'called'),
      tell: ended(tellMarket, 'told'),
    },
    jobs: [running('hourly'), running('daily')] as const,
  };
};

type Tasks = ReturnType<typeof tasksOf>;

const wantEffect = (m: Mutation, { ended }: Tasks, what: (typeof effectKinds)[number], key: number): void => {
  const channel = `30000000000000000${key}`;
  const member = memberId(`20000000000000000${key}`);
  const text = String(m.now % 1000);
  const input = { text };
  const shown = show(hello, { text });
  if (what === 'post') m.perform(postMessage, { channel, card: shown }, { operation: ended.post, input });
  else if (what === 'edit') {
    m.perform(editMessage, { channel, message: channel, card: shown }, { operation: ended.edit, input });
  } else if (what === 'message') {
    m.perform(directMessage, { member, card: shown }, { operation: ended.message, input });
  } else if (what === 'role') m.perform(giveRole, { member, role: channel, reason: text });
  else if (what === 'call') {
    const payload = { url: 'https://example.org/', method: 'GET' as const, headers: {}, timeoutMs: 1_000 };
    m.perform(callService, payload, { operation: ended.call, input });
  } else {
    m.perform(tellMarket, { operation: 'trial.strike', input: { text } }, { operation: ended.tell, input });
  }
};

/** The feature as one of its versions declares it. */
export const trial = (version: TrialVersion): Feature => {
  const tasks = tasksOf(version);
  const deeds = deedsOf(version);
  const isEffect = (what: string): what is (typeof effectKinds)[number] =>
    (effectKinds as readonly string[]).includes(what);

  const anything = mutation({
    name: 'trial.anything',
    version: 1,
    input: options({
      what: choiceOption({ describe, choices }),
      key: integerOption({ describe, min: 0, max: 9 }),
      minutes: integerOption({ describe, min: 0, max: 9 }),
    }),
    view,
    run: (m, { what, key, minutes }) => {
      const own = m.get(deeds, [m.actor.member]);
      const count = own.count + 1;
      m.put(deeds, [m.actor.member], {
        count,
        lately: [what],
        ...(version === 2 && { best: Math.max(own.best ?? 0, m.random.int(1_000)) }),
      });
      const { version: heard, value } = m.world(weather);
      if (isEffect(what)) wantEffect(m, tasks, what, key);
      else if (what === 'cancel') m.cancel(tasks.timers.strike, String(key));
      else {
        const operation = tasks.timers[what as (typeof timerKinds)[number]];
        m.wake(operation, String(key), epochMs(m.now + minutes * minuteMs), { text: String(key) });
      }
      return done({ count, heard, degrees: value.degrees, draw: m.random.int(1_000) });
    },
  });
  const look = query({
    name: 'trial.look',
    version: 1,
    input: options({ from: integerOption({ describe, min: 0, max: 9 }) }),
    view,
    run: (q, { from }) =>
      done({
        top: q.top(deeds, 'count', from, 5),
        place: q.rank(deeds, 'count', [q.actor.member]),
        done: q.total(deeds, 'done'),
        deeds: q.page(deeds, { limit: 3, newestFirst: true }),
        timers: q.count(timers),
        next: q.top(timers, 'due', 0, 2),
        effects: q.count(outbox),
        weather: q.world(weather).version,
      }),
  });

  return {
    name: 'trial',
    pack: 'shared',
    commands: [
      { path: 'trial anything', describe, operation: anything, visibility: 'private' },
      { path: 'trial look', describe, operation: look, visibility: 'private' },
    ],
    operations: [anything, look, ...Object.values(tasks.timers), ...Object.values(tasks.ended), ...tasks.jobs],
    collections: [deeds],
    reactions: [],
    settings: [],
    invariants: [],
    messages: { [describe]: 'A trial.', 'trial.declined': 'No.' },
    jobs: jobs(tasks.jobs),
    cards: [hello],
    worlds: [weather],
  };
};
