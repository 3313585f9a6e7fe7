// What other features may use of the wallet. Balances change through `book` alone.
export { type Account, begin } from './account.ts';
export { type ServedIncome, serveIncome } from './debt.ts';
export { type EntryKind, entryKind } from './entries.ts';
export { type FundsSplit, splitFunds, takeFunds } from './funds.ts';
export { type Booking, book, give, type Posting, type Purse, take } from './money.ts';
