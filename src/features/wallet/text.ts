import type { Messages } from '../../kernel/text.ts';

/** Words of the wallet. */
export const messages = {
  'economy.coins': '{coins, plural, one {# coin} other {# coins}}',
  'economy.percent': '{percent, number}%',
  'economy.somebody': 'somebody',
  'economy.page': 'Page {page, number} of {pages, number}',
  'economy.page.newer': 'Newer',
  'economy.page.older': 'Older',

  'economy.statistic.transactions': 'Transactions',
  'economy.statistic.number': '{number, number}',

  'economy.preference.passive': 'Passive mode',
  'economy.preference.passive-about':
    'You rob nobody, and nobody robs you. A change lasts a day, and after an attempt to rob somebody you cannot switch it on for a day.',
  'economy.preference.wallet-only': 'Bets from the wallet alone',
  'economy.preference.wallet-only-about': 'Games and races take nothing from your bank.',
  'economy.preference.wallet-only-poor':
    'Your wallet holds {wallet, number}, which is {missing, number} too few, and you bet from it alone: /settings me changes that.',

  'economy.cooldown.daily': 'Daily reward',
  'economy.cooldown.weekly': 'Weekly reward',
  'economy.cooldown.rob': 'Robbery',

  'economy.field.wallet': 'Wallet',
  'economy.field.bank': 'Bank',
  'economy.field.total': 'Total',
  'economy.field.debt': 'Debt',
  'economy.field.base': 'Reward',
  'economy.field.received': 'Received',
  'economy.field.amount': 'Amount',
  'economy.field.until': 'Runs out',
  'economy.field.tax': 'Tax',
  'economy.field.chance': 'Chance of success',
  'economy.field.stolen': 'Stolen',
  'economy.field.debt-paid': 'Paid to debts',
  'economy.field.fine': 'Fine',
  'economy.field.from-wallet': 'From the wallet',
  'economy.field.from-bank': 'From the bank',
  'economy.field.new-debt': 'New debt',

  'economy.frozen':
    'The economy of this server is frozen by its staff, so no coins are moved for now. You can still look at everything.',
  'economy.banned':
    'The staff of this server have banned you from its economy. You can look at everything, but not move coins.',
  'economy.correction.spent':
    'Nothing was changed: <@{member}> has spent what would be taken back, and lacks {missing, number} of it.',
  'economy.correction.debt-paid':
    'Nothing was changed: <@{member}> has paid {missing, number} coins of the debt since. Take that payment back first.',
  'economy.correction.debt-full': 'Nothing was changed: <@{member}> owes as much, or as many, as can be kept.',
  'economy.correction.vault-spent':
    'Nothing was changed: {missing, number} of the coins that would be taken back are in the treasury no more.',
  'economy.correction.vault-gone': 'Nothing was changed: the treasury that it is of is no more.',
  'economy.correction.too-much': 'Nothing was changed: this is more money than can be moved at once.',
  'economy.money.full': 'Nothing was moved: <@{member}> cannot hold more than 1,000,000,000,000,000 coins.',
  'economy.money.vault-full': 'Nothing was moved: a treasury cannot hold more than 1,000,000,000,000,000 coins.',

  'economy.balance.describe': 'See what you or another member have',
  'economy.balance.member': 'Whose money to look at; yours if left out',
  'economy.balance.explain':
    'Shows wallet and bank. Looking at your own pays your debts first, from the wallet and then from the bank; looking at somebody else changes nothing and shows no debts.',
  'economy.balance.bot': 'Bots carry no coins. Choose a member instead.',
  'economy.balance.absent': 'That person is not in this server, so there is nothing of theirs to see here.',
  'economy.balance.title': 'Balance',
  'economy.balance.own': 'This is yours.',
  'economy.balance.of': 'This is what {member} has.',
  'economy.balance.collected': '**{coins, number}** of your debt has just been collected.',
  'economy.balance.debt':
    'You still owe **{coins, number}**. It is taken from what you earn, and from what you have each night and whenever you look here.',

  'economy.profile.title': 'Money',
  'economy.profile.collected':
    '**{coins, number}** of a debt {coins, plural, one {has} other {have}} just been collected.',

  'economy.reward.received': 'You received **{coins, number}** coins.',
  'economy.reward.bonus': 'That includes {coins, number} for {days, plural, one {# day} other {# days}} in a row.',
  'economy.reward.extra': 'That includes {coins, number} from {from}.',
  'economy.reward.debt': '{paid, number} of it went to your debts, {kept, number} to your wallet.',
  'economy.reward.next': 'The next one is ready {at}.',

  'economy.daily.describe': 'Claim your reward of the day',
  'economy.daily.explain':
    '{coins, number} coins, once each UTC day. Debts are paid from it first. {streak, select, on {Every day in a row adds {step, number}%, up to {most, number}%; one missed day is forgiven.} other {Streaks are off in this server.}}',
  'economy.daily.title': 'Daily reward',
  'economy.daily.claimed': 'You have already had the reward of today. The next one is ready {at}.',
  'economy.daily.off':
    'There is no daily reward in this server. Its administrators can set one with /settings set daily.amount.',

  'economy.weekly.describe': 'Claim your reward of the week',
  'economy.weekly.explain':
    '{coins, number} coins, once every seven days, counted from your last claim. Debts are paid from it first.',
  'economy.weekly.title': 'Weekly reward',
  'economy.weekly.claimed': 'You have already had the reward of this week. The next one is ready {at}.',
  'economy.weekly.off':
    'There is no weekly reward in this server. Its administrators can set one with /settings set weekly.amount.',

  'economy.pay.describe': 'Give coins from your wallet to another member',
  'economy.pay.member': 'Who gets the coins',
  'economy.pay.amount': 'How many: 250, 1,000, all, half or 25%',
  'economy.pay.explain':
    'Pays from your wallet only; withdraw from the bank first if you need to. {tax, plural, =0 {Nothing is taken from a payment.} other {{tax, number}% of a payment is taken out of circulation.}} While you owe something you cannot pay others.',
  'economy.pay.paid': '{payer} paid {receiver} **{coins, number}** {coins, plural, one {coin} other {coins}}.',
  'economy.pay.self': 'You cannot pay yourself. To put coins aside, use /bank deposit.',
  'economy.pay.bot': 'Bots have no use for coins. Choose a member instead.',
  'economy.pay.absent': 'That person is not in this server, so nothing can be paid to them here.',
  'economy.pay.debt':
    'You owe {coins, number} coins, and debts come before payments. Look at /balance to pay them from what you have.',
  'economy.pay.empty': 'That comes to no coins at all: your wallet has too few. Withdraw some with /bank withdraw.',
  'economy.pay.poor':
    'Your wallet holds {wallet, number}, which is {missing, number} too few. The bank does not count: use /bank withdraw first.',

  'economy.request.describe': 'Ask another member for coins',
  'economy.request.member': 'Whom to ask',
  'economy.request.amount': 'How many: 250 or 1,000',
  'economy.request.note': 'What they are for',
  'economy.request.explain':
    'Posts a card with two buttons for the member you ask: accept pays you from their wallet, decline does not. You can take it back with its decline button. You can have {most, number} requests open, one for each member, and each is open for {hours, plural, one {# hour} other {# hours}}. {tax, plural, =0 {Nothing is taken from the payment.} other {{tax, number}% of the payment is taken out of circulation.}}',
  'economy.request.asks': '{asked}: {by} asks you for **{coins, number}** {coins, plural, one {coin} other {coins}}.',
  'economy.request.quoted': '“{note}”',
  'economy.request.accept': 'Accept',
  'economy.request.decline': 'Decline',
  'economy.request.paid':
    '{payer} accepted and paid {receiver} **{coins, number}** {coins, plural, one {coin} other {coins}}.',
  'economy.request.declined':
    '{asked} declined the request of {by} for **{coins, number}** {coins, plural, one {coin} other {coins}}.',
  'economy.request.withdrawn':
    '{by} took back the request to {asked} for **{coins, number}** {coins, plural, one {coin} other {coins}}.',
  'economy.request.closed': 'The time of this request has run out. Nothing was paid by pressing this button.',
  'economy.request.answered': 'This request has been answered already. Nothing more was done.',
  'economy.request.not-yours': 'Only {asked} can answer this request.',
  'economy.request.left': 'Whoever asked has left this server, so nothing can be paid to them here.',
  'economy.request.no-amount': 'Please type a whole number of coins such as 250 or 1,000.',
  'economy.request.self': 'You cannot ask yourself. Choose another member.',
  'economy.request.bot': 'Bots carry no coins. Choose a member instead.',
  'economy.request.absent': 'That person is not in this server, so they cannot answer here.',
  'economy.request.twice':
    'You have asked this member already. Wait for the answer, or until that request runs out {at}.',
  'economy.request.many':
    'You have {most, number} requests open, and that is as many as there can be. The next one runs out {at}; the decline button takes one back.',

  'economy.rob.describe': 'Try to take coins out of a wallet; may cost you a fine',
  'economy.rob.member': 'Whose wallet to reach into',
  'economy.rob.explain':
    'The chance is {chance, number}%. Success takes up to {share, number}% of the other wallet, failure costs {fine, number}% of it, paid to the victim; what you cannot pay becomes a debt to them. One attempt every {minutes, plural, one {minute} other {# minutes}}. The wallet must hold {wallet, number} or more, and whoever was robbed is safe for {protect, plural, one {# minute} other {# minutes}}. Against a wallet of {example, number} you take {least, number} to {most, number}, and on average an attempt brings {average, number, ::sign-always .00} coins.',
  'economy.rob.succeeded': '{robber} reached into the wallet of {target} and got away with **{coins, number}**.',
  'economy.rob.failed': '{robber} was caught with a hand in the wallet of {target} and is fined **{coins, number}**.',
  'economy.rob.blocked': '{robber} reached for the wallet of {target}, but was driven off. No coins moved.',
  'economy.rob.with': 'With {what}',
  'economy.rob.notice.robbed':
    '{robber} reached into your wallet and took **{coins, number}** {coins, plural, one {coin} other {coins}}. What lies in the bank cannot be robbed.',
  'economy.rob.notice.caught':
    '{robber} was caught with a hand in your wallet: a fine of **{coins, number}** {coins, plural, one {coin} other {coins}} goes to you.',
  'economy.rob.notice.owed': 'They had too little: {coins, number} of it they owe you.',
  'economy.rob.notice.where': 'This was in https://discord.com/channels/{guild}.',
  'economy.rob.off': 'Robbing is switched off in this server.',
  'economy.rob.self': 'You cannot rob yourself. Choose another member.',
  'economy.rob.bot': 'Bots carry no coins. Choose a member instead.',
  'economy.rob.absent': 'That person is not in this server, so there is no wallet to reach into.',
  'economy.rob.cooldown': 'You are still lying low after your last attempt. You can try again {at}.',
  'economy.rob.passive': 'They are in passive mode: they rob nobody, and nobody robs them.',
  'economy.rob.passive-self': 'You are in passive mode, in which you rob nobody. /settings me switches it off.',
  'economy.rob.poor': 'That wallet is too thin: it takes at least {least, number} coins to be worth the trouble.',
  'economy.rob.protected': 'They were robbed only just now and are on their guard. Try again {at}.',
  'economy.rob.banned': 'They are banned from the economy, and their money is left in peace.',
  'economy.rob.inactive': 'They have not been around for a month, and their money is left in peace until they are.',
  'economy.rob.rich': 'There is more money in this than an account can hold. Choose another member.',
  'economy.rob.owing':
    'You owe so many people already that nobody would believe in another fine. Pay some of it back first: /balance and /daily do.',

  'economy.bank.title': 'Your bank',
  'economy.bank.welcome': 'What lies here cannot be robbed. Moving coins costs nothing.',
  'economy.bank.interest':
    '{rate, plural, =0 {There is no interest in this server.} other {{least, number} coins or more bring {rate, number}% interest each night{cap, plural, =0 {} other {, at most {cap, number} coins}}.}}',
  'economy.bank.explain':
    '{rate, plural, =0 {There is no interest in this server, and each night by UTC debts are collected from the wallet and then the bank.} other {Each night by UTC, debts are collected from the wallet and then the bank, and a bank of {least, number} coins or more brings {rate, number}% of itself, rounded down{cap, plural, =0 {} other {, but at most {cap, number} coins}}. Of nights that the bot missed, {days, number} at most are made up for.}}',
  'economy.bank.open.describe': 'Open your bank: what is in it, with buttons to deposit and withdraw',
  'economy.bank.form.amount': 'Amount',
  'economy.bank.form.examples': '250, 1,000, all, half or 25%',
  'economy.bank.deposit.describe': 'Put coins from your wallet into your bank',
  'economy.bank.deposit.amount': 'How many: 250, 1,000, all, half or 25% of your wallet',
  'economy.bank.deposit.title': 'Deposit',
  'economy.bank.deposit.done': 'You put **{coins, number}** into your bank.',
  'economy.bank.deposit.empty': 'That comes to no coins at all: your wallet has too few. /daily brings some.',
  'economy.bank.deposit.poor': 'Your wallet holds {available, number}, which is {missing, number} too few.',
  'economy.bank.withdraw.describe': 'Take coins from your bank into your wallet',
  'economy.bank.withdraw.amount': 'How many: 250, 1,000, all, half or 25% of your bank',
  'economy.bank.withdraw.title': 'Withdraw',
  'economy.bank.withdraw.done': 'You took **{coins, number}** out of your bank.',
  'economy.bank.withdraw.empty':
    'That comes to no coins at all: your bank has too few. Put some in with /bank deposit.',
  'economy.bank.withdraw.poor': 'Your bank holds {available, number}, which is {missing, number} too few.',
  'economy.bank.history.describe': 'What happened to your money, newest first',
  'economy.bank.history.page': 'Which page, from 1',

  'economy.history.title': 'Your money, newest first',
  'economy.history.none': 'Nothing has happened to your money yet. Start with /daily.',
  'economy.history.no-page': 'There is no such page: your history has {pages, plural, one {one page} other {# pages}}.',
  'economy.history.line': '{at} {what}: {changes} → {wallet, number} + {bank, number}',
  'economy.history.wallet': '{change, number, ::sign-always} wallet',
  'economy.history.bank': '{change, number, ::sign-always} bank',
  'economy.history.debt': '{change, number, ::sign-always} debt',

  'economy.entry.start': 'A start in life',
  'economy.entry.daily': 'Daily reward',
  'economy.entry.weekly': 'Weekly reward',
  'economy.entry.paid': 'Paid to {other}',
  'economy.entry.received': 'Received from {other}',
  'economy.entry.deposit': 'Deposit',
  'economy.entry.withdrawal': 'Withdrawal',
  'economy.entry.interest': 'Interest',
  'economy.entry.robbery': 'Robbed {other}',
  'economy.entry.robbed': 'Robbed by {other}',
  'economy.entry.fine': 'Fine for robbing {other}',
  'economy.entry.compensation': 'Fine paid by {other}',
  'economy.entry.debt-collected': 'Debt collected',
  'economy.entry.debt-received': 'Debt paid by {other}',
  'economy.entry.debt-kept': 'Debt from before you left',
  'economy.entry.erased': 'Erased',
  'economy.entry.decay': 'Decay of wealth',

  'economy.board.coins': 'Fullest wallets',
  'economy.board.bank': 'Fullest banks',
  'economy.board.line': '{score, plural, one {# coin} other {# coins}}',

  'economy.setting.start-coins': 'Coins each member gets once, at first use',
  'economy.setting.daily-amount': 'Coins of the daily reward',
  'economy.setting.weekly-amount': 'Coins of the weekly reward',
  'economy.setting.streak-enabled': 'Whether claiming day after day adds to the daily reward',
  'economy.setting.pay-tax': 'Share of each payment that is taken out of circulation',
  'economy.setting.request-deadline': 'Hours for which a request for coins can be answered',
  'economy.setting.bank-interest': 'Interest a bank brings each day, as a share of it',
  'economy.setting.bank-interest-cap': 'Most coins of interest a member gets each day; 0 for no limit',
  'economy.setting.rob-enabled': 'Whether members can rob each other',
  'economy.setting.rob-success': 'Chance that a robbery succeeds',
  'economy.setting.rob-max-steal': 'Most a robbery takes, as a share of the victim’s wallet',
  'economy.setting.rob-fine': 'Fine of a failed robbery, as a share of the victim’s wallet',
  'economy.setting.rob-cooldown': 'Minutes between two attempts of a member',
  'economy.setting.rob-min-wallet': 'Least a wallet must hold to be robbed',
  'economy.setting.rob-protect': 'Minutes for which somebody who was robbed is safe',
  'economy.setting.rob-notice': 'Whether somebody who was robbed is told by direct message',
  'economy.setting.frozen': 'Whether nobody can move coins for now',
  'economy.setting.decay-rate': 'Share of each fortune above decay.free that is taken out of circulation each week',
  'economy.setting.decay-free': 'Coins of wallet and bank together that never decay',
} satisfies Messages;
