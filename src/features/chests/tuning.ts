/** What a mimic takes of the chest's price, in ten-thousandths. */
export const mimicShare = 3_000;

/** Chests that are opened at once at most. */
export const opensMax = 10;

/** Most members of a guild that can open chests: as many as can have an account. */
export const openersMax = 2_000_000;
