/**
 * What comes back of a stake on average to somebody who plays every hand in the best way there is, knowing all cards
 * that were shown: the whole game tree over a fresh deck, weighed exactly. Too long to work out while a member waits, so
 * it stands here; `test/features/casino/returns.test.ts` works it out from the rules and compares.
 */
export const blackjackReturn = 0.996_665_084_037;
