import type { Messages } from '../../kernel/text.ts';

/** Words of loans. */
export const messages = {
  'economy.loans.title': 'Loan',
  'economy.loans.figure': 'Loans',
  'economy.loans.lent': '{loans, number}, with {coins, number} coins outstanding',
  'economy.loans.made': '{paid, number} of {all, number}',
  'economy.loans.weeks': '{weeks, plural, one {# week} other {# weeks}}',

  'economy.loans.limit.describe': 'See how much you may borrow',
  'economy.loans.limit.title': 'What you may borrow',
  'economy.loans.limit.about':
    'The limit follows from what you are worth: wallet and bank, less what you owe. What counts is the lower of now and the average of the last days.',
  'economy.loans.limit.explain':
    'You may borrow {share, number}% of what you are worth, {most, number} coins at most. What counts is wallet and bank less everything you owe: now, or on average at the end of the last {days, number} days where that is less, so that coins which you hold for an hour count little. Days before you first looked here are read from your history; where that is too short they count as nothing.',
  'economy.loans.take.describe': 'Borrow coins, to be paid back in four weekly instalments',
  'economy.loans.take.amount': 'How many: 250, 1,000, all or half of what you may borrow',
  'economy.loans.take.explain':
    'Lends you {least, number} coins or more. {fee, plural, =0 {There is no fee.} other {{fee, number}% of it is added to what you owe.}} It is paid back in {instalments, number} instalments, one a week. Each missed week adds {percent, number}% of what is outstanding. Where that comes to {lost, number}% of what you owed at first, all of it becomes a debt, and nothing is lent to you for {block, number} days. While you owe, you can give away only what you have beyond it.',
  'economy.loans.pay.describe': 'Pay an instalment of your loan, or more',
  'economy.loans.pay.amount': 'How many; one instalment if left out',
  'economy.loans.pay.explain':
    'Pays from your wallet and then your bank. A whole instalment or more puts the next one off to a week from now and forgives missed weeks, though not what they have cost. Less than that makes the loan smaller and nothing else. More than you owe is never taken.',
  'economy.loans.status.describe': 'See how your loan stands',

  'economy.loans.taken':
    'You borrowed **{coins, number}** coins.{fee, plural, =0 {} other { A fee of {fee, number} is added to what you owe.}}',
  'economy.loans.rules':
    'Each missed week adds {percent, number}% of what is outstanding. Where that comes to {lost, number}% of what you owed at first, all of it becomes a debt.',
  'economy.loans.paid': 'You paid **{coins, number}** {coins, plural, one {coin} other {coins}}.',
  'economy.loans.spared': 'You owed no more than that: {coins, number} of what you offered stayed with you.',
  'economy.loans.over': 'Your loan is paid back.',
  'economy.loans.part':
    'That was less than an instalment: you owe less, but {coins, number} are still due at the same time.',
  'economy.loans.cleared': 'The weeks you missed are forgiven. What they cost stays.',
  'economy.loans.lost':
    'Too many weeks were missed: your loan has become a debt, which /balance pays from what you have.',
  'economy.loans.no-loan': 'You have no loan. See what you may borrow with /loan limit.',

  'economy.loans.off': 'Nothing is lent in this server.',
  'economy.loans.open':
    'You have a loan already, with {coins, number} coins outstanding. Pay it back first: /loan pay.',
  'economy.loans.debt':
    'You owe {coins, number} coins, and nothing is lent to debtors. /balance pays debts from what you have.',
  'economy.loans.blocked': 'You did not pay a loan back, so nothing is lent to you for a while. Ask again {at}.',
  'economy.loans.below': 'The least that is lent is {least, number} coins. You may borrow up to {limit, number}.',
  'economy.loans.above':
    'You may borrow up to {limit, number} coins: you are worth {worth, number} now, and {average, number} on average over the last days. Where that is too little, it grows by the day.',
  'economy.loans.none': 'You have no loan to pay back.',
  'economy.loans.nothing': 'That comes to no coins at all. Say how many, or leave the amount out for one instalment.',
  'economy.loans.poor':
    'That takes {coins, number} coins. Your wallet holds {wallet, number} and your bank {bank, number}, which is {missing, number} too few.',
  'economy.loans.reserved':
    'You have borrowed, and {coins, number} coins of what you have must stay with you until the loan is paid back. You can give away {spare, number}.',

  'economy.loans.notice.due': 'An instalment of **{coins, number}** coins of your loan is due {at}. /loan pay pays it.',
  'economy.loans.notice.missed':
    'An instalment of your loan was due {at}, and another week without it has passed. You now owe **{coins, number}** coins.',
  'economy.loans.notice.lost':
    'Your loan was not paid back, so the **{coins, number}** coins that were outstanding are a debt now.',
  'economy.loans.notice.where': 'This is about https://discord.com/channels/{guild}.',

  'economy.field.loan-worth': 'Worth now',
  'economy.field.loan-average': 'Average of the last days',
  'economy.field.loan-limit': 'Limit',
  'economy.field.loan-available': 'You may borrow',
  'economy.field.loan-lent': 'Borrowed',
  'economy.field.loan-original': 'Owed at first',
  'economy.field.loan-outstanding': 'Outstanding',
  'economy.field.loan-instalment': 'Next instalment',
  'economy.field.loan-due': 'Due',
  'economy.field.loan-made': 'Instalments paid',
  'economy.field.loan-missed': 'Missed',
  'economy.field.loan-lost': 'Becomes a debt at',

  'economy.cooldown.loan': 'Next loan',

  'economy.entry.loan-taken': 'Borrowed',
  'economy.entry.loan-paid': 'Loan paid back',
  'economy.entry.loan-converted': 'Loan that became a debt',

  'economy.setting.loan-enabled': 'Whether coins are lent',
  'economy.setting.loan-max': 'Most coins that are lent to one member',
  'economy.setting.loan-fee': 'What a loan costs, as a share of it that is added to what is owed',
  'economy.setting.loan-rate-missed': 'What each missed week adds, as a share of what is outstanding of a loan',
} satisfies Messages;
