/**
 * What comes back of a stake on average to somebody who plays every hand in the best way there is, knowing all cards
 * that were shown: the whole game tree over a fresh deck, weighed exactly. Too long to work out while a member waits, so
 * it stands here; `test/features/casino/returns.test.ts` works it out from the rules and compares.
 */
export const blackjackReturn = 0.998_804_322_324;

/** The same for somebody who is told of what kind the hidden card is, and is paid less for a win that comes of it. */
export const hintedReturn = 0.998_628_730_459;

/**
 * How much of it is profit and loss, in stakes of the bet. Things that add to profits change little of the best play, so
 * that these are a little more than they are without; the same test plays it all through with what is added.
 */
export const blackjackEdge = { returns: blackjackReturn, profit: 0.53, loss: 0.53 } as const;
