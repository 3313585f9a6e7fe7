/** Actions of the staff that are kept. Beyond, each new one takes the place of the oldest. */
export const auditMax = 10_000;
/** Actions on one page of the audit. */
export const auditPageActions = 10;

/** Members who can be banned from one guild's economy at the same time. */
export const bansMax = 1_000;

/** Members who can be named in what is kept: as many as can have an account. */
export const namedMax = 2_000_000;

/** Characters of a reason. */
export const reasonCharactersMax = 200;

/** How far back "the last hour" of a member reaches. */
export const undoSpanMs = 60 * 60_000;
/** Bookings that are taken back at once, at most; and members whose coins that changes. */
export const undoBookingsMax = 500;
export const undoMembersMax = 100;

/** For how long the danger card of a reset can be confirmed, and its form be sent. */
export const dangerMs = 30_000;
export const dangerFormMs = 5 * 60_000;

/** For how long a reset can be undone. */
export const resetKeptMs = 7 * 24 * 60 * 60_000;
/** Rows that one step of a reset moves; the rows of one member go in one step, however many. */
export const resetStepRows = 50;
/** Rows that are kept of what was reset. */
export const resetRowsMax = 20_000_000;

/** Places of each board that a season keeps, and seasons that are kept. */
export const seasonPlaces = 10;
export const seasonsMax = 100;

/** Kinds of entries that the status lists among those that made and unmade most. */
export const flowsShown = 12;
