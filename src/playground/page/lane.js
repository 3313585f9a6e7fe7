// The lane of one actor: its work in the order in which it ran, the newest on top. One tab stop; arrows go along it.
import { make } from './elements.js';
import { lineOf, showEntry } from './work.js';

const keptMax = 250;
const scaleMinMs = 4;
/** The scale is that of these many newest; what is older and longer is cut. */
const scaledBy = 40;
/** What is left of a bar for the answer's way back. Where that takes longer, it is cut: the actor is what is shown here. */
const replyShare = 0.4;

/** A lane. `tell(text)` hears the figures of what is pointed at or has the focus; the empty text for nothing. */
export const createLane = (tell) => {
  const title = make('h3');
  const scale = make('span', { className: 'scale' });
  const figures = make('div', { className: 'figures' });
  const list = make('ol', { className: 'works' });
  const none = make('p', { className: 'hint none', textContent: 'Nothing yet.' });
  const element = make('section', { className: 'lane' }, make('header', {}, title, scale), figures, none, list);
  /** @type {any[]} The newest first. */
  const entries = [];
  const elements = new Map();
  let isShown = false;

  const buttonOf = (entry) => elements.get(entry)?.firstElementChild;
  const entryAt = (target) => {
    const item = target.closest?.('.works > li');
    return item && entries.find((entry) => elements.get(entry) === item);
  };
  const setScale = () => {
    const newest = entries.slice(0, scaledBy);
    const longest = Math.max(0, ...newest.map(({ total, spans }) => total - (spans.reply ?? 0)));
    const whole = Math.max(0, ...newest.map(({ total }) => total));
    const most = Math.max(scaleMinMs, Math.min(whole, longest / (1 - replyShare)));
    list.style.setProperty('--most', most);
    scale.textContent = entries.length > 0 ? `full bar = ${most.toFixed(most < 10 ? 1 : 0)} ms` : '';
  };
  const draw = (entry) => {
    const item = showEntry(entry);
    elements.set(entry, item);
    return item;
  };
  /** One of the lane's buttons is reached by Tab: the one that had the focus last, else the newest. */
  const settleTabStop = () => {
    none.hidden = entries.length > 0;
    if (!list.querySelector('[tabindex="0"]') && entries[0]) buttonOf(entries[0]).tabIndex = 0;
  };
  const focusOn = (entry) => {
    const button = entry && buttonOf(entry);
    if (!button) return;
    for (const other of list.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  };

  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -entries.length, End: entries.length }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = entries.indexOf(entryAt(event.target)) + step;
    focusOn(entries[Math.max(0, Math.min(at, entries.length - 1))]);
  });
  for (const kind of ['pointerover', 'focusin']) {
    list.addEventListener(kind, ({ target }) => {
      const entry = entryAt(target);
      if (entry) tell(lineOf(entry));
    });
  }
  for (const kind of ['pointerleave', 'focusout']) list.addEventListener(kind, () => tell(''));

  return {
    element,
    figures,
    /** The newest first. */
    entries: () => entries,
    /** Names the lane; a server may become known later than what its actor does. */
    setTitle: (text) => {
      title.textContent = text;
      element.ariaLabel = text;
      list.ariaLabel = `${text}: what its actor did, the newest first`;
    },
    /** When something last happened here, by the page's own counting. */
    usedAt: 0,
    /** Puts an entry in its place: work that ran earlier stands below. */
    add: (entry) => {
      const at = entries.findIndex((each) => each.at <= entry.at);
      const index = at === -1 ? entries.length : at;
      if (index >= keptMax) return;
      entries.splice(index, 0, entry);
      const gone = entries.length > keptMax ? entries.pop() : undefined;
      elements.get(gone)?.remove();
      elements.delete(gone);
      if (!isShown) return;
      list.insertBefore(draw(entry), elements.get(entries[index + 1]) ?? null);
      setScale();
      settleTabStop();
    },
    /** Draws an entry anew that has changed; one that is open stays open. */
    changed: (entry) => {
      const before = elements.get(entry);
      if (!before) return;
      const button = before.firstElementChild;
      const [isOpen, hasFocus, { tabIndex }] = [
        button.ariaExpanded === 'true',
        button === document.activeElement,
        button,
      ];
      const item = draw(entry);
      before.replaceWith(item);
      item.firstElementChild.tabIndex = tabIndex;
      if (isOpen) item.firstElementChild.click();
      if (hasFocus) item.firstElementChild.focus();
      setScale();
    },
    /** Draws what came while nobody looked. */
    show: () => {
      if (isShown) return;
      isShown = true;
      list.replaceChildren(...entries.map(draw));
      setScale();
      settleTabStop();
    },
    /** Draws nothing until it is shown again. */
    hide: () => {
      isShown = false;
      elements.clear();
      list.replaceChildren();
    },
  };
};
