import type { Mutation, Query } from './context.ts';
import type { Dotted, MemberId } from './ids.ts';
import type { Field } from './reply.ts';
import type { Text } from './text.ts';

declare const sealed: unique symbol;

/** What a section shows of a member. */
export interface ProfilePart {
  /** A line above the fields. */
  readonly notice?: string;
  /** At most 25. */
  readonly fields: readonly Field[];
}

interface ProfileSectionSpec<V> {
  /** One lower-case word, as members type it; different from every other section's. */
  readonly name: string;
  /** Lower ones stand first. */
  readonly order: number;
  readonly title: Dotted;
  /** What everybody may see of a member; `undefined` where there is nothing to show. */
  readonly read: (query: Query, member: MemberId) => V | undefined;
  /** What a member sees of themselves, where that is more or looking changes something; as `read` where left out. */
  readonly readOwn?: (mutation: Mutation) => V | undefined;
  /** Pure: turns the value into words. What a member shows of themselves may be read by everybody. */
  readonly view: (value: NoInfer<V>, text: Text) => ProfilePart;
}

/** What a feature adds to `/profile`. */
export interface ProfileSection {
  readonly name: string;
  readonly order: number;
  readonly title: Dotted;
  readonly [sealed]: 'profile section';
}

/** A section whose type has been forgotten. */
export interface AnyProfileSection {
  readonly name: string;
  readonly order: number;
  readonly title: Dotted;
  readonly read: (query: Query, member: MemberId) => unknown;
  readonly readOwn?: (mutation: Mutation) => unknown;
  readonly view: (value: never, text: Text) => ProfilePart;
}

/** Declares a section. */
export const profileSection = <V>(spec: ProfileSectionSpec<V>): ProfileSection => spec as unknown as ProfileSection;

/** What `/profile` sees behind a section. */
export const openProfileSection = (section: ProfileSection): AnyProfileSection =>
  section as unknown as AnyProfileSection;
