// Discord's text as nodes: emphasis, code, mentions, times. What is not known stays as it was written.
import { make } from './elements.js';
import { mentionText, now } from './world.js';

const language = 'en';
const relative = new Intl.RelativeTimeFormat(language);
const units = [
  ['second', 1_000, 60],
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, 30],
  ['month', 30 * 86_400_000, 12],
  ['year', 365 * 86_400_000, Number.POSITIVE_INFINITY],
];
const absoluteStyles = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};
/** No time a Date can hold is further from 1970 than this. */
const timeMaxMs = 8_640_000_000_000_000;

const relativeText = (atMs) => {
  const distanceMs = atMs - now();
  const [unit, unitMs] = units.find(([, ms, most]) => Math.round(Math.abs(distanceMs) / ms) < most);
  return relative.format(Math.round(distanceMs / unitMs), unit);
};

/** A time in words by one of Discord's styles (`t`, `T`, `d`, `D`, `f`, `F`, `R`); `f` for any other. */
export const timeText = (atMs, style) =>
  style === 'R'
    ? relativeText(atMs)
    : new Intl.DateTimeFormat(language, absoluteStyles[style] ?? absoluteStyles.f).format(atMs);

/** An element that shows a time; the relative ones are kept true by `refreshTimes`. */
export const showTime = (atMs, style) => {
  const element = make('time', {
    dateTime: new Date(atMs).toISOString(),
    title: timeText(atMs, 'F'),
    textContent: timeText(atMs, style),
  });
  if (style === 'R') element.dataset.relativeToMs = atMs;
  return element;
};

/** Says anew how far away the relative times are. */
export const refreshTimes = () => {
  for (const element of document.querySelectorAll('time[data-relative-to-ms]')) {
    element.textContent = relativeText(Number(element.dataset.relativeToMs));
  }
};

const mention = (text) => make('span', { className: 'mention', textContent: text });
const nested =
  (tag) =>
  (_all, { inner }) =>
    make(tag, {}, ...inline(inner));

/** What is recognised inside a line: a pattern with the named group `inner`, and the node it becomes. */
const inlineRules = [
  [/`(?<inner>[^`]+)`/, (_all, { inner }) => make('code', { textContent: inner })],
  [/\\(?<inner>[\\*_~`|<>#-])/, (_all, { inner }) => inner],
  [
    /<t:(?<seconds>-?\d{1,14})(?::(?<style>[tTdDfFR]))?>/,
    (all, { seconds, style }) =>
      Math.abs(Number(seconds) * 1_000) > timeMaxMs ? all : showTime(Number(seconds) * 1_000, style ?? 'f'),
  ],
  [/<(?<kind>@!?|@&|#)(?<id>\d{17,20})>/, (_all, { kind, id }) => mention(mentionText(kind, id))],
  [/<\/(?<inner>[^:<>]+):\d+>/, (_all, { inner }) => mention(`/${inner}`)],
  [/<a?(?<inner>:\w+:)\d+>/, (_all, { inner }) => inner],
  [/\*\*(?<inner>(?:\\.|[^\\])+?)\*\*/, nested('strong')],
  [/__(?<inner>(?:\\.|[^\\])+?)__/, nested('u')],
  [/~~(?<inner>(?:\\.|[^\\])+?)~~/, nested('s')],
  [/\*(?<inner>(?:\\.|[^\\*])+?)\*/, nested('em')],
  [/(?<!\w)_(?<inner>(?:\\.|[^\\_])+?)_(?!\w)/, nested('em')],
];

/** The nodes of a line: what the rule that matches first makes of its part, then the rest. Earlier rules win ties. */
const inline = (text) => {
  const nodes = [];
  let rest = text;
  while (rest !== '') {
    let first;
    for (const [pattern, show] of inlineRules) {
      const match = pattern.exec(rest);
      if (match && (!first || match.index < first.match.index)) first = { match, show };
    }
    if (!first) break;
    const { match, show } = first;
    nodes.push(rest.slice(0, match.index), show(match[0], match.groups));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...nodes, rest].filter((node) => node !== '');
};

const lineClasses = { '#': 'title', '##': 'title', '###': 'title', '-#': 'small', '>': 'quote' };

const line = (text) => {
  const [, mark, rest] = /^(#{1,3}|-#|>) (.*)$/.exec(text) ?? [];
  return make('div', { className: `line ${lineClasses[mark] ?? ''}` }, ...inline(rest ?? text));
};

/** A text of Discord as an element of lines; `undefined` when there is no text. */
export const showWords = (text) => {
  if (!text) return undefined;
  const parts = text.split(/\n?```(?:[\w+-]*\n)?([\s\S]+?)```\n?/);
  const blocks = parts.flatMap((part, index) => {
    if (index % 2 === 1) return [make('pre', { textContent: part.replace(/\n$/, '') })];
    return part === '' ? [] : part.split('\n').map(line);
  });
  return make('div', { className: 'words' }, ...blocks);
};
