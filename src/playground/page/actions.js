// What a member does, and what is told when no message says it.
import { ask } from './api.js';
import { openModal } from './modal-form.js';
import { notice } from './notice.js';
import { direct } from './world.js';

/** In the words of Discord's client. */
const silence = {
  commands: 'The application did not respond',
  modals: 'Something went wrong. Try again.',
  components: 'This interaction failed',
};
const busyAfterMs = 400;

/** Where a press or a choice goes: a direct message knows no server. */
const routeOf = (place, path) =>
  place.channel === direct ? `/direct-messages/${place.member}/${path}` : `/guilds/${place.guild}/${path}`;

/** Asks the control API that the member of a place does something: `path` is the end of the route. */
export const askAs = (place, path, body) =>
  ask('POST', routeOf(place, path), { ...(place.channel !== direct && { user: place.member }), ...body });

/**
 * The member of a pane does something (`path` is the end of the route) and the outcome is shown: a form opens, a
 * refusal or silence is told. `opener` is the id of the element that gets the focus back from a form.
 */
export const act = async (pane, path, body, opener) => {
  const { place } = pane;
  const busy = setTimeout(() => notice('Waiting for the bot…', 'busy'), busyAfterMs);
  try {
    const answer = await askAs(place, path, body);
    notice('');
    if (answer.modal) openModal(pane, answer.modal, opener);
    if (answer.interactionId && !answer.answered && !answer.deferred) notice(silence[path], 'error');
    return answer;
  } catch (error) {
    notice(error.message, 'error');
    return undefined;
  } finally {
    clearTimeout(busy);
  }
};
