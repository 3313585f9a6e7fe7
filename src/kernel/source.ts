/**
 * The function that a source is the code of; it may name `constants`. For what is declared in the program alone: what
 * comes from outside is never part of a source.
 */
export const functionOf = <F>(source: string, constants: Readonly<Record<string, unknown>>): F => {
  // As constants, and not as parameters, the engine puts them where they are used.
  const body = `const { ${Object.keys(constants).join(', ')} } = constants; return ${source};`;
  // oxlint-disable-next-line typescript/no-implied-eval -- as zod does: the engine is told the names of properties, and has not to look for them.
  return new Function('constants', body)(constants) as F;
};

/** A function that is made when it is first called: what a bot declares is more than what it uses while it runs. */
export const atFirstUse = <A, R>(make: () => (given: A) => R): ((given: A) => R) => {
  let made: ((given: A) => R) | undefined;
  return (given) => {
    made ??= make();
    return made(given);
  };
};
