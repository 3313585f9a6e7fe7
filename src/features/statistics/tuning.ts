/** How far back `/stats` reads what came and went: 30 days. */
export const moneyMs = 30 * 24 * 60 * 60_000;
/** The most entries of a member that it reads for that. */
export const moneyEntriesMax = 2_000;
/** Reminders that a member can have: more than there are things to wait for. */
export const remindersMax = 24;
/** Most members of a guild that can have some. */
export const reminderRowsMax = 1_000_000;
/** Buttons of one card. */
export const buttonsMax = 20;
