/** A promise of the runtime was broken: what the simulation is there to find. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** Which promise. */
  readonly oracle: string;
  constructor(oracle: string, what: string) {
    super(`${oracle}: ${what}`);
    this.oracle = oracle;
  }
}

/** A value as text for people, cut to what a line can hold. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner instanceof Uint8Array) return Buffer.from(inner).toString('hex');
    return inner;
  });
  return text === undefined ? 'nothing' : text.slice(0, 600);
};

/** The first violation of a run, also where whoever caused it catches what is thrown. */
export interface Findings {
  /** Notes a broken promise, and gives it to be thrown. */
  readonly broken: (oracle: string, what: string) => Violation;
  readonly first: () => Violation | undefined;
}

/** Nothing found yet. */
export const openFindings = (): Findings => {
  let first: Violation | undefined;
  return {
    broken: (oracle, what) => {
      const violation = new Violation(oracle, what);
      first ??= violation;
      return violation;
    },
    first: () => first,
  };
};
