import type { Messages } from '../../kernel/text.ts';

/** Words of the casino. */
export const messages = {
  'economy.casino.bet': 'How many coins: 100, 1,000, all, half or 25%',
  'economy.casino.game': 'Which game',
  'economy.casino.net': '{coins, number, ::sign-always}',
  'economy.casino.rounds': '{rounds, number}',
  'economy.casino.round': 'Round {round, number} · /fair verify works it out again',
  'economy.casino.again': 'Again for {coins, number}',
  'economy.casino.past':
    'That game is over: round {round, number} paid {paid, number} on a stake of {stake, number}. Nothing more was done.',
  'economy.casino.long-past': 'That game was over long ago. Nothing was done.',
  'economy.casino.not-yours': 'Only {member} can play on this card. /casino hub opens one of your own.',
  'economy.casino.below': 'The least bet is {least, number}, and yours comes to {stake, number}.',
  'economy.casino.above': 'The most that can be bet is {most, number}, and yours comes to {stake, number}.',
  'economy.casino.poor':
    'You have {wallet, number} in your wallet and {bank, number} in the bank, which is {missing, number} too few for {stake, number}.',
  'economy.casino.cooldown': 'Not so fast. You can bet at this game again {at}.',

  'economy.casino.first.title': 'Before your first bet',
  'economy.casino.first.about':
    'Nothing has been bet yet. What you play is drawn from a server seed that is fixed from now on. This is its hash: keep it, and nobody can change the seed without your noticing. /fair rotate reveals it later, and lets you choose the client seed.',
  'economy.casino.first.play': 'Place the bet',

  'economy.field.bet': 'Bet',
  'economy.field.won': 'Paid',
  'economy.field.net': 'Net',
  'economy.field.gear-bonus': 'Bonus',
  'economy.field.insurance': 'Insurance',
  'economy.field.unpaid': 'Beyond what you can hold',
  'economy.casino.field.played': 'Rounds',
  'economy.casino.field.won': 'Won',

  'economy.casino.coinflip.name': 'Coinflip',
  'economy.casino.coinflip.describe': 'Bet on a side of a coin',
  'economy.casino.coinflip.explain':
    'The side you choose pays {payout, number, ::.00} times your bet, so that {percent, number, ::.00}% comes back on average. What you win pays your debts first.',
  'economy.casino.coinflip.side': 'Heads or tails',
  'economy.casino.coinflip.heads': 'Heads',
  'economy.casino.coinflip.tails': 'Tails',
  'economy.casino.coinflip.won': 'You said {side}, and **{fallen}** it is.',
  'economy.casino.coinflip.lost': 'You said {side}, but it fell on **{fallen}**.',
  'economy.casino.coinflip.boosted': 'Your chance was {percent, number, ::.00}%.',
  'economy.casino.coinflip.again': '{side} for {coins, number}',
  'economy.casino.coinflip.quick': 'Heads for {coins, number}',
  'economy.casino.coinflip.returns': 'On average {percent, number, ::.00}% of what is bet comes back.',

  'economy.casino.coinflip.keeps-nothing':
    'At twice the bet the house keeps nothing of a coin: all that is bet comes back on average, and items add nothing.',

  'economy.casino.slots.name': 'Slots',
  'economy.casino.slots.describe': 'Spin five reels; three equal symbols anywhere pay',
  'economy.casino.slots.explain':
    'Three or more equal symbols pay, wherever they are; three scatters or more bring free spins for the same bet, which are played at once. A spin pays {hit, number, ::.00}% of the time, and {percent, number, ::.00}% comes back on average. Without a bet it is {bet, number}. What you win pays your debts first.',
  'economy.casino.slots.bet': 'How many coins: 100, all, half or 25%; 10 if left out',
  'economy.casino.slots.class': '{count, number} × {symbol}',
  'economy.casino.slots.nothing': 'No three are equal.',
  'economy.casino.slots.free': '{spins, plural, one {One free spin} other {# free spins}}:',
  'economy.casino.slots.diamond': 'diamond',
  'economy.casino.slots.star': 'star',
  'economy.casino.slots.scatter': 'scatter',
  'economy.casino.slots.grape': 'grape',
  'economy.casino.slots.orange': 'orange',
  'economy.casino.slots.lemon': 'lemon',
  'economy.casino.slots.cherry': 'cherry',
  'economy.casino.slots.again-same': 'Spin again',
  'economy.casino.slots.again-double': '×2: {coins, number}',
  'economy.casino.slots.again-half': '½: {coins, number}',
  'economy.casino.slots.again-preset': 'Bet {coins, number}',
  'economy.casino.slots.quick': 'Spin for {coins, number}',
  'economy.casino.slots.returns': 'On average {percent, number, ::.00}% of what is bet comes back, free spins and all.',

  'economy.casino.slots.pot-won': '**Five scatters: {coins, number} coins from the pot!**',
  'economy.casino.slots.pot': 'The pot: {coins, number}',
  'economy.casino.pot.title': 'Slots pot',
  'economy.casino.pot.coins': '{coins, number}',

  'economy.casino.roulette.name': 'Roulette',
  'economy.casino.roulette.describe': 'Bet on the European wheel',
  'economy.casino.roulette.explain':
    'Type red, black, even, odd, low, high, dozen 1, column 1, six-line 1-6, corner 1-5, street 1-3, split 1-2, or a number from 0 to 36; there are {bets, number} bets. Every one of them gives {percent, number, ::.00}% back on average. What you win pays your debts first.',
  'economy.casino.roulette.on': 'What on: red, odd, low, dozen 2, split 8-11, 17, …',
  'economy.casino.roulette.unknown':
    'There is no such bet. Try red, even, low, dozen 1, column 1, six-line 1-6, corner 1-5, street 1-3, split 1-2 or a number from 0 to 36.',
  'economy.casino.roulette.fallen':
    'The ball falls on **{pocket, number}** {colour, select, red {red} black {black} other {green}}.',
  'economy.casino.roulette.won': '{member} bet on {on} and wins.',
  'economy.casino.roulette.lost': '{member} bet on {on} and loses.',
  'economy.casino.roulette.quick': 'Red for {coins, number}',
  'economy.casino.roulette.returns':
    'On average {percent, number, ::.00}% of what is bet comes back, whatever it is bet on.',
  'economy.casino.roulette.kind-colour': 'Red or black',
  'economy.casino.roulette.kind-parity': 'Even or odd',
  'economy.casino.roulette.kind-half': 'Low or high',
  'economy.casino.roulette.kind-dozen': 'Dozen',
  'economy.casino.roulette.kind-column': 'Column',
  'economy.casino.roulette.kind-six-line': 'Six-line',
  'economy.casino.roulette.kind-corner': 'Corner',
  'economy.casino.roulette.kind-street': 'Street',
  'economy.casino.roulette.kind-split': 'Split',
  'economy.casino.roulette.kind-straight': 'Number',

  'economy.casino.blackjack.name': 'Blackjack',
  'economy.casino.blackjack.describe': 'Play a hand against the dealer',
  'economy.casino.blackjack.explain':
    'One fresh deck a hand. A natural pays two and a half times your bet at once, a win twice, a push gives it back; the dealer stands on 17. On your first two cards you can double; a pair can be split into two hands of one more card each, where an ace and a ten are a plain 21; below an ace you can insure half your bet, which pays two to one on a natural and loses a little on average. A hand that you leave for {minutes, number} minutes stands by itself. Played as well as can be, {percent, number, ::.00}% comes back on average. What you win pays your debts first.',
  'economy.casino.blackjack.open': 'You have a hand open already. Play it, or it stands by itself {at}.',
  'economy.casino.blackjack.played': 'This hand has gone on since that button was shown. Use the newest card.',
  'economy.casino.blackjack.no-double': 'Only the first two cards can be doubled.',
  'economy.casino.blackjack.no-split': 'Only two cards that count the same can be split.',
  'economy.casino.blackjack.no-insurance':
    'A hand can be insured before its first move, where the dealer shows an ace and nothing is told of the hidden card.',
  'economy.casino.blackjack.worth': '{cards} ({soft, select, soft {soft } other {}}{total, number})',
  'economy.casino.blackjack.player': 'You: {hand}',
  'economy.casino.blackjack.dealer': 'Dealer: {hand}',
  'economy.casino.blackjack.hint-low':
    'The hidden card is low, 2 to 6. For telling you the house keeps {percent, number}% of what you win.',
  'economy.casino.blackjack.hint-middle':
    'The hidden card is 7, 8 or 9. For telling you the house keeps {percent, number}% of what you win.',
  'economy.casino.blackjack.hint-high':
    'The hidden card is high, a ten, a picture or an ace. For telling you the house keeps {percent, number}% of what you win.',
  'economy.casino.blackjack.until': 'If you do nothing the hand stands {at}.',
  'economy.casino.blackjack.hit': 'Hit',
  'economy.casino.blackjack.stand': 'Stand',
  'economy.casino.blackjack.double': 'Double for {coins, number}',
  'economy.casino.blackjack.split': 'Split for {coins, number}',
  'economy.casino.blackjack.insure': 'Insure for {coins, number}',
  'economy.casino.blackjack.insured': 'Your insurance pays two to one.',
  'economy.casino.blackjack.result-natural': '**Blackjack!**',
  'economy.casino.blackjack.result-won': '**You win.**',
  'economy.casino.blackjack.result-pushed': '**A push:** your stake comes back.',
  'economy.casino.blackjack.result-lost': '**The dealer wins.**',
  'economy.casino.blackjack.result-bust': '**Bust:** that is more than 21.',
  'economy.casino.blackjack.result-dealer-natural': '**The dealer has a blackjack.**',
  'economy.casino.blackjack.quick': 'Deal for {coins, number}',
  'economy.casino.blackjack.returns':
    'To somebody who plays as well as can be, {percent, number, ::.00}% of what is bet comes back on average; a push gives the stake back.',

  'economy.casino.crash.name': 'Crash',
  'economy.casino.crash.describe': 'Stop a rising curve before it crashes',
  'economy.casino.crash.explain':
    'A multiplier rises from 1.00, faster and faster, to {most, number} within a minute, and crashes at a point that was drawn before. In a channel up to {players, number} members bet on the same curve: the first opens the round, bets are taken for {seconds, number} seconds, and each cashes out for themselves; alone plays one of your own. Stop it in time and it pays so many times your bet; what counts is when the bot gets your press. It passes {low, number} in {lowChance, number, ::.00}% of rounds and {high, number} in {highChance, number, ::.00}%. With auto it is paid by itself.',
  'economy.casino.crash.auto': 'Pay by itself at this multiplier: 1.01 to 100',
  'economy.casino.crash.no-auto': 'Please type a multiplier from 1.01 to 100 with two decimals at most, such as 2.5.',
  'economy.casino.ratrace.name': 'Rat races',

  'economy.casino.crash.open': 'Your last curve is still rising. Stop it, or wait for its end.',
  'economy.casino.crash.flying': 'Started {at}: **{multiplier, number, ::.00}×** and rising.',
  'economy.casino.crash.target': 'It is paid by itself at {target, number, ::.00}×, if it comes so far.',
  'economy.casino.crash.stop': 'Stop',
  'economy.casino.crash.look': 'Look',
  'economy.casino.crash.stopped':
    'Paid at **{at, number, ::.00}×**. The curve would have gone on to {point, number, ::.00}×.',
  'economy.casino.crash.crashed': 'Crashed at **{point, number, ::.00}×**.',
  'economy.casino.crash.quick': 'Start for {coins, number}',
  'economy.casino.crash.returns':
    'At any multiplier, {percent, number, ::.00}% of what is bet comes back on average, or a little less.',

  'economy.casino.paytable.describe': 'See what a game pays, how often, and what comes back on average',
  'economy.casino.paytable.button': 'Odds',
  'economy.casino.paytable.title': 'Odds of {game}',
  'economy.casino.paytable.line': '{what}: {pays, number}× · {percent, number, ::.0000}%',
  'economy.casino.paytable.line-open': '{what}: {pays, number}×',
  'economy.casino.paytable.pot':
    'That is with a bet of {bet, number} and the pot as it is: **{coins, number}**. Five scatters win it, up to {stakes, number} times the bet; what is left stays in it. A hundredth of every bet goes into it, which the house pays. However full it is, never more than {most, number, ::.00}% comes back on average.',
  'economy.casino.paytable.gear':
    'With gear: {percent, number, ::.00}% with all that works for you now. Items are cut back so that nobody ever gets more than {most, number, ::.00}% back on average.{game, select, blackjack { Who is told of the hidden card gives up {hint, number}% of what they win.} other {}}',
  'economy.casino.paytable.side': 'The side you chose',
  'economy.casino.paytable.symbol':
    '{count, number} × {symbol}{free, plural, =0 {} one { and a free spin} other { and # free spins}}',
  'economy.casino.paytable.wheel': '{bet} ({numbers, plural, one {# number} other {# numbers}})',
  'economy.casino.paytable.natural': 'A natural',
  'economy.casino.paytable.won': 'A win',
  'economy.casino.paytable.reached': 'It comes to {multiplier, number, ::.00}×',

  'economy.casino.stats.describe': 'See what you or another member did at each game',
  'economy.casino.stats.member': 'Whose games; yours if left out',
  'economy.casino.stats.title': 'Games played',
  'economy.casino.stats.of': 'These are the games of {member}.',
  'economy.casino.stats.none': 'Nothing has been played yet. /casino hub shows what there is.',
  'economy.casino.stats.net': 'Net over all games: **{coins, number, ::sign-always}**',
  'economy.casino.stats.line':
    '{played, plural, one {# round} other {# rounds}}: {won, number} won, {lost, number} lost, {pushed, number} pushed\nstaked {staked, number}, paid {paid, number}: **{net, number, ::sign-always}** · best {most, number}',
  'economy.casino.stats.bot': 'Bots play no games. Choose a member instead.',
  'economy.casino.stats.absent': 'That person is not in this server, so there is nothing of theirs to see here.',

  'economy.casino.hub.describe': 'See all games, and play one at a press',
  'economy.casino.hub.explain':
    'Lists the games with their limits and what they return. Bets are taken from your wallet first and then from the bank; what you win goes to your wallet. /casino limits lets you set limits of your own.',
  'economy.casino.hub.title': 'Casino',
  'economy.casino.hub.about':
    'Every game keeps a little of what is bet, and shows how much. /fair seed shows what your rounds are drawn from.',
  'economy.casino.hub.line':
    '{about}. `{command}`\nbets {least, number} to {most, number} · returns {percent, number, ::.00}%',

  'economy.casino.limits.describe': 'Limit what you can lose a day, or stay out for some time',
  'economy.casino.limits.loss': 'The most coins to lose a day by UTC, or none',
  'economy.casino.limits.hours': 'Stay out of the casino for so many hours',
  'economy.casino.limits.explain':
    'A stricter limit counts at once, a looser one after {hours, number} hours. Time out cannot be shortened.',
  'economy.casino.limits.title': 'Your own limits',
  'economy.casino.limits.now':
    '{limit, plural, =0 {You have set no limit.} other {You let yourself lose {limit, number} a day.}} Today you have lost {lost, number}.',
  'economy.casino.limits.next': 'From {at} on {limit, plural, =0 {there is no limit} other {it is {limit, number}}}.',
  'economy.casino.limits.until': 'You stay out of the casino. It is open to you again {at}.',
  'economy.casino.limits.no-amount': 'Please type a whole number of coins such as 500, or none.',
  'economy.casino.limits.longer': 'You have chosen to stay out for longer than that, and it cannot be shortened.',
  'economy.casino.limits.out': 'You have chosen to stay out of the casino. It is open to you again {at}.',
  'economy.casino.limits.reached':
    'You let yourself lose {limit, number} a day, and have {left, number} of that left. /casino limits shows more.',

  'economy.casino.feed.title': 'A big win',
  'economy.casino.feed.win': '{member} staked {stake, number} at {game} and was paid **{paid, number}**.',
  'economy.casino.feed.gone':
    'Big wins are announced no more: {channel} is gone. /settings set casino.feed chooses another channel.',
  'economy.casino.feed.forbidden':
    'Big wins are announced no more: I may not write in {channel}. /settings set casino.feed sets it again.',

  'economy.casino.shared.title': 'Big wins elsewhere',
  'economy.casino.shared.win':
    'Somebody in another server staked {stake, number} at {game} and was paid **{paid, number}**.',
  'economy.casino.shared.footer': 'Servers that share their big wins tell each other no names.',

  'economy.casino.statistic':
    '{played, plural, one {# round} other {# rounds}}: {won, number} won, {lost, number} lost, {percent, number, ::.0}% won',

  'economy.entry.slots-stake': 'Bet at slots',
  'economy.entry.slots-payout': 'Paid by slots',
  'economy.entry.coinflip-stake': 'Bet on a coin',
  'economy.entry.coinflip-payout': 'Paid by coinflip',
  'economy.entry.roulette-stake': 'Bet at roulette',
  'economy.entry.roulette-payout': 'Paid by roulette',
  'economy.entry.blackjack-stake': 'Bet at blackjack',
  'economy.entry.blackjack-payout': 'Paid by blackjack',
  'economy.entry.crash-stake': 'Bet at crash',
  'economy.entry.crash-payout': 'Paid by crash',

  'economy.entry.slots-pot': 'Pot of the slots',
  'economy.entry.gear-bonus': 'Bonus of items at a game',
  'economy.entry.insurance': 'Insurance of a lost bet',

  'economy.board.casino-net': 'Most won in the casino',
  'economy.board.casino-net-line': '{score, number, ::sign-always} coins',
  'economy.board.casino-wins': 'Most rounds won',
  'economy.board.casino-games': 'Most rounds played',
  'economy.board.casino-rounds-line': '{score, plural, one {# round} other {# rounds}}',

  'economy.setting.min-bet': 'Least bet in the casino',
  'economy.setting.max-bet': 'Most bet in the casino',
  'economy.setting.game-min-bet': 'Least bet at this game; 0 for casino.min_bet',
  'economy.setting.game-max-bet': 'Most bet at this game; 0 for casino.max_bet',
  'economy.setting.coinflip-payout': 'What a won coinflip pays, as a share of the bet; 200% leaves the house nothing',
  'economy.setting.announce-min': 'Coins of a payout from which it is announced, whatever was bet',
  'economy.setting.jackpot-enabled':
    'Whether slots have a pot that five scatters win; free spins are then 1, 2 and 3 instead of 2, 3 and 5',
  'economy.setting.gear-bonus-daily-cap': 'Most coins that items add to a member’s games a day; 0 for no limit',
  'economy.setting.casino-shared-feed':
    'Whether servers that want this too are told of big wins here, without any name, and theirs are posted here',
  'economy.setting.casino-feed': 'Channel in which big wins are announced',
} satisfies Messages;
