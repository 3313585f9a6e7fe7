/** Time between two cracks of the whip by one member. */
export const whipCooldownMs = 5_000;
/** Most members of a guild that can have been to the tavern. */
export const guestsMax = 2_000_000;
