// What other features may use of the wallet. Balances change through `book` alone.
export { type Account, begin, ensureAccount } from './account.ts';
export { setBanned } from './bans.ts';
export { coinsField, colors, mention, relativeTime } from './cards.ts';
export { type Correction, type Corrections, correct, planCorrections } from './correction.ts';
export { canOwe, owe, oweNobody, serveIncome } from './debt.ts';
export { entryKind, entryText } from './entries.ts';
export { exactAmountOption } from './exact-amount.ts';
export { type Flows, flowsOf } from './flows.ts';
export { type FundsSplit, splitFunds, takeFunds } from './funds.ts';
export { bookingsSince, entriesOf, type HistoryEntry, historyOf } from './history.ts';
export { accountOf, guildMoneyOf, moneyOf, sweepMembers } from './members.ts';
export { type Booking, book, give, take } from './money.ts';
export {
  type Cooldown,
  cooldownsOf,
  economyLeaving,
  economyReturned,
  interestPoints,
  memberControls,
  type RewardBonus,
  type RobPoints,
  reservedCoins,
  rewardBonuses,
  rewardGranted,
  robberyEnded,
  robPoints,
  type Statistic,
  statisticsOf,
  statusFigures,
  vaultCorrected,
  worthBeside,
} from './points.ts';
export { bettingFunds } from './preferences.ts';
export { refuseReserved, spareOf } from './reserve.ts';
export { isFrozen, refuseAtRest } from './rest.ts';
export { bonusOver } from './reward.ts';
export { countMovedRows } from './rows-moved.ts';
export { daysBetween, utcDay } from './rules.ts';
export { dailyAmount, economyFrozen, weeklyAmount } from './settings.ts';
export { type Undoing, undoBookings, undoingOf } from './undoing.ts';
export {
  closeVault,
  coinsOfVault,
  lowestOfVault,
  markVault,
  openVault,
  placeBySteadiness,
  placeOfVault,
  richestVaults,
  steadiestVault,
  type VaultPosting,
} from './vaults.ts';
