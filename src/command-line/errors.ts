/** What a command cannot do, and why: one line for people. Nothing was changed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
