/** Entries of their ledger that a member is shown. */
export const entriesShown = 100;

/** Bookings kept in one guild. Beyond, each new one takes the place of the oldest. */
export const bookingsMax = 1_000_000;

/** Entries on one page of `/bank history`. */
export const historyPageEntries = 10;

/** Members one debtor may owe at the same time. */
export const creditorsMax = 25;

/** Most accounts of one guild. Discord's largest servers have some millions of members, and not all of them play. */
export const accountsMax = 2_000_000;

/** Most purses of one guild that belong to no one member. */
export const vaultsMax = 200_000;

/** Streak of daily claims, in ten-thousandths of the daily amount: what each day after the first adds, and at most. */
export const streakStep = 500;
export const streakBonusMax = 5_000;
/** Days that may be missed without losing the streak. */
export const streakGraceDays = 1;

/** Time between two weekly claims. */
export const weeklyIntervalMs = 7 * 24 * 60 * 60_000;

/** The least a bank must hold to bring interest. */
export const interestBankMin = 200;
/** Days of interest that are paid at most after the bot was down. */
export const interestDaysMax = 7;

/** The least a successful robbery takes, where the robber's share of the wallet allows as much. */
export const robCoinsMin = 50;
/** What items and the like can add to the chance of a robbery, and the bounds of the chance with them; ten-thousandths. */
export const robPointsMax = 5_000;
export const robChanceMin = 500;
export const robChanceMax = 8_000;

/** For so long a change of the passive mode lasts, and nobody becomes passive after trying to rob. */
export const passiveRestMs = 24 * 60 * 60_000;

/** Somebody who has not used their wallet for this long cannot be robbed. */
export const robInactiveMs = 30 * 24 * 60 * 60_000;

/** Requests for coins that a member may have open, and the characters of a request's note. */
export const requestsOpenMax = 3;
export const requestNoteCharactersMax = 100;

/** Days that the staff's charts of coins made and unmade reach back, the present one included. */
export const flowDays = 30;
/** Rows of those charts: one for each day and kind of entry. */
export const flowsMax = 20_000;
