/** A rule of the program itself was broken: a bug, never a member's mistake. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws an `InvariantError` with the rule's sentence when it does not hold. Stays on in production. */
export function assert(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new InvariantError(`broken rule: ${rule}`);
}

/** For the end of an exhaustive switch: compiles only when every case was handled. */
export const unreachable = (value: never): never => {
  throw new InvariantError(`a case nobody handles: ${JSON.stringify(value)}`);
};
