// What happens in the local Discord, as it happens. The browser connects again by itself when the stream breaks.
const kinds = {
  message: ['message.create', 'message.update', 'message.delete'],
  reaction: ['reaction.add', 'reaction.remove'],
  interaction: ['interaction'],
  inside: ['inside'],
  world: [
    'bot',
    'channel',
    'channel.delete',
    'clock',
    'commands',
    'guild.create',
    'guild.delete',
    'guild.outage',
    'member.add',
    'member.remove',
    'member.roles',
    'role',
    'role.delete',
  ],
};

/**
 * Follows the stream: `connected` whenever it begins (what was missed is to be read), `lost` when it breaks, and
 * `message`, `reaction`, `interaction`, `inside` and `world` with the event.
 */
export const follow = (listeners) => {
  const stream = new EventSource('/sim/events');
  stream.addEventListener('open', () => listeners.connected());
  stream.addEventListener('error', () => listeners.lost());
  for (const [kind, types] of Object.entries(kinds)) {
    for (const type of types) stream.addEventListener(type, ({ data }) => listeners[kind](JSON.parse(data)));
  }
};
