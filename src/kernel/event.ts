import type { Mutation } from './context.ts';
import type { Dotted, Frozen } from './ids.ts';
import type { Outcome } from './outcome.ts';

declare const payload: unique symbol;

/** Something that happened, told to the features that react to it. */
export interface Event<P> {
  readonly name: Dotted;
  readonly [payload]: (payload: P) => P;
}

/** A feature's answer to an event; a refusal refuses the whole operation. */
export interface Reaction {
  readonly event: Dotted;
  readonly run: (mutation: Mutation, payload: never) => Outcome<undefined>;
}

/** Declares an event by its name. */
export const event = <P>(name: Dotted): Event<P> => ({ name }) as Event<P>;

/** Declares what a feature does when an event of its own pack happens, within the same operation. */
export const reaction = <P>(
  on: Event<P>,
  run: (mutation: Mutation, payload: Frozen<P>) => Outcome<undefined>,
): Reaction => ({ event: on.name, run });
