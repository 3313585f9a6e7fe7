/** Rats of a race, and the fields of its track. */
export const ratCount = 6;
export const fields = 20;
/** Each of a rat's three figures, in hundredths. */
export const figureMin = 40;
export const figureMax = 100;

/** In one race of so many a rat drops out, in one of these turns. */
export const dropOutOneIn = 5;
export const dropOutFirstTurn = 3;
export const dropOutLastTurn = 15;
/** Places that are paid; the race is over when so many rats are home. */
export const places = 3;
/** No race lasts longer: that three are not home by then is less likely than one in 10^40. */
export const turnsMax = 100;
export const turnMs = 2_000;
/** How often a card is edited at most while bets come in: five edits in 5 seconds are what Discord takes. */
export const editMs = 2_000;

/** What the places pay in proportion to each other, in tenths of the stake. */
export const payPattern = [50, 20, 15] as const;
/** What each rat returns, in thousandths: the factors are scaled to it. */
export const returned = 950;
/** Factors are in thousandths of the stake. */
export const factorUnits = 1_000;
/** The most that things of a member's add to a profit, in ten-thousandths, so that no race returns as much as it takes. */
export const bonusShareMax = 500;

export const bettorsMax = 50;
/** Races that are kept once they are over, so that they can be worked out again by their ids. */
export const racesKept = 200;
/** A lobby whose start was missed by more than this is closed and its bets returned. */
export const lateMs = 5 * 60_000;

/** Most members of a guild that can have bet: as many as can have an account. */
export const bettorRowsMax = 2_000_000;
