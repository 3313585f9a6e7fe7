const dayMs = 24 * 60 * 60_000;

/** What can be borrowed, in ten-thousandths of what a member is worth. */
export const limitShare = 11_000;
/** The least that is lent. */
export const loanMin = 100;

/** Instalments of a loan, and the time between two of them. */
export const instalments = 4;
export const instalmentMs = 7 * dayMs;
/** A member who wants to hear of it is reminded so long before an instalment is due. */
export const remindMs = dayMs;

/** Of what was owed at first, in ten-thousandths: where the outstanding part comes to so much, it becomes a debt. */
export const conversionShare = 15_000;
/** For so long nothing is lent to whoever did not pay a loan back. */
export const defaultBlockMs = 14 * dayMs;

/** Days whose closing worth makes the average that limits a loan. */
export const recordDays = 7;
/** Entries of a member's ledger that are read back for days before their record began. */
export const recordEntriesMax = 500;
/** A record that its member has had no use for in so long is dropped. */
export const recordIdleMs = 60 * dayMs;

/** Most members of a guild that can have a record: as many as can have an account. */
export const recordsMax = 2_000_000;
