// Speaks with the control API (docs/simulator.md).

/** What the control API refused: a sentence with its code and, where it names one, the field. */
const refusalText = ({ code, message, field }) => `${message} (${field ? `${code}, ${field}` : code})`;

/** Asks the control API and gives its answer. Throws an `Error` with a sentence to show when it is refused or away. */
export const ask = async (method, path, body) => {
  const response = await fetch(`/sim${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error('The local Discord does not answer. Is it still running?');
  });
  const answer = await response.json().catch(() => {
    throw new Error(`The local Discord answered something unreadable (${response.status}).`);
  });
  if (!response.ok) throw new Error(answer.error ? refusalText(answer.error) : `Refused (${response.status}).`);
  return answer;
};

/** Runs a command whose answer leaves no trace in the channel, and gives the message. */
export const glance = async (guild, user, command, options = {}) => {
  const { message } = await ask('POST', `/guilds/${guild}/commands`, { user, command, options, kept: false });
  return message;
};
