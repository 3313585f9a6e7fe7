import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import { controlInput } from '../../../kernel/control.ts';
import { form, mutation } from '../../../kernel/operation.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import type { Button, Embed, Reply, Select } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, relativeTime } from '../../wallet/api.ts';
import { bar, button, heistEmbed, phaseNames, phaseText } from '../card.ts';
import { type Board, approach as goAbout, type ShownTask, play as showPart, answer as takeAnswer } from '../play.ts';
import { approaches } from '../rules.ts';
import type { OpenHeist } from '../shown.ts';
import { heistRows, idSchema } from '../state.ts';
import { full } from '../tuning.ts';

const answerCharacters = 16;
const words = ['a', 'b', 'c', 'd'] as const;
const colorsOfDots: Readonly<Record<string, string>> = { r: '🔴', b: '🔵', g: '🟢', y: '🟡' };

const heistInput = z.strictObject({ h: idSchema });
const taskInput = heistInput.extend({ k: idSchema });

/** Shows who presses their part of a heist, and gives them a task. */
export const play = mutation({
  name: 'heists.play',
  version: 1,
  input: controlInput(heistInput),
  run: (m, { h }) => showPart(m, h),
  view: (board, text) => boardReply(board, text, false),
});

/** The same on one's own card, in the place of what it showed. */
export const next = mutation({
  name: 'heists.next',
  version: 1,
  input: controlInput(heistInput),
  run: (m, { h }) => showPart(m, h),
  view: (board, text) => boardReply(board, text, true),
});

/** Has who plays alone go about the next task in a way of theirs. */
export const approach = mutation({
  name: 'heists.approach',
  version: 1,
  input: controlInput(heistInput.extend({ way: z.enum(approaches) })),
  run: (m, { h, way }) => goAbout(m, h, way),
  view: (board, text) => boardReply(board, text, true),
});

const answerSchema = z.string().max(answerCharacters);

/** Takes an answer that was pressed. */
export const pressAnswer = mutation({
  name: 'heists.press',
  version: 1,
  input: controlInput(taskInput.extend({ v: answerSchema })),
  run: (m, { h, k, v }) => takeAnswer(m, h, k, v),
  view: (board, text) => boardReply(board, text, true),
});

/** Takes an answer that was chosen. */
export const chooseAnswer = mutation({
  name: 'heists.choose',
  version: 1,
  input: controlInput(taskInput.extend({ chosen: answerSchema })),
  run: (m, { h, k, chosen }) => takeAnswer(m, h, k, chosen),
  view: (board, text) => boardReply(board, text, true),
});

/** Takes an answer that was typed. */
export const typeAnswer = mutation({
  name: 'heists.type',
  version: 1,
  input: controlInput(taskInput.extend({ typed: answerSchema })),
  run: (m, { h, k, typed }) => takeAnswer(m, h, k, typed),
  view: (board, text) => boardReply(board, text, true),
});

/** Asks for the answer to one's own task. Closed and opened again it is the same, and its time goes on. */
export const answerForm = form({
  name: 'heists.form',
  version: 1,
  input: controlInput(taskInput),
  run: (q, { h, k }) => {
    const own = q.find(heistRows, [h])?.crew.find(({ member }) => member === q.actor.member);
    const task = own?.task;
    if (task?.id !== k) return refuse('economy.heist.task-past');
    const { kind, given } = task;
    return done({ h, k, kind: kind === 'lock' || kind === 'sum' ? kind : ('arithmetic' as const), given });
  },
  view: ({ h, k, kind, given }, text) => ({
    modal: {
      title: text(`economy.heist.task.${kind}`),
      customId: customId(typeAnswer, { h, k }),
      fields: [
        {
          name: 'typed',
          label: text(`economy.heist.form.${kind}`, { given }),
          charactersMax: answerCharacters,
          required: true,
        },
      ],
    },
  }),
});

const patternText = (pattern: string): string => Array.from(pattern, (dot) => colorsOfDots[dot] ?? dot).join(' ');
const wordOf = (value: string, text: Text): string => text(`economy.heist.word-${words[Number(value)] ?? 'a'}`);

const taskControls = (h: string, task: ShownTask, text: Text): readonly (Button | Select)[] => {
  const key = { h, k: task.id };
  switch (task.kind) {
    case 'reaction':
      return task.choices.map((v) => button(wordOf(v, text), 'primary', pressAnswer, { ...key, v }));
    case 'pattern':
      return [
        {
          kind: 'select',
          placeholder: text('economy.heist.pattern-pick'),
          customId: customId(chooseAnswer, key),
          choices: task.choices.map((value) => ({ label: patternText(value), value })),
        },
      ];
    case 'arithmetic':
    case 'sum':
    case 'lock':
      return [button(text('economy.heist.type-answer'), 'primary', answerForm, key)];
  }
};

const givenText = ({ kind, given }: ShownTask, text: Text): string => {
  if (kind === 'pattern') return patternText(given);
  return kind === 'reaction' ? wordOf(given, text) : given;
};

const guessText = ({ guess, right }: ShownTask['guesses'][number]): string =>
  Array.from(guess, (digit, place) => `${digit}${right[place] ? '✅' : '❌'}`).join(' ');

const taskLines = (task: ShownTask, text: Text): readonly string[] => [
  `**${text(`economy.heist.task.${task.kind}`)}**`,
  text(`economy.heist.ask.${task.kind}`, { given: givenText(task, text), tries: task.triesLeft }),
  ...task.guesses.map(guessText),
  text('economy.heist.until', { at: relativeTime(task.expiresAt) }),
];

const resultLines = ({ result }: Board, text: Text): readonly string[] => {
  if (result === undefined) return [];
  if (result.what !== 'right') return [text(`economy.heist.result.${result.what}`), ''];
  return [
    text('economy.heist.result.right', { progress: result.progress }),
    ...(result.phaseOver ? [text('economy.heist.result.phase-over')] : []),
    '',
  ];
};

const themeLine = ({ mode, phase }: OpenHeist, own: NonNullable<Board['own']>, text: Text): string => {
  const name = phaseNames[phase] ?? 'entry';
  const role = mode === 'solo' ? 'alone' : (own.role ?? 'leader');
  return text(`economy.heist.theme.${role}-${name}`);
};

const openBoard = (board: Board, shown: OpenHeist, own: NonNullable<Board['own']>, text: Text): Reply => {
  const { task } = board;
  const h = shown.heist;
  const isDone = own.progress >= full;
  const waiting: readonly Button[] =
    shown.mode === 'solo'
      ? approaches.map((way) => button(text(`economy.heist.way.${way}`), 'primary', approach, { h, way }))
      : [
          button(text(isDone ? 'economy.heist.look' : 'economy.heist.next'), isDone ? 'secondary' : 'primary', next, {
            h,
          }),
        ];
  const idle = shown.mode === 'solo' ? 'choose' : isDone ? 'wait' : 'ready';
  const embed: Embed = {
    title: text('economy.heist.board', { phase: phaseText(shown.phase, text) }),
    description: [
      ...resultLines(board, text),
      themeLine(shown, own, text),
      '',
      ...(task ? taskLines(task, text) : [text(`economy.heist.idle.${idle}`)]),
    ].join('\n'),
    color: colors.gold,
    fields: [
      { name: text('economy.heist.field.progress'), value: bar(own.progress), inline: true },
      { name: text('economy.heist.field.noise'), value: bar(shown.noise), inline: true },
      ...(shown.mode === 'team'
        ? [
            {
              name: text('economy.heist.field.mistakes'),
              value: text('economy.heist.of', { count: shown.mistakes, most: shown.mistakesMax }),
              inline: true,
            },
          ]
        : []),
    ],
  };
  return { private: true, embeds: [embed], rows: [task ? taskControls(h, task, text) : waiting] };
};

/**
 * One's part of a heist, seen by oneself alone. What a heist came to that is over takes the place of what was pressed, but
 * for the answer that ended it: that is told to everybody where no card of the heist is kept up to date.
 */
const boardReply = (board: Board, text: Text, replaces: boolean): Reply => {
  const { shown, own, tellsAll } = board;
  if (shown.state === 'open' && own !== undefined) {
    return { ...openBoard(board, shown, own, text), ...(replaces && { replaces }) };
  }
  return { private: false, embeds: [heistEmbed(shown, text)], ...(!tellsAll && { replaces: true }) };
};
