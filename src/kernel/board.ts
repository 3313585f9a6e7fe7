import type { Collection } from './collection.ts';
import type { Query } from './context.ts';
import type { Dotted, MemberId } from './ids.ts';

/** A member's place on a board. */
export interface Standing {
  readonly member: MemberId;
  /** Shown instead of the member, where what they own stands on the board: the name of their in-game guild. */
  readonly shown?: string;
  /** A safe integer; higher stands before lower. */
  readonly score: number;
}

/** A ranking of members that a feature adds to `/leaderboard`. */
export interface Board {
  /** One lower-case word, as members type it. */
  readonly name: string;
  readonly title: Dotted;
  /** The words of one score, with the argument `score`. */
  readonly line: Dotted;
  /** The standings from place `from` (0 is the highest), at most `limit` (1 to 200). */
  readonly standings: (query: Query, from: number, limit: number) => readonly Standing[];
  /** The place of a member, 0 the highest; `undefined` when they are not on the board. */
  readonly placeOf: (query: Query, member: MemberId) => number | undefined;
}

/** Declares a board over an ordering that a collection keyed by member keeps sorted: neither question is a scan. */
export const board = <V, O extends string, T extends string>(spec: {
  readonly name: string;
  readonly title: Dotted;
  readonly line: Dotted;
  readonly rows: Collection<V, readonly ['member'], O, T>;
  readonly ordering: NoInfer<O>;
}): Board => ({
  name: spec.name,
  title: spec.title,
  line: spec.line,
  standings: (query, from, limit) =>
    query.top(spec.rows, spec.ordering, from, limit).map(([[member], score]) => ({ member, score })),
  placeOf: (query, member) => query.rank(spec.rows, spec.ordering, [member]),
});
