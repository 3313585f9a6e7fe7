import type { Mutation } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import type { Person } from '../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type AnyProfileSection, openProfileSection, type ProfileSection } from '../../kernel/profile.ts';

/** The sections that features declare, when asked. */
export type AllSections = () => readonly ProfileSection[];

/** A member's profile. */
export interface Profile {
  readonly member: MemberId;
  readonly own: boolean;
  /** Whether everybody in the channel sees it. */
  readonly public: boolean;
  /** What each section shows, by its name; without those that have nothing to show. */
  readonly parts: readonly { readonly section: string; readonly value: unknown }[];
}

/** What a member asked to see. */
export interface ProfileWish {
  readonly member: Person | undefined;
  readonly section: string | undefined;
  readonly public: boolean | undefined;
}

/** The sections in the order they are shown. */
export const sectionsInOrder = (all: AllSections): readonly AnyProfileSection[] =>
  all()
    .map(openProfileSection)
    .toSorted((left, right) => left.order - right.order);

/** Why somebody cannot be looked at. */
const refuseOther = (other: Person, wish: ProfileWish): Outcome<never> | undefined => {
  if (wish.public === true) return refuse('core.profile.not-yours');
  if (other.bot) return refuse('core.profile.bot');
  return other.present ? undefined : refuse('core.profile.absent');
};

/** Reads a profile; of oneself, what looking changes is changed first, so that all sections show how it is then. */
export const readProfile = (m: Mutation, all: AllSections, wish: ProfileWish): Outcome<Profile> => {
  const other = wish.member !== undefined && wish.member.id !== m.actor.member ? wish.member : undefined;
  const refused = other && refuseOther(other, wish);
  if (refused) return refused;
  const sections = sectionsInOrder(all);
  const wanted = wish.section?.trim().toLowerCase();
  const chosen = wanted === undefined ? sections : sections.filter(({ name }) => name === wanted);
  if (wanted !== undefined && chosen.length === 0) {
    return refuse('core.profile.no-section', { names: sections.map(({ name }) => name).join(', ') });
  }
  const member = other?.id ?? m.actor.member;
  const own = new Map(other ? [] : chosen.map((section) => [section.name, section.readOwn?.(m)] as const));
  const parts = chosen
    .map(({ name, read, readOwn }) => ({
      section: name,
      value: other || readOwn === undefined ? read(m, member) : own.get(name),
    }))
    .filter(({ value }) => value !== undefined);
  return done({ member, own: other === undefined, public: wish.public ?? false, parts });
};
