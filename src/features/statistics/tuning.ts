/** Reminders that a member can have: more than there are things to wait for. */
export const remindersMax = 24;
/** Most members of a guild that can have some. */
export const reminderRowsMax = 1_000_000;
/** Buttons of one card. */
export const buttonsMax = 20;
