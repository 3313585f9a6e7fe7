// One view: a person in a channel. Two of them side by side are the split view.
import { createComposer } from './composer.js';
import { avatar, icon, make } from './elements.js';
import { createLog } from './log.js';
import { channelOf, direct, memberOf, theBot } from './world.js';

let made = 0;

/** A pane at a place. `activate(pane)` is called when somebody works in it. */
export const createPane = (place, activate) => {
  made += 1;
  const head = make('header', { className: 'pane-head' });
  const element = make('section', { className: 'pane' });
  const pane = {
    id: `pane-${made}`,
    place,
    element,
    /** Makes the next message of this pane an answer. */
    reply: (message) => pane.composer.reply(message),
    /** Shows names and fields as they are now. */
    show: () => {
      const name = place.channel === direct ? theBot().name : (channelOf(place)?.name ?? '');
      const member = memberOf(place);
      element.ariaLabel = `${name} as ${member?.name ?? 'nobody'}`;
      head.replaceChildren(
        icon(place.channel === direct ? 'at' : 'hash'),
        make('h2', { textContent: name }),
        make(
          'span',
          { className: 'as' },
          'as ',
          member && avatar(member),
          make('strong', { textContent: member?.name ?? 'nobody' }),
        ),
      );
      pane.composer.show();
    },
    /** Shows another place, or the same anew. */
    go: async (change) => {
      const isOther = Object.entries(change).some(([key, value]) => place[key] !== value);
      Object.assign(place, change);
      if (isOther) pane.composer.clear();
      pane.show();
      await pane.log.read();
    },
  };
  pane.log = createLog(pane);
  pane.composer = createComposer(pane);
  element.append(
    head,
    make('div', { className: 'log-holder' }, pane.log.element, pane.log.jump),
    pane.composer.element,
  );
  element.addEventListener('focusin', () => activate(pane));
  element.addEventListener('pointerdown', () => activate(pane));
  return pane;
};
