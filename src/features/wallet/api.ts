// What other features may use of the wallet. Balances change through `book` alone.
export { type Account, begin } from './account.ts';
export { coinsField, colors, mention, relativeTime } from './cards.ts';
export { oweNobody, serveIncome } from './debt.ts';
export { entryKind } from './entries.ts';
export { type FundsSplit, splitFunds, takeFunds } from './funds.ts';
export { entriesOf } from './history.ts';
export { moneyOf, sweepMembers } from './members.ts';
export { type Booking, book, give, take } from './money.ts';
export { type Cooldown, cooldownsOf, reservedCoins, type Statistic, statisticsOf } from './points.ts';
export { refuseReserved } from './reserve.ts';
export { daysBetween, utcDay } from './rules.ts';
export {
  closeVault,
  coinsOfVault,
  openVault,
  placeOfVault,
  richestVaults,
  type VaultPosting,
  vaultsHold,
} from './vaults.ts';
