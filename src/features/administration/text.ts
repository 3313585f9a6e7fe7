import type { Messages } from '../../kernel/text.ts';

/** Words of `/eco`. */
export const messages = {
  'economy.entry.staff-gift': 'Given by the staff',
  'economy.entry.staff-taking': 'Taken by the staff',
  'economy.entry.staff-undoing': 'Put right by the staff',
  'economy.entry.reset': 'The economy began anew',
  'economy.setting.staff-log': 'Channel in which each action of the staff is posted, or none',

  'economy.staff.somebody': 'somebody',
  'economy.staff.bot': 'Bots take no part in the economy. Choose a member.',
  'economy.staff.absent': 'That person is not in this server and has no account here.',
  'economy.staff.option.reason': 'Why; it is kept with the action',
  'economy.staff.option.amount': 'Coins; 0 for none at all',
  'economy.staff.purse.wallet': 'Wallet',
  'economy.staff.purse.bank': 'Bank',
  'economy.staff.purse.both': 'Wallet, then bank',
  'economy.staff.field.by': 'By',

  'economy.staff.give-coins.describe': 'Give a member coins',
  'economy.staff.give-coins.member': 'Who gets them',
  'economy.staff.give-coins.amount': 'How many: 250 or 1,000',
  'economy.staff.give-coins.to': 'Where they go; into the wallet unless you say otherwise',
  'economy.staff.take-coins.describe': 'Take coins from a member',
  'economy.staff.take-coins.member': 'From whom',
  'economy.staff.take-coins.amount': 'How many: 250 or 1,000; at most what is there is taken',
  'economy.staff.take-coins.from': 'Where they come from; from the wallet unless you say otherwise',
  'economy.staff.take-coins.nothing': 'There is nothing to take: that purse is empty. Nothing was changed.',
  'economy.staff.take-coins.explain':
    'Takes what is there and no more, and unmakes it. To see what happened to a member’s money, and to take single entries or their last hour back, look at them with /balance and press Ledger.',
  'economy.staff.coins.given':
    '{target} was given {wallet, plural, =0 {} other {**{wallet, number}** into the wallet}}{bank, plural, =0 {} other {**{bank, number}** into the bank}}.',
  'economy.staff.coins.taken':
    'Taken from {target}: {wallet, plural, =0 {} other {**{wallet, number}** from the wallet}}{bank, plural, =0 {} other { **{bank, number}** from the bank}}.',
  'economy.staff.coins.less': 'That is {total, number} of the {asked, number} asked for: there was no more.',

  'economy.staff.set-daily.describe': 'Set the coins of the daily reward',
  'economy.staff.set-weekly.describe': 'Set the coins of the weekly reward',
  'economy.staff.setting.changed': '`{key}`: {before} → **{after}**',

  'economy.staff.chest-cooldown.describe': 'Set how long a member waits between two openings of chests',
  'economy.staff.chest-cooldown.seconds': 'Seconds; 0 for no wait',

  'economy.staff.give-item.describe': 'Give a member an item',
  'economy.staff.take-item.describe': 'Take an item from a member',
  'economy.staff.take-item.nothing': 'They have none of it. Nothing was changed.',
  'economy.staff.item.member': 'Who',
  'economy.staff.item.item': 'Which item',
  'economy.staff.item.count': 'How many; one unless you say otherwise',
  'economy.staff.item.given': '{target} was given {item} ×{count, number}.',
  'economy.staff.item.taken': 'Taken from {target}: {item} ×{count, number}.',
  'economy.staff.item.now': 'They have {now, number} of it now, beside what they wear.',

  'economy.staff.loot.describe': 'Set what lies in the chests of a kind',
  'economy.staff.loot.explain':
    'The three chances come to one, give or take a hundredth. Which items lie in a chest is fixed. The answer tells what comes back of a chest’s price on average.',
  'economy.staff.loot.chest': 'Which chests',
  'economy.staff.loot.coin': 'Chance of coins: 0.85 or 85%',
  'economy.staff.loot.item': 'Chance of an item: 0.1 or 10%',
  'economy.staff.loot.mimic': 'Chance of a mimic: 0.05 or 5%',
  'economy.staff.loot.min': 'Least coins',
  'economy.staff.loot.max': 'Most coins',
  'economy.staff.loot.no-chance': 'A chance is a number from 0 to 1, such as 0.85 or 85%. Nothing was changed.',
  'economy.staff.loot.sum':
    'The chances of coins, item and mimic come to {percent, number}% and not to 100%, or leave nothing but mimics. Nothing was changed.',
  'economy.staff.loot.order': 'The least coins are more than the most. Nothing was changed.',
  'economy.staff.loot.changed': 'Coins, item, mimic: {before} → **{after}**',
  'economy.staff.loot.return':
    'On average {bare, number, ::.0}% of the price comes back, {shielded, number, ::.0}% with protection from mimics.',
  'economy.staff.loot.warning': '**That is more than a chest costs**: opening them makes coins out of nothing.',

  'economy.staff.freeze.describe': 'Freeze the economy, or thaw it',
  'economy.staff.freeze.on': 'Whether nobody can move coins from now on',
  'economy.staff.freeze.explain':
    'While it is frozen no command of a member moves a coin, and interest, levies and decay pause; what they would have brought is not made up for. Games that are open are still settled at their deadlines. The staff can go on giving, taking and undoing.',
  'economy.staff.freeze.frozen':
    'The economy is **frozen**: nobody can move coins until the staff thaw it with /eco freeze on:False.',
  'economy.staff.freeze.thawed': 'The economy is **open again**.',
  'economy.staff.freeze.already': 'The economy is frozen already.',
  'economy.staff.freeze.not': 'The economy is not frozen.',

  'economy.staff.ban.describe': 'Ban a member from the economy: they can only look',
  'economy.staff.unban.describe': 'Lift a member’s ban from the economy',
  'economy.staff.ban.member': 'Whom',
  'economy.staff.ban.explain':
    'A banned member sees everything and moves no coins. The ban outlasts leaving the server and coming back, and a reset.',
  'economy.staff.ban.banned': '{target} is banned from the economy.',
  'economy.staff.ban.unbanned': '{target} is no longer banned from the economy.',
  'economy.staff.ban.self': 'You cannot ban yourself.',
  'economy.staff.ban.already': 'They are banned already.',
  'economy.staff.ban.not': 'They are not banned.',
  'economy.staff.ban.many':
    'No more than {most, number} members can be banned at the same time. Lift another ban first.',

  'economy.staff.log.title': 'Economy: action of the staff',
  'economy.staff.deed.given': 'gave coins to {target}',
  'economy.staff.deed.taken': 'took coins from {target}',
  'economy.staff.deed.entries': 'took entries of {target} back',
  'economy.staff.deed.setting': 'set `{key}`',
  'economy.staff.deed.ban': 'banned {target}',
  'economy.staff.deed.unban': 'lifted the ban of {target}',
  'economy.staff.deed.items':
    '{count, plural, =0 {left} other {changed by {count, number, ::sign-always}}} `{item}` of {target}',
  'economy.staff.deed.loot': 'changed what lies in {chest}',
  'economy.staff.deed.reset': 'had the economy begin anew (reset {number, number})',
  'economy.staff.deed.season': 'ended season {number, number}',
  'economy.staff.deed.undo': 'undid an action',

  'economy.staff.audit.title': 'What the staff did, newest first',
  'economy.staff.audit.button': 'Audit',
  'economy.staff.audit.none': 'The staff have not done anything with the economy yet.',
  'economy.staff.audit.choose': 'Undo one of these …',
  'economy.staff.audit.line': '{at} {by} {what}.',
  'economy.staff.audit.change': '{before} → {after}.',
  'economy.staff.audit.reason': '“{reason}”',
  'economy.staff.audit.undone': '*(undone)*',

  'economy.staff.undo.button': 'Undo',
  'economy.staff.undo.confirm': 'Undo it',
  'economy.staff.undo.title': 'Undo this?',
  'economy.staff.undo.done': 'Undone',
  'economy.staff.undo.gone': 'That is too long ago: it is kept no more, and cannot be undone.',
  'economy.staff.undo.twice': 'That was undone already.',
  'economy.staff.undo.never': 'That cannot be undone.',
  'economy.staff.undo.changed': '**It cannot be undone**: it was changed again since.',
  'economy.staff.undo.more': '… and {count, plural, one {one more member} other {# more members}}.',
  'economy.staff.undo.coins':
    '{member}: wallet {wallet, number} → **{walletAfter, number}**, bank {bank, number} → **{bankAfter, number}**',
  'economy.staff.undo.debt':
    '{member} owes {to, select, member {{creditor}} guild {the guild {guild}} other {the house}}: {before, number} → **{after, number}**',
  'economy.staff.undo.vault':
    '{of, select, guild {Treasury of {guild}} other {What lies with the house}}: {before, number} → **{after, number}**',
  'economy.staff.undo.setting': '`{key}`: {after} → {own, select, true {**{before}**} other {the default}}',
  'economy.staff.undo.ban': 'They will be banned again.',
  'economy.staff.undo.unban': 'Their ban will be lifted.',
  'economy.staff.undo.items': '{item}: {now, number} → **{after, number}**',
  'economy.staff.undo.items-gone':
    '**It cannot be undone**: they have {now, number} of it beside what they wear, which is too few, or too many to be given more.',
  'economy.staff.undo.loot': 'What lies in these chests will be what it was before.',
  'economy.staff.undo.reset':
    'The {rows, number} rows that were taken come back, as they were. **Everything that came since goes**, and the economy is frozen until it is done.',

  'economy.staff.ledger.button': 'Ledger',
  'economy.staff.ledger.title': 'Ledger',
  'economy.staff.ledger.of': 'Of {member}, newest first.',
  'economy.staff.ledger.none': 'Nothing has happened to their money yet.',
  'economy.staff.ledger.line': '{at} {what}: {changes}{undone, select, true { *(undone)*} other {}}',
  'economy.staff.ledger.choose': 'Take an entry back …',
  'economy.staff.ledger.hour': 'Undo the last hour',
  'economy.staff.entries.title': 'Take this back?',
  'economy.staff.entries.preview':
    '{count, plural, one {One entry} other {# entries}} of {member}, with the other side of each:',
  'economy.staff.entries.left':
    '{left, plural, one {One entry cannot} other {# entries cannot}} be taken back and stay: undone before, of a treasury that is no more, or made by the staff.',
  'economy.staff.entries.only-coins':
    'Only coins, debts and what was put into treasuries are put back: shares, items, loans and games stay as they are.',
  'economy.staff.entries.none':
    'There is nothing to take back: no entry that was not undone before, is of a treasury that is no more, or was made by the staff.',
  'economy.staff.entries.many': 'That concerns more than {most, number} members. Take single entries back instead.',
  'economy.staff.entries.done':
    '{count, plural, one {One entry} other {# entries}} of {member} {count, plural, one {was} other {were}} taken back.',

  'economy.staff.status.describe': 'See how much money there is, and where it comes from and goes',
  'economy.staff.status.explain':
    'Shows the money supply of the last 30 days as a chart and what made and unmade coins, and leads to the audit of what the staff did, where each action can be undone once.',
  'economy.staff.status.title': 'State of the economy',
  'economy.staff.status.frozen': '**Frozen**: nobody can move coins.',
  'economy.staff.status.moving': 'Coins are moving.',
  'economy.staff.status.flows': '**Made and unmade in the last 30 days**',
  'economy.staff.status.flow': '{what}: +{minted, number} −{burned, number}',
  'economy.staff.status.no-flows': 'Nothing yet.',
  'economy.staff.status.number': '{value, number}',
  'economy.staff.status.job': '`{name}` {at}',
  'economy.staff.status.never': 'not yet',
  'economy.staff.status.chart': 'Coins in circulation',
  'economy.staff.status.chart-alternative':
    'Coins in circulation over the last {days, number} days: from {first, number} to {last, number}.',
  'economy.staff.status.field.accounts': 'Members with an account',
  'economy.staff.status.field.coins': 'Coins in circulation',
  'economy.staff.status.field.vaults': 'Of these in treasuries',
  'economy.staff.status.field.owed': 'Owed by members',
  'economy.staff.status.field.bans': 'Banned',
  'economy.staff.status.field.jobs': 'Jobs last ran',

  'economy.staff.reset.describe': 'Have the economy of this server begin anew',
  'economy.staff.reset.explain':
    'Takes away all accounts, items, shares, debts and in-game guilds of this server, after you have typed a confirmation. Settings, bans and the audit stay. For seven days it can be undone from its card or from the audit of /eco status; what came since is lost then.',
  'economy.staff.reset.title': 'Reset of the economy',
  'economy.staff.reset.danger':
    'All of it goes: **{accounts, plural, one {one account} other {# accounts}}** with **{coins, number}** coins, and every item, share, debt and in-game guild of this server. Settings, bans and the audit stay.',
  'economy.staff.reset.replaces': 'The last reset, which could be undone until {at}, cannot be undone after this.',
  'economy.staff.reset.how':
    'Press the red button and type `{phrase}`. This card is good for 30 seconds: {at}. You can undo the reset for seven days.',
  'economy.staff.reset.confirm': 'Reset …',
  'economy.staff.reset.cancel': 'Cancel',
  'economy.staff.reset.cancelled': 'Nothing was reset.',
  'economy.staff.reset.form.title': 'Reset the economy',
  'economy.staff.reset.form.typed': 'Type {phrase} to confirm',
  'economy.staff.reset.mistyped': 'That is not what the card asks you to type. Nothing was reset.',
  'economy.staff.reset.late': 'That took too long. Nothing was reset; start again with /eco reset.',
  'economy.staff.reset.running': 'A reset is on its way just now. /eco status tells how far it is.',
  'economy.staff.reset.expired': '**It cannot be undone**: its seven days are over, or another reset came after it.',
  'economy.staff.reset.administrators': 'Only administrators of this server can undo a reset.',
  'economy.staff.reset.refresh': 'Refresh',
  'economy.staff.reset.stage.none': 'There is no reset: all is as it was.',
  'economy.staff.reset.stage.clearing': 'What was kept of the last reset is being removed: {rows, number} rows so far.',
  'economy.staff.reset.stage.moving':
    'The economy is frozen while its rows are taken away: {taken, number} so far, {accounts, plural, one {one account} other {# accounts}} to go.',
  'economy.staff.reset.stage.pausing': 'The economy is frozen, and what it meant to do later is put aside.',
  'economy.staff.reset.stage.stopping': 'The reset is being undone. The economy is frozen until it is.',
  'economy.staff.reset.stage.banning': 'The economy is frozen for a moment yet.',
  'economy.staff.reset.stage.kept':
    'Done: {taken, number} rows were taken away, and the economy began anew. It can be undone until {until}.',
  'economy.staff.reset.stage.wiping':
    'The reset is being undone. What came after it is going: {rows, number} rows so far.',
  'economy.staff.reset.stage.returning': 'The reset is being undone. {rows, number} of {taken, number} rows are back.',
  'economy.staff.reset.stage.expiring': 'The time to undo the last reset is over.',

  'economy.staff.season.button': 'End the season …',
  'economy.staff.season.title': 'End the season?',
  'economy.staff.season.danger':
    'The first ten places of every board are kept for good and shown by /leaderboard. Balances stay as they are, or the whole economy begins anew: for that you type `{phrase}`, and it can be undone for seven days. This card is good for 30 seconds: {at}.',
  'economy.staff.season.keep': 'End it, keep balances',
  'economy.staff.season.anew': 'End it and reset …',
  'economy.staff.season.ended': 'Season {number, number} is over',
  'economy.staff.season.kept': 'Its boards are kept: /leaderboard leads to them. All balances stay as they are.',
  'economy.staff.season.reset':
    'Its boards are kept: /leaderboard leads to them. The economy begins anew and is frozen until it has.',
  'economy.season.button': 'Past seasons',
  'economy.season.none': 'There is no such season.',
  'economy.season.choose': 'Another season …',
  'economy.season.choose-board': 'Another board …',
  'economy.season.name': 'Season {number, number}',
  'economy.season.title': 'Season {number, number}: {board}',
  'economy.season.over': 'It ended {at}.',
  'economy.season.line': '#{place, number} {member} – {score}',
  'economy.season.nobody': 'Nobody was on this board.',
} satisfies Messages;
