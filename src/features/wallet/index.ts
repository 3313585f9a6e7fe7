import type { Feature } from '../../kernel/feature.ts';
import { boards } from './boards.ts';
import { balance, balanceCommand } from './commands/balance.ts';
import { deposit, depositCommand } from './commands/bank-deposit.ts';
import { bankHistory, bankHistoryCommand, turnHistory } from './commands/bank-history.ts';
import { bankOpen, bankOpenCommand, depositForm, withdrawForm } from './commands/bank-open.ts';
import { withdraw, withdrawCommand } from './commands/bank-withdraw.ts';
import { daily, dailyCommand } from './commands/daily.ts';
import { pay, payCommand } from './commands/pay.ts';
import { request, requestCommand } from './commands/request.ts';
import { rob, robCommand } from './commands/rob.ts';
import { weekly, weeklyCommand } from './commands/weekly.ts';
import { walletCooldowns } from './cooldowns.ts';
import { decayJob, decayWealth } from './decay.ts';
import { eraseMoney } from './erasing.ts';
import { interestJob, payInterest } from './interest.ts';
import { invariants } from './invariants.ts';
import { walletSection } from './look.ts';
import { walletPreferences } from './preferences.ts';
import { walletRemembrance } from './remembrance.ts';
import { acceptRequest, declineRequest, expireRequest } from './requests.ts';
import { keepRest } from './rest.ts';
import { robNotice } from './rob-card.ts';
import { settings } from './settings.ts';
import { accounts, debts, decays, flows, ledger, pauses, requests, supply, vaults } from './state.ts';
import { walletStatistics } from './statistics.ts';
import { messages } from './text.ts';

/** Wallets, banks and debts: everything that holds coins. */
export const wallet: Feature = {
  name: 'wallet',
  pack: 'economy',
  commands: [
    balanceCommand,
    dailyCommand,
    weeklyCommand,
    payCommand,
    requestCommand,
    robCommand,
    bankOpenCommand,
    depositCommand,
    withdrawCommand,
    bankHistoryCommand,
  ],
  operations: [
    balance,
    daily,
    weekly,
    pay,
    request,
    acceptRequest,
    declineRequest,
    expireRequest,
    rob,
    bankOpen,
    depositForm,
    withdrawForm,
    deposit,
    withdraw,
    bankHistory,
    turnHistory,
    payInterest,
    decayWealth,
  ],
  collections: [accounts, debts, ledger, requests, supply, vaults, flows, pauses, decays],
  reactions: [eraseMoney, keepRest],
  extensions: [walletStatistics, walletPreferences, walletCooldowns],
  settings,
  invariants,
  messages,
  boards,
  profile: [walletSection],
  jobs: [interestJob, decayJob],
  cards: [robNotice],
  remembrances: [walletRemembrance],
};
