// What happens in the local Discord, as it happens.
import { notice, safely } from './notice.js';

const messageEvents = ['message.create', 'message.update', 'message.delete'];
const reactionEvents = ['reaction.add', 'reaction.remove'];
const worldEvents = [
  'commands',
  'guild.create',
  'guild.delete',
  'guild.outage',
  'member.add',
  'member.remove',
  'member.roles',
  'role',
  'role.delete',
];

/**
 * Follows the stream: `onConnect` whenever it begins (what was missed is to be read), `onMessage(event)` for each
 * message made, changed or deleted, `onReaction` for reactions, `onWorld` when servers, members or commands changed.
 */
export const follow = ({ onConnect, onMessage, onReaction, onWorld }) => {
  const stream = new EventSource('/sim/events');
  let isLost = false;
  stream.addEventListener('open', () => {
    if (isLost) notice('Connected again.');
    isLost = false;
    return safely(onConnect)();
  });
  stream.addEventListener('error', () => {
    isLost = true;
    notice('The connection to the local Discord is lost; trying again…', 'error');
  });
  for (const type of messageEvents) {
    stream.addEventListener(
      type,
      safely(({ data }) => onMessage(JSON.parse(data))),
    );
  }
  for (const type of reactionEvents) stream.addEventListener(type, safely(onReaction));
  for (const type of worldEvents) stream.addEventListener(type, safely(onWorld));
};
