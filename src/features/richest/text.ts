import type { Messages } from '../../kernel/text.ts';

/** Words of the net worths. */
export const messages = {
  'economy.richest.describe': 'See the five richest members',
  'economy.richest.explain':
    'Counts wallet, bank and the value of shares, less debts and loans. It is reckoned anew each night by UTC; /leaderboard board:richest shows all of it, and your own place.',
  'economy.richest.title': 'The richest members',
  'economy.richest.place': '#{place}',
  'economy.richest.line': '{place} {member} – {coins, plural, one {# coin} other {# coins}}',
  'economy.richest.first': 'This is being reckoned for the first time. Ask again in a moment.',
  'economy.richest.nobody': 'Nobody is worth anything yet. Be the first!',
  'economy.richest.today': 'Reckoned {at}, and anew each night.',
  'economy.richest.old': 'Today’s standings are not there yet: these were reckoned {at}.',
  'economy.richest.worth': 'Worth altogether',
  'economy.board.richest': 'Richest members',
} satisfies Messages;
