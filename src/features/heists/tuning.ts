const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** The least treasury that is worth a heist, and the least amount of one, in coins. */
export const targetMin = 1_000;
export const amountMin = 100;
/** What is gone for where no amount is named, in ten-thousandths of the target's treasury. */
export const shareUnnamed = 5_000;
/** What the attackers' own treasury must have held, in ten-thousandths of the amount. */
export const ownShare = 1_000;
/** What the team gets of the loot, in ten-thousandths. */
export const teamShare = 1_000;

/** Members of a team, whoever leads it included. */
export const teamMin = 2;
export const teamMax = 5;
/** How long a plan's card is good, and each step of putting a team together. */
export const planMs = minuteMs;
export const stepMs = 2 * minuteMs;
/** How long a phase of a team may last, how long somebody alone may think between two tasks. */
export const phaseMs = 10 * minuteMs;
export const idleMs = 3 * minuteMs;
/** How long a task is open; a reaction's is short. */
export const taskMs = minuteMs;
export const reactionMs = 8 * secondMs;
/** A deadline that is missed by more than this was missed by the bot and not by anybody who plays. */
export const lateMs = 5 * minuteMs;

export const phases = 3;
/** Progress of a phase, noise of a heist: both are percent. */
export const full = 100;
/** What a mistake of a team adds to the noise, and how many of them each phase allows. */
export const mistakeNoise = 20;
export const mistakesAllowed = 1;
export const mistakesAllowedMore = 2;
/** Guesses that a lock takes. */
export const lockTries = 3;

/** Heists that can be under way in one server, and how many are remembered when they are over. */
export const openMax = 1_000;
export const pastMax = 500;
/** Most clans that have a record, and members with figures: as many as there can be. */
export const recordsMax = 100_000;
export const robbersMax = 2_000_000;

/** Notes of what a treasury held: those of a weekend, and the one before. */
export const notesMax = 10;
/** How long the attackers' own treasury must have held its part, and how far back notes are kept. */
export const heldMs = 24 * 60 * minuteMs;
export const notesKeptMs = 3 * heldMs;

/** Lines on a page of `/heist log`, members on a page to choose from, heists that `/heist status` shows. */
export const pageLines = 10;
export const pageMembers = 20;
export const shownHeists = 5;
/** Members a guild can have: what bounds the pages to choose from. */
export const pickPagesMax = 25;
/** Characters of a guild's name as it may be typed. */
export const typedNameCharactersMax = 64;
