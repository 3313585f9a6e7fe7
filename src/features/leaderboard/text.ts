import type { Messages } from '../../kernel/text.ts';

/** Words of the leaderboards. */
export const messages = {
  'core.leaderboard.describe': 'See who leads, and where you stand',
  'core.leaderboard.board': 'Which board',
  'core.leaderboard.page-option': 'Which page, from 1',
  'core.leaderboard.public': 'Show it to everybody in the channel',
  'core.leaderboard.place': '#{place}',
  'core.leaderboard.line': '{place} {member} – {score}',
  'core.leaderboard.own': 'Asked by: {line}',
  'core.leaderboard.absent': '{member} is not on this board yet.',
  'core.leaderboard.empty': 'Nobody is on this board yet. Be the first!',
  'core.leaderboard.page': 'Page {page, number}',
  'core.leaderboard.previous': 'Previous',
  'core.leaderboard.next': 'Next',
  'core.leaderboard.no-page': 'This board does not reach to page {page, number}. Try an earlier one.',
  'core.leaderboard.no-board': 'There is no such board. The boards are: {names}.',
  'core.leaderboard.not-yours': 'Somebody else opened this board. Open your own with /leaderboard.',
} satisfies Messages;
