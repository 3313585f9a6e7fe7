// One piece of an actor's work: a bar of its parts in time, its figures in words, and the rows it changed.
import { make } from './elements.js';
import { timeText } from './words.js';
import { memberOf } from './world.js';

/** The parts of a bar in order of time, with what they are called. */
export const parts = [
  ['way', 'to the bot'],
  ['mailbox', 'mailbox'],
  ['handler', 'handler'],
  ['commit', 'journal commit'],
  ['reply', 'reply'],
];

const origins = { errand: 'Runtime', timer: 'Timer', effect: 'Effect' };
const millisecondsText = (span) => `${span < 10 ? span.toFixed(2) : span.toFixed(1)} ms`;
const rowsText = (count) => (count === 1 ? '1 row changed' : `${count} rows changed`);

/** Ids of members as their names. */
const named = (text, guild) => text.replaceAll(/\d{17,20}/g, (id) => memberOf({ guild }, id)?.name ?? id);

/** What the page keeps of a piece of work: `spans` are milliseconds by part, `total` their sum, `at` when it was taken up. */
export const entryOf = (work) => ({
  ...work,
  at: work.queuedAt + work.mailboxMs,
  who: work.member ? named(work.member, work.guild) : origins[work.origin],
  name: work.operation,
  rows: work.changes.length + work.changesMore,
  spans: { mailbox: work.mailboxMs, handler: work.handlerMs, commit: work.commitMs },
  total: work.mailboxMs + work.handlerMs + work.commitMs,
  state: work.refused === undefined ? 'done' : 'refused',
});

/** An interaction that no actor told of: it was lost, or the bot answered it without one. */
export const entryWithout = (event, who) => ({
  at: event.sentAt,
  queuedAt: event.sentAt,
  guild: event.guild ?? '',
  interaction: event.interaction,
  who,
  name: nameOf(event),
  rows: 0,
  changes: [],
  changesMore: 0,
  spans: event.answered ? { way: event.latencyMs } : {},
  total: event.answered ? event.latencyMs : 0,
  state: event.answered || event.deferred ? 'done' : 'unanswered',
});

const nameOf = ({ kind, name }) => (kind === 'command' ? `/${name}` : (String(name).split('~')[1] ?? kind));

/** Adds what the local Discord saw of it: when it was sent, and when its answer was there. */
export const addReply = (entry, event) => {
  const inside = entry.total;
  const outside = Math.max(event.latencyMs - inside, 0);
  entry.spans.way = Math.min(Math.max(entry.queuedAt - event.sentAt, 0), outside);
  entry.spans.reply = outside - entry.spans.way;
  entry.total = inside + outside;
  entry.deferred = event.deferred;
  if (event.kind === 'command') entry.name = nameOf(event);
  if (!event.answered && !event.deferred) entry.state = 'unanswered';
};

const outcomeText = ({ state, refused, rows }) => {
  if (state === 'unanswered') return 'no answer';
  if (state === 'refused') return `refused: ${refused}`;
  return rows > 0 ? rowsText(rows) : 'nothing changed';
};

const figuresOf = (entry) => {
  const spans = parts
    .filter(([part]) => entry.spans[part] !== undefined)
    .map(([part, text]) => `${text} ${millisecondsText(entry.spans[part])}`);
  return [...spans, outcomeText(entry)].join(' · ');
};

/** An entry in one line: who did what, and its figures. */
export const lineOf = (entry) => `${entry.who} ${entry.name} · ${figuresOf(entry)}`;

/** A value of a row in words: who an id is, and what time a field that tells of one holds. */
const valueText = (name, text, guild) =>
  /(?:^at|At)$/.test(name) && /^\d{13}$/.test(text) ? timeText(Number(text), 'f') : named(text, guild) || '–';

const barOf = ({ spans }) =>
  make(
    'span',
    { className: 'bar', ariaHidden: 'true' },
    ...parts
      .filter(([part]) => spans[part] > 0)
      .map(([part]) => {
        const piece = make('span', { className: `part ${part}` });
        piece.style.setProperty('--ms', spans[part]);
        return piece;
      }),
  );

const showChange = ({ collection, key, kind, fields, fieldsMore }, guild) =>
  make(
    'li',
    {},
    make('code', { textContent: collection }),
    ` ${named(key, guild)}`,
    kind !== 'changed' && make('span', { className: `mark ${kind}`, textContent: kind }),
    make(
      'ul',
      {},
      ...fields.map(([name, before, after]) =>
        make(
          'li',
          {},
          name && `${name}: `,
          kind !== 'new' && make('del', { textContent: valueText(name, before, guild) }),
          kind === 'changed' && ' → ',
          kind !== 'gone' && make('ins', { textContent: valueText(name, after, guild) }),
        ),
      ),
      fieldsMore > 0 && make('li', { textContent: `and ${fieldsMore} more` }),
    ),
  );

const figure = (name, value) => make('div', {}, make('dt', { textContent: name }), make('dd', { textContent: value }));

const detailsOf = (entry) =>
  make(
    'div',
    { className: 'details' },
    make(
      'dl',
      {},
      figure('at', timeText(entry.queuedAt, 'T')),
      entry.operation && figure('operation', entry.operation),
      ...parts
        .filter(([part]) => entry.spans[part] !== undefined)
        .map(([part, text]) => figure(text, millisecondsText(entry.spans[part]))),
      figure('outcome', `${outcomeText(entry)}${entry.deferred ? ', deferred' : ''}`),
    ),
    entry.changes.length > 0 &&
      make(
        'ul',
        { className: 'changes', ariaLabel: 'Rows changed' },
        ...entry.changes.map((change) => showChange(change, entry.guild)),
        entry.changesMore > 0 && make('li', { textContent: `and ${entry.changesMore} more rows` }),
      ),
  );

/** The element of an entry: a button with its bar, which shows and hides the details. */
export const showEntry = (entry) => {
  const line = make(
    'button',
    { type: 'button', className: `work ${entry.state}`, tabIndex: -1, ariaExpanded: 'false' },
    make('strong', { textContent: entry.who }),
    ' ',
    make('span', { className: 'name', textContent: entry.name }),
    ' ',
    make('span', { className: 'rows', textContent: entry.rows > 0 ? `Δ${entry.rows}` : '' }),
    ' ',
    make('span', {
      className: 'total',
      textContent: entry.state === 'unanswered' ? 'no answer' : millisecondsText(entry.total),
    }),
    barOf(entry),
    make('span', { className: 'unseen', textContent: ` ${figuresOf(entry)}` }),
  );
  const element = make('li', {}, line);
  line.addEventListener('click', () => {
    const open = element.querySelector('.details');
    line.ariaExpanded = String(!open);
    if (open) open.remove();
    else element.append(detailsOf(entry));
  });
  return element;
};
