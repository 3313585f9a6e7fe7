import type { Messages } from '../../kernel/text.ts';

/** Words of the rat races. */
export const messages = {
  'economy.races.describe': 'Open a rat race that everybody can bet on',
  'economy.races.explain':
    'Opens a race of six rats, or shows the one that is open. Bets are taken for {seconds, number} seconds, one from each member and {most, number} in all, from wallet and bank. Speed is for two steps at once, stamina against standing still, luck for a step all the same. The first {places, number} are paid by the factors beside each rat, which are worked out exactly: whichever you choose, it returns {percent, number}% on average. A rat that is too good for the places pays for the win alone. In {dropOut, number}% of races a rat drops out. The race is drawn from a seed whose hash stands on the card before you bet, and from the bets.',
  'economy.races.title': 'Rat race',
  'economy.races.number': 'Race {race} · /fair verify works it out again',
  'economy.races.rat': 'Rat {rat, number}',
  'economy.races.figures': 'speed {speed, number}, stamina {stamina, number}, luck {luck, number}',
  'economy.races.factors': '×{win, number, ::.000} / {second, number, ::.000} / {third, number, ::.000}',
  'economy.races.win-only': '×{win, number, ::.000} for the win alone',
  'economy.races.lobby': 'Bets are open. The race starts {at}.',
  'economy.races.running': 'The race is on: turn {turn, number}. Bets are closed.',
  'economy.races.over': 'The race is over.',
  'economy.races.cancelled': 'This race did not take place. Every stake went back.',
  'economy.races.bets': '{bets, plural, one {# bet} other {# bets}}',
  'economy.races.line': '{member}: {stake, number} on rat {rat, number}',
  'economy.races.line-paid': '{member}: {stake, number} on rat {rat, number} → {paid, number}',
  'economy.races.pick': 'Bet on a rat',
  'economy.races.look': 'Look',
  'economy.races.cancel': 'Call off',
  'economy.races.another': 'Another race',
  'economy.races.posted': 'A race is open in {channel}.',
  'economy.races.bet': 'You bet **{coins, number}** {coins, plural, one {coin} other {coins}} on rat {rat, number}.',
  'economy.races.form.title': 'Bet on rat {rat, number}',
  'economy.races.form.amount': 'Amount',
  'economy.races.form.examples': '250, 1,000, all, half or 25%',
  'economy.races.statistic':
    '{raced, plural, one {# bet} other {# bets}}, {won, number} won, {net, number, ::sign-always} coins',

  'economy.races.verify.turns': 'The race took {turns, number} turns.',
  'economy.races.verify.home':
    '{place, select, 1 {🥇} 2 {🥈} other {🥉}} Rat {rat, number}, home in turn {turn, number}',
  'economy.races.verify.dropped': 'Rat {rat, number} dropped out in turn {turn, number}.',
  'economy.races.verify.bet':
    '{member}: {stake, number} on rat {rat, number}, paid {paid, number}; its place comes to {due, number}',
  'economy.races.verify.no-rats':
    'Please give the six rats in order, each as speed/stamina/luck, such as 87/45/60, as they stand on the card.',

  'economy.races.off': 'There are no rat races in this server.',
  'economy.races.past': 'That race is long over. Open another with /ratrace.',
  'economy.races.not-yours':
    'A race that others have bet on is called off by the staff alone, and one that nobody has bet on by who opened it as well.',
  'economy.races.twice': 'You have bet {stake, number} on rat {rat, number} already. One bet a race is all there is.',
  'economy.races.full': '{most, number} have bet already, and that is as many as can.',
  'economy.races.no-amount': 'Please type a whole number of coins such as 250 or 1,000, or all, half or 25%.',
  'economy.races.below': 'That comes to {stake, number}, and the least that can be bet is {least, number}.',
  'economy.races.above': 'That comes to {stake, number}, and the most that can be bet is {most, number}.',
  'economy.races.poor':
    'Your wallet holds {wallet, number} and your bank {bank, number}, which is {missing, number} too few for a bet of {stake, number}.',

  'economy.entry.race-stake': 'Bet on a rat race',
  'economy.entry.race-payout': 'Paid by a rat race',
  'economy.entry.race-refund': 'Bet on a rat race given back',

  'economy.setting.ratrace-enabled': 'Whether there are rat races',
  'economy.setting.ratrace-betting': 'Seconds in which bets on a rat race are taken',
  'economy.setting.ratrace-channel': 'Channel in which rat races are run; where they were asked for if none',
} satisfies Messages;
