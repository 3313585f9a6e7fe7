import type { Messages } from '../../kernel/text.ts';

/** Words of in-game guilds. */
export const messages = {
  'economy.field.clan-treasury': 'Treasury',
  'economy.field.clan-members': 'Members',
  'economy.field.clan-owner': 'Owner',
  'economy.field.clan-cost': 'Cost',
  'economy.field.clan-contribution': 'Your contribution',
  'economy.field.clan-contributions': 'All contributions',
  'economy.field.clan-created': 'Founded',
  'economy.field.clan-place': 'Place by treasury',
  'economy.field.clan-level': 'Level',
  'economy.field.clan-role': 'Role',
  'economy.field.clan-name': 'Guild',

  'economy.entry.clan-fee': 'Founding a guild',
  'economy.entry.clan-deposit': 'Put into the guild’s treasury',
  'economy.entry.clan-withdrawal': 'Taken from the guild’s treasury',
  'economy.entry.clan-levy': 'Saturday’s share for the guild',
  'economy.entry.clan-interest': 'Interest of the guild’s treasury',
  'economy.entry.clan-share': 'Share of a guild’s treasury',
  'economy.entry.clan-abandoned': 'Treasury of a guild without members',

  'economy.setting.clan-create-cost': 'What founding a guild costs',
  'economy.setting.clan-max-members': 'Most members of a guild',
  'economy.setting.clan-interest':
    'What a guild’s treasury brings a week, as a share of the least it held in that week',
  'economy.setting.clan-top-bonus': 'What the treasury brings besides that held most all week, as a share of it',
  'economy.setting.clan-member-interest-cap': 'The most a member gets of a treasury’s interest a week; 0 is no limit',
  'economy.setting.clan-interest-cap': 'The most all treasuries bring a week, as a share of all coins of the server',
  'economy.setting.clan-perks':
    'Whether members of the three richest guilds get discounts, interest, protection and luck',
  'economy.setting.clan-leave-payout': 'Whether who leaves a guild takes what they put in along',
  'economy.setting.clan-log': 'Channel in which withdrawals from treasuries and other news of guilds are told',
  'economy.setting.levy-rate':
    'Share of wallet and bank that guild members give to the treasury on Saturdays; 0 for none',
  'economy.setting.levy-keep': 'Coins that Saturday’s share leaves each member',

  'economy.board.guilds': 'Richest guilds',

  'economy.clan.of-most': '{members, number} of {most, number}',
  'economy.clan.place': '#{place, number}',
  'economy.clan.shown-name': '{name}',
  'economy.clan.previous': 'Previous',
  'economy.clan.next': 'Next',
  'economy.clan.role.owner': 'owner',
  'economy.clan.role.officer': 'officer',
  'economy.clan.role.member': 'member',
  'economy.clan.profile.title': 'Guild',
  'economy.clan.status.title': 'Guilds',
  'economy.clan.status.text':
    '{count, plural, one {# guild} other {# guilds}} with {coins, number} coins in treasuries',
  'economy.clan.benefits':
    'A treasury brings {interest, number}% of the least it held in a week, the one that held most {bonus, number}% more: to the members who put into it, by their share{cap, plural, =0 {} other {, to each {cap, number} coins at most}}. {levy, plural, =0 {Nothing is taken from members on Saturdays.} other {On Saturdays {levy, number}% of each member’s wallet and bank goes into the treasury as a contribution, but {keep, number} coins stay; until Sunday evening nothing can be taken out.}}',
  'economy.clan.perks':
    'As one of the richest guilds, its members pay {discount, number}% less in the shop (chests excepted), their banks bring {interest, number} points a day more, robberies of them succeed {guard, number} points less often, and won rounds at the casino bring up to {profit, number}% more.',
  'economy.clan.perks.label': 'A rich guild',
  'economy.clan.level': '{level, number}{last, select, true {} other { (next at {next, number} coins)}}',
  'economy.clan.is-locked': '🔒 The treasury is locked until Sunday evening.',

  'economy.clan.none': 'You are in no guild. Join one with /guild join, or found your own with /guild create.',
  'economy.clan.other': 'This card is of another guild than yours.',
  'economy.clan.already': 'You are in a guild already. Leave it first with /guild leave.',
  'economy.clan.already-other': 'They are in a guild already.',
  'economy.clan.full': '{name} is full: it has {most, number} members, and no guild can have more.',
  'economy.clan.gone': 'That guild is no more.',
  'economy.clan.unknown': 'There is no guild of that name. See /guild top for those there are.',
  'economy.clan.no-clans': 'There is no guild in this server yet. Found the first one with /guild create!',
  'economy.clan.locked':
    'The treasury is locked for the weekend: until Sunday evening nothing can be taken out, and the guild changes no owner.',
  'economy.clan.owner-only': 'Only the guild’s owner can do that.',
  'economy.clan.no-right': 'Only the guild’s owner and officers can do that.',
  'economy.clan.not-member': 'That person is not in your guild.',
  'economy.clan.absent': 'That person is not in this server.',
  'economy.clan.not-your-card': 'Somebody else opened this card. Open your own with the same command.',

  'economy.clan.name.length': 'A guild’s name has {least, number} to {most, number} characters.',
  'economy.clan.name.characters':
    'A guild’s name is made of letters, the digits 0 to 9, blanks, hyphens and underscores, and begins with a letter or digit.',
  'economy.clan.name.scripts': 'Please use the letters of one script only: mixed ones make names that look alike.',
  'economy.clan.name.taken': 'There is a guild of that name already, or of one that looks just like it.',

  'economy.clan.create.describe': 'Found a guild of your own',
  'economy.clan.create.name': 'Its name: letters, digits, blanks, hyphens and underscores',
  'economy.clan.create.explain':
    'Costs {cost, number} coins, from your wallet and then your bank. The name has {least, number} to {longest, number} characters of one script, and no other guild’s may look like it. A guild has up to {most, number} members.',
  'economy.clan.create.poor': 'Founding a guild costs {cost, number} coins, {missing, number} more than you have.',
  'economy.clan.create.many': 'This server has as many guilds as it can have.',
  'economy.clan.create.done':
    '{owner} has founded this guild. Next: invite others with /guild invite, decide with /guild settings who may join, and fill the treasury with /guild deposit.',

  'economy.clan.join.describe': 'Join a guild, or ask to',
  'economy.clan.join.name': 'Which guild; without it you see a list',
  'economy.clan.join.explain':
    'An open guild, or one that invited you, takes you in at once. Others are asked: owner and officers have {hours, number} hours to answer in /guild requests. You can have one request open. Who was denied can ask the same guild again after {denied, number} hours.',
  'economy.clan.join.title': 'Guilds of this server',
  'economy.clan.join.line':
    '**{name}** – {members, plural, one {# member} other {# members}}, {treasury, number} coins',
  'economy.clan.join.hint': 'Choose one below, or type any guild’s name with /guild join.',
  'economy.clan.join.pick': 'Choose a guild',
  'economy.clan.join.choice': '{members, plural, one {# member} other {# members}}',
  'economy.clan.join.joined': 'Welcome to **{name}**! See /guild info and /guild members.',
  'economy.clan.join.sent': 'You have asked to join **{name}**. Its owner and officers can answer until {at}.',
  'economy.clan.join.take-back': 'Take it back',
  'economy.clan.join.taken-back': 'You have taken your request back.',
  'economy.clan.join.asked':
    'You have asked to join {name} already, and can have one request open. Take it back with its button, or wait: it runs out {at}.',
  'economy.clan.join.denied': 'This guild has denied your request. You can ask it again {at}.',
  'economy.clan.join.busy': 'This guild has as many open requests as it can have. Try again later.',

  'economy.clan.leave.describe': 'Leave your guild',
  'economy.clan.leave.explain':
    '{payout, select, on {You take along what you put into the treasury, as far as it is there; not while it is locked.} other {What you put into the treasury stays there, and is your share no longer.}} An owner hands the guild over first, or disbands it.',
  'economy.clan.leave.owner':
    'You own your guild. Hand it over first with /guild transfer, or end it with /guild disband.',
  'economy.clan.leave.done':
    'You have left **{name}**. {coins, plural, =0 {What you put in stays in its treasury.} one {You took # coin of yours along.} other {You took # coins of yours along.}}',

  'economy.clan.bank.describe': 'See the treasury of your guild',
  'economy.clan.form.amount': 'How many coins?',
  'economy.clan.form.examples': '250, 1,000, all, half or 25%',

  'economy.clan.deposit.describe': 'Put coins from your wallet into your guild’s treasury',
  'economy.clan.deposit.amount': 'How many: 250, 1,000, all, half or 25% of your wallet',
  'economy.clan.deposit.title': 'Deposit',
  'economy.clan.deposit.done':
    '**{coins, number}** {coins, plural, one {coin} other {coins}} went from your wallet into the treasury.',
  'economy.clan.deposit.debt': 'You owe {coins, number} coins, and debts come before deposits. Look at /balance.',
  'economy.clan.deposit.empty': 'That comes to no coins at all: your wallet has too few.',
  'economy.clan.deposit.poor': 'Your wallet holds {wallet, number}, which is {missing, number} too few.',

  'economy.clan.withdraw.describe': 'Take coins out of your guild’s treasury',
  'economy.clan.withdraw.amount': 'How many: 250, 1,000, all, half or 25% of what you may take',
  'economy.clan.withdraw.title': 'Withdraw',
  'economy.clan.withdraw.explain':
    'Everybody may take what they put in, as far as it is there. Beyond that, owner and officers may take a share of the treasury each UTC day, which the owner sets with /guild settings; officers share theirs. A locked treasury gives nothing.',
  'economy.clan.withdraw.done':
    '**{coins, number}** {coins, plural, one {coin} other {coins}} went from the treasury into your wallet.',
  'economy.clan.withdraw.poor': 'The treasury holds only {treasury, number} coins.',
  'economy.clan.withdraw.limit':
    'You may take {allowed, number} coins now: what you put in ({contribution, number}) and what your role may take today beyond that, as far as it is there.',

  'economy.clan.members.describe': 'See who is in your guild',
  'economy.clan.members.page-option': 'Which page, from 1',
  'economy.clan.members.line': '{place, number}. {member} – {role}',
  'economy.clan.members.page': '{count, number} in all · page {page, number} of {pages, number}',
  'economy.clan.members.no-page': 'There is no page {page, number}: the last one is {pages, number}.',

  'economy.clan.top.describe': 'See the guilds with the largest treasuries',
  'economy.clan.top.title': 'The richest guilds',
  'economy.clan.top.line':
    '{place} **{name}** – {treasury, number} coins, {members, plural, one {# member} other {# members}}, owned by {owner}',
  'economy.clan.top.bonus':
    'The treasury that held most all week brings {bonus, number}% more than {interest, number}% of it.',
  'economy.clan.top.own': 'Your guild, {name}, is #{place, number}.',

  'economy.clan.info.describe': 'See what there is to know of a guild',
  'economy.clan.info.name': 'Which guild; yours if left out',
  'economy.clan.info.title': 'Info',
  'economy.clan.info.open': 'Anybody may join.',
  'economy.clan.info.approval': 'Who wants to join asks, or is invited.',

  'economy.clan.invite.describe': 'Invite somebody into your guild',
  'economy.clan.invite.member': 'Whom to invite',
  'economy.clan.invite.explain':
    'Posts a card that only they can accept, for {hours, number} hours; its other button takes it back. Owner and officers may invite, and {most, number} invitations can be open.',
  'economy.clan.invite.asks': '{member}: {by} invites you into the guild **{name}**.',
  'economy.clan.invite.accept': 'Accept',
  'economy.clan.invite.decline': 'Decline',
  'economy.clan.invite.accepted': '{member} has joined **{name}**.',
  'economy.clan.invite.declined': '{member} has declined the invitation into **{name}**.',
  'economy.clan.invite.withdrawn': 'The invitation of {member} into **{name}** was taken back.',
  'economy.clan.invite.closed': 'The time of this invitation has run out.',
  'economy.clan.invite.answered': 'This invitation has been answered already.',
  'economy.clan.invite.not-yours': 'Only {member} can answer this invitation.',
  'economy.clan.invite.void': 'This invitation holds no longer: {by} may not invite into that guild any more.',
  'economy.clan.invite.self': 'You are in your guild already.',
  'economy.clan.invite.bot': 'Bots join no guilds. Choose a member instead.',
  'economy.clan.invite.twice': 'They are invited already. That invitation runs out {at}.',
  'economy.clan.invite.many': 'Your guild has {most, number} invitations open, as many as there can be.',

  'economy.clan.transfer.describe': 'Hand your guild over to another of its members',
  'economy.clan.transfer.member': 'Who is to own it; without it you see a list',
  'economy.clan.transfer.alone': 'There is nobody else in your guild. To end it, use /guild disband.',
  'economy.clan.transfer.self': 'You own your guild already.',
  'economy.clan.transfer.sure':
    'Hand **{name}** over to {to}? You become an officer, and cannot take it back by yourself.',
  'economy.clan.transfer.confirm': 'Hand it over',
  'economy.clan.transfer.cancel': 'Keep it',
  'economy.clan.transfer.cancelled': 'Nothing was changed.',
  'economy.clan.transfer.done': '{to} owns **{name}** now, and you are an officer of it.',
  'economy.clan.transfer.pick-hint':
    'Choose by number who is to own the guild. Anybody not on the list you can name with /guild transfer.',
  'economy.clan.transfer.pick': 'Choose a number',
  'economy.clan.transfer.choice': '{place, number} – {role}',

  'economy.clan.shares.describe': 'See who put how much into the treasury, and what it brings them',
  'economy.clan.shares.none': 'Nobody has put anything into the treasury yet. Be the first with /guild deposit!',
  'economy.clan.shares.line':
    '{place, number}. {member} – {contribution, number} ({percent, number}%), {interest, number} on Monday, {bonus, number} more as the richest',
  'economy.clan.shares.explain':
    'Each Monday {interest, number}% of the least the treasury held since the last one goes to those who put into it, by the least that their contribution was, and {bonus, number}% more if none held more all week{cap, plural, =0 {} other {; nobody gets more than {cap, number} coins}}. What was put in this week counts from next Monday on. What you take out lowers your contribution.',

  'economy.clan.roles.member': 'Who',
  'economy.clan.roles.self': 'You cannot do that to yourself.',
  'economy.clan.roles.same': 'That is what {member} is already.',
  'economy.clan.roles.above': 'Officers can remove members only, no officers and no owner.',
  'economy.clan.roles.promoted':
    '{member} is an officer of **{name}** now: they may invite, answer requests and remove members.',
  'economy.clan.roles.demoted': '{member} is a member of **{name}** again.',
  'economy.clan.roles.kicked': '{member} was removed from **{name}**.',
  'economy.clan.promote.describe': 'Make a member of your guild an officer',
  'economy.clan.demote.describe': 'Make an officer of your guild a member',
  'economy.clan.kick.describe': 'Remove somebody from your guild',

  'economy.clan.disband.describe': 'End your guild and pay its treasury out',
  'economy.clan.disband.confirm': 'The guild’s name, to show that you mean it',
  'economy.clan.disband.explain':
    'Pays the treasury out to the members by their part of all contributions, and the rest to the owner. Not while it is locked.',
  'economy.clan.disband.unconfirmed': 'Nothing was done. To end your guild, type its name: {name}',
  'economy.clan.disband.full':
    'Nothing was done: your wallet cannot hold what the treasury would leave to you. Put some coins into your bank first.',
  'economy.clan.disband.done':
    '**{name}** is no more. {coins, plural, =0 {Its treasury was empty.} one {# coin of its treasury was paid out.} other {# coins of its treasury were paid out.}}',

  'economy.clan.requests.describe': 'Answer those who want to join your guild',
  'economy.clan.requests.line': '{place, number}. {member} – runs out {at}',
  'economy.clan.requests.approve': '✓ {place, number}',
  'economy.clan.requests.deny': '✗ {place, number}',
  'economy.clan.requests.none': 'Nobody asks to join.',
  'economy.clan.requests.gone': 'That request is not open any more.',
  'economy.clan.requests.approved': '{member} is in the guild now.',
  'economy.clan.requests.denied': 'The request of {member} was denied.',

  'economy.clan.settings.describe': 'See or change how your guild is set up',
  'economy.clan.settings.open': 'Whether anybody may join without being approved',
  'economy.clan.settings.owner-limit': 'Percent of the treasury the owner may take a day beyond their own',
  'economy.clan.settings.officer-limit': 'Percent of the treasury all officers may take a day beyond their own',
  'economy.clan.settings.officers-plan': 'Whether officers may plan heists',
  'economy.clan.settings.shown-open':
    '{open, select, on {Anybody may join.} other {Who wants to join asks, or is invited.}}',
  'economy.clan.settings.shown-limits':
    'Beyond what they put in, the owner may take {owner, number}% of the treasury a day, and the officers together {officer, number}%.',
  'economy.clan.settings.shown-plan':
    '{plan, select, on {Officers may plan heists.} other {Only the owner plans heists.}}',

  'economy.clan.notice.asked': '{by} asks to join your guild **{name}**. Answer with /guild requests in the server.',
  'economy.clan.notice.approved': 'You were taken into the guild **{name}**.',
  'economy.clan.notice.denied': 'The guild **{name}** has denied your request to join.',
  'economy.clan.notice.kicked': '{by} has removed you from the guild **{name}**.',
  'economy.clan.notice.inherited': 'The guild **{name}** is yours now: you are its owner.',
  'economy.clan.notice.where': 'This was in https://discord.com/channels/{guild}.',

  'economy.clan.news.withdrawal':
    '{by} took **{coins, number}** {coins, plural, one {coin} other {coins}} out of the treasury of **{name}**.',
  'economy.clan.news.disbanded':
    '{by} has disbanded the guild **{name}**; {coins, plural, =0 {its treasury was empty} one {# coin was paid out} other {# coins were paid out}}.',
  'economy.clan.news.inherited': '{by} owns the guild **{name}** now, in the place of somebody who is gone.',
  'economy.clan.news.levy-tomorrow':
    'Tomorrow {percent, number}% of the wallet and bank of each guild member goes into their guild’s treasury, but {keep, number} coins stay with everybody. Until Sunday evening nothing can be taken out.',
} satisfies Messages;
