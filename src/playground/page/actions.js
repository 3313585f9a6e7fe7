// What a member does, and what is told when no message says it.
import { ask } from './api.js';
import { readControls } from './controls.js';
import { openModal } from './modal-form.js';
import { notice } from './notice.js';
import { place } from './world.js';

/** What to tell about an answer that is no message; nothing when there was one. */
const answerProblem = ({ answered, deferred, interactionId }) => {
  if (answered || interactionId === undefined) return undefined;
  return deferred ? 'The bot has taken it, but has shown nothing yet.' : 'The bot did not answer within three seconds.';
};

/**
 * The member does something in the server (`path` is the end of the route) and the outcome is shown: a form opens,
 * a refusal or silence is told. `opener` is the id of the element that gets the focus back from a form.
 */
export const act = async (path, body, opener) => {
  notice('Waiting for the bot…', 'busy');
  try {
    const answer = await ask('POST', `/guilds/${place.guild}/${path}`, { user: place.member, ...body });
    const problem = answerProblem(answer);
    notice(problem ?? '', problem ? 'error' : 'done');
    if (answer.modal) openModal(answer.modal, opener);
    if (problem) await readControls();
  } catch (error) {
    notice(error.message, 'error');
  }
};
