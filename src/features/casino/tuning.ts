/** The games of the casino, in the order they are listed. */
export const games = ['slots', 'coinflip', 'roulette', 'blackjack', 'crash'] as const;
export type Game = (typeof games)[number];

/** What is counted for a member: the games, and what they bet on elsewhere by the casino's limits. */
export const countedGames = [...games, 'ratrace'] as const;
export type CountedGame = (typeof countedGames)[number];

/** Time between two bets of a member at a game. */
export const cooldownsMs = {
  slots: 3_000,
  coinflip: 15_000,
  roulette: 5_000,
  blackjack: 20_000,
  crash: 15_000,
} as const satisfies Record<Game, number>;

/** The bet of `/casino slots` where none is said, and of its preset button. */
export const slotsBet = 10;
export const slotsPreset = 50;

/** Bets on the crash round of a channel are taken for so long, from so many members. */
export const crashJoinMs = 15_000;
export const crashPlayersMax = 20;
/** Time between two pictures of a curve that rises, and between two edits of a card: Discord takes five edits in 5 s. */
export const crashEditMs = 2_000;
/** A curve that nobody has looked after for longer was left alone: the bot was away. */
export const crashAwayMs = 10_000;
/** A round whose start was missed by more than this does not take place. */
export const crashLateMs = 60_000;
/** Channels whose next seed is kept, and rounds of channels that can be verified. */
export const crashTablesKept = 200;
/** Most channels with a table: rounds on their way keep theirs. */
export const crashTablesMax = 400;
export const crashRoundsKept = 200;

/** A hand of blackjack that nobody plays on for this long stands. */
export const handIdleMs = 5 * 60_000;

/** A payout of so many stakes is announced, however small. */
export const announcedMultiple = 50;

/** Most members of a guild that can play: as many as can have an account. */
export const playersMax = 2_000_000;

/** Rounds of a member that can be verified by their number, and seeds that were revealed. */
export const roundsKept = 100;
export const revealedKept = 20;

/** Hours after which a member's looser limit counts. A stricter one counts at once. */
export const looserAfterHours = 24;
/** The longest time a member can keep themselves out of the casino, in hours: a year. */
export const coolOffHoursMax = 8_760;

/** Coins of a payout from which other servers are told, where both want it: whatever a server's own threshold is. */
export const sharedWinMin = 25_000;
/** Wins that other servers see: the newest ones. */
export const sharedWinsKept = 5;
/** Time between two wins that a server tells others, at least. */
export const sharedTellMs = 10 * 60_000;
/** Time between two versions of what servers told, at least: whatever the number of servers. */
export const sharedPublishMs = 60_000;
/** Time between two looks of a server at what others told, each of which posts at most once. */
export const sharedLookMs = 15 * 60_000;
/** A server in which nobody has played for this long looks no more until somebody plays. */
export const sharedListenMs = 24 * 60 * 60_000;
