import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import type { Answer, Directory, Request } from '../../src/actors/request.ts';
import { createDiscord, type DiscordParts, type Gateway, type Receivers } from '../../src/gateway/gateway.ts';
import { messages as gatewayMessages } from '../../src/gateway/text.ts';
import { assert } from '../../src/kernel/assert.ts';
import { card } from '../../src/kernel/card.ts';
import { customId } from '../../src/kernel/component.ts';
import type { Command } from '../../src/kernel/feature.ts';
import type { Dotted } from '../../src/kernel/ids.ts';
import { form, mutation, query } from '../../src/kernel/operation.ts';
import {
  amountOption,
  booleanOption,
  choiceOption,
  InputError,
  integerOption,
  memberOption,
  optional,
  options,
  textOption,
} from '../../src/kernel/option.ts';
import { done, openOutcome, refuse } from '../../src/kernel/outcome.ts';
import type { Picture } from '../../src/kernel/picture.ts';
import { type Registry, registry } from '../../src/kernel/registry.ts';
import { featureWith } from '../house/feature.ts';

const words: Dotted = 'test.words';

/** Takes every kind of option and shows what came out of parsing. */
const echo = query({
  name: 'test.echo',
  version: 1,
  input: options({
    text: optional(textOption({ describe: words, charactersMax: 6_000 })),
    number: optional(integerOption({ describe: words, min: -5, max: 1_000 })),
    truth: optional(booleanOption({ describe: words })),
    who: optional(memberOption({ describe: words })),
    pick: optional(choiceOption({ describe: words, choices: { red: 'test.red', blue: 'test.blue' } })),
    amount: optional(amountOption({ describe: words })),
  }),
  run: (_query, input) => done(input),
  view: (input) => ({ private: true, content: JSON.stringify(input) }),
});

/** Says a text as it is, everywhere a text can stand. */
const loud = mutation({
  name: 'test.loud',
  version: 1,
  input: options({ text: textOption({ describe: words, charactersMax: 6_000 }) }),
  run: (_mutation, { text }) => done(text),
  view: (text) => ({
    private: false,
    content: text,
    embeds: Array.from({ length: 12 }, () => ({
      title: text,
      description: text,
      footer: text,
      fields: Array.from({ length: 30 }, () => ({ name: text, value: text })),
    })),
    rows: [
      [{ kind: 'button', label: text, style: 'primary', customId: customId(step, { count: 0 }) }],
      [
        {
          kind: 'select',
          placeholder: text,
          customId: customId(choose, { colour: 'any' }),
          choices: [{ label: text, value: 'one', description: text }],
        },
      ],
    ],
  }),
});

/** A message with a button, which counts its presses in the message, and a select. */
const panel = query({
  name: 'test.panel',
  version: 1,
  input: options({}),
  run: () => done(),
  view: () => ({
    private: false,
    content: '0 presses',
    rows: [
      [{ kind: 'button', label: 'One more', style: 'primary', customId: customId(step, { count: 1 }) }],
      [
        {
          kind: 'select',
          placeholder: 'Which?',
          customId: customId(choose, { colour: 'green' }),
          choices: [
            { label: 'One', value: 'one' },
            { label: 'Two', value: 'two' },
          ],
        },
      ],
    ],
  }),
});

const whole = (value: unknown): number => {
  if (typeof value !== 'number') throw new InputError('test.refused');
  return value;
};

const step = mutation({
  name: 'test.step',
  version: 3,
  input: { parse: (input) => ({ count: whole((input as { count: unknown }).count) }) },
  run: (_mutation, { count }) => (count === 13 ? refuse('test.refused') : done(count)),
  view: (count) => ({ private: false, replaces: true, content: `${count} presses` }),
});

const choose = query({
  name: 'test.choose',
  version: 1,
  input: { parse: (input) => ({ ...(input as object) }) },
  run: (_query, input) => done(input),
  view: (input) => ({ private: true, content: JSON.stringify(input) }),
});

/** Opens a form; its answer is shown as it came. */
const ask = form({
  name: 'test.ask',
  version: 1,
  input: options({}),
  run: () => done(),
  view: () => ({
    modal: {
      title: 'Tell me',
      customId: customId(told, { about: 'tea' }),
      fields: [
        { name: 'short', label: 'Short', charactersMax: 20, required: true },
        { name: 'long', label: 'Long', charactersMax: 2_000, required: false },
      ],
    },
  }),
});

const told = mutation({
  name: 'test.told',
  version: 1,
  input: { parse: (input) => ({ ...(input as object) }) },
  run: (_mutation, input) => done(input),
  view: (input) => ({ private: false, content: JSON.stringify(input) }),
});

/** Refuses, or answers otherwise than its command says. */
const odd = mutation({
  name: 'test.odd',
  version: 1,
  input: options({
    way: choiceOption({
      describe: words,
      choices: { refuse: 'test.red', private: 'test.blue', public: 'test.refused', wordless: words },
    }),
  }),
  run: (_mutation, { way }) => (way === 'refuse' ? refuse('test.refused') : done(way)),
  view: (way, text) => {
    assert(way !== 'wordless', 'there are words for everything');
    return { private: way === 'private', content: `answered: ${way}, ${text('test.figure', { figure: 1_000 })}` };
  },
});

const drawn = (alternative: string): Picture => ({
  kind: 'line-chart',
  alternative,
  title: 'Coins',
  points: [[0, 1]],
  decimals: 0,
});

/** Shows two pictures, or takes them away again. */
const chart = query({
  name: 'test.chart',
  version: 1,
  input: options({}),
  run: () => done(),
  view: () => ({
    private: false,
    embeds: [{ title: 'Rising', picture: drawn('A line that rises') }, { title: 'Plain' }, { picture: drawn(' ') }],
    rows: [[{ kind: 'button', label: 'Away', style: 'primary', customId: customId(step, { count: 1 }) }]],
  }),
});

/** Says a figure in the reader's language. */
export const figureCard = card<{ readonly figure: number }>({
  name: 'test.figure-card',
  view: ({ figure }, text) => {
    assert(figure >= 0, 'a figure is not negative');
    return { private: false, content: text('test.figure', { figure }) };
  },
});

/** Shows a picture. */
export const chartCard = card<undefined>({
  name: 'test.chart-card',
  view: () => ({ private: false, embeds: [{ title: 'Rising', picture: drawn('A line that rises') }] }),
});

/** Suggestions that Discord would refuse, cut short or take as they are. */
const suggested = query({
  name: 'test.suggested',
  version: 1,
  input: options({
    word: textOption({
      describe: words,
      charactersMax: 100,
      complete: (_query, typed) => {
        if (typed === 'fail') throw new Error('no suggestions today');
        return [
          { name: `${typed} ${'long'.repeat(50)}`, value: typed },
          { name: 'too long a value', value: 'x'.repeat(101) },
          { name: '', value: 'nameless' },
          ...Array.from({ length: 40 }, (_, index) => ({ name: `word ${index}`, value: `${index}` })),
        ];
      },
    }),
  }),
  run: (_query, { word }) => done(word),
  view: (word) => ({ private: true, content: word }),
});

const command = (path: string, operation: Command['operation'], visibility: Command['visibility']): Command => ({
  path,
  describe: words,
  operation,
  visibility,
});

/** A registry of features that do nothing but show what the gateway hands in and takes out. */
export const testRegistry = (): Registry =>
  registry(
    [
      featureWith('test', {
        commands: [
          command('echo', echo, 'private'),
          command('loud', loud, 'public'),
          command('panel', panel, 'public'),
          command('ask', ask, 'private'),
          command('odd public', odd, 'public'),
          command('odd deep private', odd, 'private'),
          command('suggested', suggested, 'private'),
          command('chart', chart, 'public'),
        ],
        operations: [echo, loud, panel, step, choose, ask, told, odd, suggested, chart],
        cards: [figureCard, chartCard],
        messages: {
          [words]: 'Some words',
          'test.red': 'Red',
          'test.blue': 'Blue',
          'test.refused': 'Not today.',
          'test.figure': '{figure, number}',
        },
      }),
    ],
    [
      gatewayMessages,
      {
        'core.input.text': 'Type a text.',
        'core.input.integer': 'From {min, number} to {max, number}.',
        'core.input.boolean': 'Yes or no.',
        'core.input.member': 'Choose a member.',
        'core.input.choice': 'Choose {choices}.',
        'core.input.amount': 'Type an amount.',
        'core.input.unknown-option': 'No option {option}.',
        'core.input.missing': 'Option {option} is missing.',
      },
    ],
  );

const run = ({ operation, input }: Request): Answer => {
  try {
    const outcome = openOutcome(operation.run({} as never, operation.input.parse(input) as never));
    assert(outcome !== undefined, 'handlers give outcomes');
    return outcome;
  } catch (error) {
    if (error instanceof InputError) return { refused: error.code, with: error.args };
    throw error;
  }
};

/** A directory without actors: runs each operation by itself after `delayMs`, and keeps what it was asked. */
export const createTestDirectory = () => {
  const asked: Request[] = [];
  const state = { delayMs: 0 };
  const directory: Directory = {
    ask: async (request) => {
      asked.push(request);
      if (state.delayMs > 0) await sleep(state.delayMs);
      return run(request);
    },
    run: (errand) => Promise.reject(new Error(`nobody here runs ${errand.operation.name}`)),
    suggest: ({ complete, typed }) => Promise.resolve(complete({} as never, typed)),
  };
  return { directory, asked, state };
};

/** Makes a bot's way to Discord and starts it at once. Watches members when told whom to tell. */
export const startGateway = async (parts: Omit<DiscordParts, 'watchesMembers'> & Receivers): Promise<Gateway> =>
  createDiscord({ ...parts, watchesMembers: parts.memberships !== undefined }).start(parts);

/** A log that keeps its lines. */
export const createTestLog = () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { log, lines };
};
