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
// Made once: making one takes longer than everything else that a message takes to be drawn.
const absolute = {
  t: new Intl.DateTimeFormat(language, { timeStyle: 'short' }),
  T: new Intl.DateTimeFormat(language, { timeStyle: 'medium' }),
  d: new Intl.DateTimeFormat(language, { dateStyle: 'short' }),
  D: new Intl.DateTimeFormat(language, { dateStyle: 'long' }),
  f: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }),
  F: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }),
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
  style === 'R' ? relativeText(atMs) : (absolute[style] ?? absolute.f).format(atMs);

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
  (_all, { inner }, place) =>
    make(tag, {}, ...inline(inner, place));

/** A text that is hidden until it is asked for. */
const spoiler = (_all, { inner }, place) => {
  const element = make(
    'span',
    { className: 'spoiler', role: 'button', tabIndex: 0, ariaLabel: 'Spoiler' },
    ...inline(inner, place),
  );
  const show = () => {
    element.classList.add('shown');
    element.removeAttribute('role');
    element.removeAttribute('aria-label');
  };
  element.addEventListener('click', show);
  element.addEventListener('keydown', ({ key }) => key === 'Enter' && show());
  return element;
};

/** An address as a link that opens elsewhere; as bare text where it is no web address. */
export const showLink = (address, text) => {
  const isWeb = /^https?:$/.test(URL.parse(address)?.protocol ?? '');
  return isWeb
    ? make('a', { href: address, textContent: text, target: '_blank', rel: 'noreferrer' })
    : make('span', { textContent: `${text} (${address})` });
};

/** What is recognised inside a line: a pattern with the named group `inner`, and the node it becomes. */
const inlineRules = [
  [/(?<ticks>`{1,2})(?<inner>[^`]+)\k<ticks>/, (_all, { inner }) => make('code', { textContent: inner })],
  [/\\(?<inner>[\\*_~`|<>#-])/, (_all, { inner }) => inner],
  [
    /<t:(?<seconds>-?\d{1,14})(?::(?<style>[tTdDfFR]))?>/,
    (all, { seconds, style }) =>
      Math.abs(Number(seconds) * 1_000) > timeMaxMs ? all : showTime(Number(seconds) * 1_000, style ?? 'f'),
  ],
  [/<(?<kind>@!?|@&|#)(?<id>\d{17,20})>/, (_all, { kind, id }, place) => mention(mentionText(place, kind, id))],
  [/<\/(?<inner>[^:<>]+):\d+>/, (_all, { inner }) => mention(`/${inner}`)],
  [/@(?:everyone|here)\b/, (all) => mention(all)],
  [/<a?(?<inner>:\w+:)\d+>/, (_all, { inner }) => inner],
  [
    /\[(?<inner>[^\]\n]+)\]\(<?(?<address>https?:\/\/[^\s)>]+)>?\)/,
    (_all, { inner, address }) => showLink(address, inner),
  ],
  [/<?(?<address>https?:\/\/[^\s<>]+[^\s<>.,;:!?)'"])>?/, (_all, { address }) => showLink(address, address)],
  [/\|\|(?<inner>.+?)\|\|/, spoiler],
  [
    /\*\*\*(?<inner>(?:\\.|[^\\])+?)\*\*\*/,
    (_all, { inner }, place) => make('strong', {}, make('em', {}, ...inline(inner, place))),
  ],
  [/\*\*(?<inner>(?:\\.|[^\\])+?)\*\*/, nested('strong')],
  [/__(?<inner>(?:\\.|[^\\])+?)__/, nested('u')],
  [/~~(?<inner>(?:\\.|[^\\])+?)~~/, nested('s')],
  [/\*(?<inner>(?:\\.|[^\\*])+?)\*/, nested('em')],
  [/(?<!\w)_(?<inner>(?:\\.|[^\\_])+?)_(?!\w)/, nested('em')],
];

/** The nodes of a line: what the rule that matches first makes of its part, then the rest. Earlier rules win ties. */
const inline = (text, place) => {
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
    nodes.push(rest.slice(0, match.index), show(match[0], match.groups ?? {}, place));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...nodes, rest].filter((node) => node !== '');
};

const lineClasses = {
  '#': 'title-1',
  '##': 'title-2',
  '###': 'title-3',
  '-#': 'small',
  '>': 'quote',
  '-': 'item',
  '*': 'item',
};

const line = (text, place) => {
  const [, mark, rest] = /^(#{1,3}|-#|>|[-*]) (.*)$/.exec(text) ?? [];
  return make('div', { className: `line ${lineClasses[mark] ?? ''}` }, ...inline(rest ?? text, place));
};

const onlyEmoji = /^(?:\p{RGI_Emoji}\s?){1,27}$/v;

/** A text of Discord as an element of lines, its mentions named as in `place`; `undefined` when there is no text. */
export const showWords = (text, place) => {
  if (!text) return undefined;
  const parts = text.split(/\n?```(?:[\w+-]*\n)?([\s\S]+?)```\n?/);
  const blocks = parts.flatMap((part, index) => {
    if (index % 2 === 1) return [make('pre', { tabIndex: 0, textContent: part.replace(/\n$/, '') })];
    return part === '' ? [] : part.split('\n').map((each) => line(each, place));
  });
  return make('div', { className: onlyEmoji.test(text) ? 'words jumbo' : 'words', dir: 'auto' }, ...blocks);
};
