const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** Characters of a guild's name. */
export const nameCharactersMin = 3;
export const nameCharactersMax = 32;
/** Characters that may be typed where a name is asked for: blanks in a row and wide forms are folded after that. */
export const typedNameCharactersMax = 64;

/** Most in-game guilds of one server, and members of them all together: as many as can have an account. */
export const clansMax = 100_000;
export const membershipsMax = 2_000_000;
/** The most members that `guild.max_members` can allow one guild. */
export const clanMembersMax = 500;

/** How long an invitation and a request to join are open, and how long somebody who was denied cannot ask again. */
export const invitationMs = dayMs;
export const applicationMs = 72 * hourMs;
export const denialMs = dayMs;
/** Invitations and requests that one guild may have open. */
export const invitationsOpenMax = 25;
export const applicationsOpenMax = 100;

/** What owner and officers may withdraw a day beyond their own contributions, in ten-thousandths of the treasury. */
export const ownerDailyShare = 2_500;
export const officerDailyShare = 0;

/** A lock is over after this long, should the job that ends it not have run: from Saturday's first minutes to Sunday's last. */
export const lockMaxMs = 2 * dayMs;

/** Weeks of interest that are paid at most after the bot was down. */
export const interestWeeksMax = 2;
/** Members whose interest one step of the job reckons before others get their turn; a guild's are reckoned in one. */
export const interestStepMembers = 200;

/** What members of one of the richest guilds have of it, in ten-thousandths. */
export interface Perks {
  /** Off the shop's prices. */
  readonly discount: number;
  /** Added to a day's interest of their banks. */
  readonly interest: number;
  /** Off the chance that a robbery of them succeeds. */
  readonly guard: number;
  /** Added to what a won round of the casino brings above its stake. */
  readonly profit: number;
}

/** Perks by the place of the treasury, the first the richest. */
export const perksByPlace: readonly Perks[] = [
  { discount: 1_000, interest: 20, guard: 1_500, profit: 500 },
  { discount: 500, interest: 10, guard: 1_000, profit: 300 },
  { discount: 300, interest: 5, guard: 500, profit: 200 },
];
/** From so many members on perks are so much larger. */
export const largeClanMembers = 10;
export const largeClanPercent = 120;

/** What a treasury holds from each level on, beginning with level 1. */
export const levelTreasuries: readonly number[] = [0, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

/** Clans, of up to 500 members each, that one step mends after a reset was undone. */
export const mendStepClans = 5;

/** An owner who left the server this long ago is followed by another. */
export const ownerGoneMs = 14 * dayMs;

/** Guilds on a list and on `/guild top`, members on a page, requests on a page, contributors on a card. */
export const listedClans = 10;
export const pageMembers = 20;
export const pageRequests = 8;
export const shownContributors = 15;
/** Choices that Discord shows at once. */
export const choicesMax = 25;
