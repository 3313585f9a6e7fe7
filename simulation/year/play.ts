// What every way to play is made of.
import type { MemberId } from '../../src/kernel/ids.ts';
import type { Hour } from './hour.ts';

/** What a member does each time they are there. */
export type Play = (hour: Hour) => Promise<void>;

/** What a member is given when they begin. */
export interface Beginner {
  readonly member: MemberId;
  /** Their number among those of their strategy, from 0. */
  readonly place: number;
  /** Everybody in the server but themselves. */
  readonly others: readonly MemberId[];
  /** Further accounts of the same person. */
  readonly alternates: readonly MemberId[];
}

/** A way to play. */
export interface Strategy {
  readonly name: string;
  /** Of 200 members, how many play so. */
  readonly share: number;
  /** Times a day that they are there, and how likely each time is. */
  readonly timesADay: number;
  readonly presence: number;
  /** Accounts of the same person beside their own. */
  readonly alternates?: number;
  readonly begin: (beginner: Beginner) => Play;
}

/** How somebody is named in a command. */
export const person = (id: MemberId) => ({ id, bot: false, present: true });

interface Confirmation {
  readonly offer: { readonly price: number };
  readonly number: number;
}

/** Buys through the shop's card: chooses, then confirms. */
export const buyItem = async (hour: Hour, item: string, count = 1): Promise<boolean> => {
  const asked = await hour.act<Confirmation>('shop.count', { by: hour.member, item, count });
  if (asked === undefined) return false;
  const { offer, number } = asked;
  const confirmed = { by: hour.member, i: item, n: count, p: offer.price, t: number };
  return (await hour.act('shop.buy', confirmed)) !== undefined;
};
