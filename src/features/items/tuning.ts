/** The most of one item that a member can hold. */
export const itemCountMax = 1_000_000;

/** Most members of a guild that can own things: as many as can have an account. */
export const ownersMax = 2_000_000;

/** Lines on one page of `/inventory`. */
export const inventoryLines = 15;

/** Choices that a select takes: Discord's limit. */
export const choicesMax = 25;

/** Equipped items that `/profile` shows. */
export const profileItems = 5;
