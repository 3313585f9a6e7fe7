import type { Messages } from '../../../../kernel/text.ts';

/** Words of the crash rounds of channels. */
export const messages = {
  'economy.casino.crash.alone': 'Play a curve of your own at once, instead of the round of this channel',
  'economy.casino.crash.join': 'Bet {coins, number}',
  'economy.casino.crash.join-other': 'Another amount',
  'economy.casino.crash.cash-out': 'Cash out',
  'economy.casino.crash.another': 'Another round',
  'economy.casino.crash.channel.number': 'Round {round} · /fair verify works it out again',
  'economy.casino.crash.channel.open': 'Bets are open. The curve starts {at}.',
  'economy.casino.crash.channel.rising': '**{multiplier, number, ::.00}×** and rising.',
  'economy.casino.crash.channel.crashed': 'Crashed at **{point, number, ::.00}×**.',
  'economy.casino.crash.channel.left':
    'Nobody was in any more at **{left, number, ::.00}×**. The curve would have gone on to {point, number, ::.00}×.',
  'economy.casino.crash.channel.away':
    'The bot was away, and nobody could cash out. Whoever was in is paid what the curve showed last: **{left, number, ::.00}×**.',
  'economy.casino.crash.channel.cancelled': 'This round did not take place. Every stake went back.',
  'economy.casino.crash.channel.bets': '{bets, plural, one {# bet} other {# bets}}',
  'economy.casino.crash.channel.line': '{member}: {stake, number}',
  'economy.casino.crash.channel.line-auto': '{member}: {stake, number}, by itself at {target, number, ::.00}×',
  'economy.casino.crash.channel.line-paid': '{member}: {stake, number} → **{paid, number}** at {at, number, ::.00}×',
  'economy.casino.crash.channel.line-lost': '{member}: {stake, number} → 0',
  'economy.casino.crash.channel.line-returned': '{member}: {stake, number} went back',
  'economy.casino.crash.channel.opened':
    'A round of crash is open in {channel}. Nothing has been bet yet: the hash of its seed stands on the card there, and its buttons bet.',
  'economy.casino.crash.channel.own-open': 'You are in with **{stake, number}**. Start: {at}.',
  'economy.casino.crash.channel.own-rising':
    'You are in with **{stake, number}**, and the curve is at **{multiplier, number, ::.00}×**.',
  'economy.casino.crash.channel.own-paid': 'Your {stake, number} were paid **{paid, number}** at {at, number, ::.00}×.',
  'economy.casino.crash.channel.own-lost': 'Your {stake, number} were lost: it crashed at {point, number, ::.00}×.',
  'economy.casino.crash.channel.own-returned': 'Your {stake, number} went back: the round did not take place.',
  'economy.casino.crash.channel.stopped': 'You cashed out at **{at, number, ::.00}×**.',
  'economy.casino.crash.form.title': 'Bet on the curve',
  'economy.casino.crash.form.amount': 'Amount',
  'economy.casino.crash.form.amount-examples': '250, 1,000, all, half or 25%',
  'economy.casino.crash.form.auto': 'Cash out by itself at',
  'economy.casino.crash.form.auto-examples': '2.5, or nothing to do it yourself',

  'economy.casino.crash.no-amount': 'Please type a whole number of coins such as 250 or 1,000, or all, half or 25%.',
  'economy.casino.crash.rising':
    'The curve of this channel is rising, and takes no more bets. The next round opens when it is over; with alone you play at once.',
  'economy.casino.crash.seated': 'You have a bet in the round of {channel}. Cash out there, or wait for its end.',
  'economy.casino.crash.full': '{most, number} are in already, and that is as many as can be.',
  'economy.casino.crash.not-in': 'You have no bet in this round.',
  'economy.casino.crash.long-past': 'That round was over long ago, or nobody bet on it. Nothing was done.',
  'economy.casino.crash.many': 'Rounds are on their way in too many channels. Try again in a minute, or play alone.',
  'economy.casino.crash.nowhere': 'A round is opened in a channel. Use /casino crash there.',

  'economy.entry.crash-refund': 'Bet at crash given back',
} satisfies Messages;
