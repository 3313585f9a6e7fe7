import type { Dotted, Scalar } from './ids.ts';

declare const sealed: unique symbol;

/** Arguments of a text: plain values only. */
export type TextArguments = Readonly<Record<string, Scalar>>;

/** What a handler gives back. Made only by `done` and `refuse`, so neither a promise nor nothing at all is one. */
export interface Outcome<T> {
  readonly [sealed]: T;
}

/** A refusal in the rules of the game: the text's key and its arguments. Leaves no trace in the rows. */
export interface Refusal {
  readonly refused: Dotted;
  readonly with: TextArguments;
}

/** The handler did its work; `value` goes to the view. */
export const done = <T = undefined>(value?: T extends PromiseLike<unknown> ? never : T): Outcome<T> =>
  ({ done: value }) as unknown as Outcome<T>;

/** The handler declines; nothing it did is kept and the member reads the text of `code`. */
export const refuse = (code: Dotted, args: TextArguments = {}): Outcome<never> =>
  ({ refused: code, with: args }) as unknown as Outcome<never>;

/** The two forms behind the seal, for the runtime. */
export type OpenOutcome = { readonly done: unknown } | Refusal;

/** Opens an outcome, or says that a handler returned something else. */
export const openOutcome = (outcome: Outcome<unknown>): OpenOutcome | undefined => {
  if (typeof outcome !== 'object' || outcome === null) return undefined;
  const open = outcome as unknown as OpenOutcome;
  return 'done' in open || 'refused' in open ? open : undefined;
};
