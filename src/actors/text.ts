import type { Messages } from '../kernel/text.ts';

/** Words for what the runtime itself refuses, and for input that no option takes. */
export const messages = {
  'core.busy': 'This server is very busy right now. Please try again in a moment.',
  'core.too-late': 'That took too long to reach me and nothing was done. Please try again.',
  'core.stopping': 'The bot is restarting. Please try again in a few seconds.',
  'core.storage-failed': 'Nothing was changed: the bot cannot write to its disk right now. Its operator has been told.',
  'core.quarantined': "This server's data needs its operator's attention; until then nothing can be done here.",
  'core.bug': 'Something went wrong and nothing was changed. The operator can find it as incident {incident}.',
  'core.answered-before': 'This was already done; its details are no longer at hand.',
  'core.only.anyone': 'You may not use this.',
  'core.only.staff': 'Only members who may manage this server can use this.',
  'core.only.administrator': 'Only administrators of this server can use this.',
  'core.only.owner': "Only this bot's operators can use this.",
  'core.only.runtime': 'Nobody can use this: it happens by itself.',
  'core.input.options': 'These options could not be read. Please type the command again.',
  'core.input.unknown-option': 'There is no option {option} here. Please type the command again.',
  'core.input.missing': 'The option {option} is missing.',
  'core.input.text': 'Please type some text.',
  'core.input.too-long': 'Please use at most {max, number} characters.',
  'core.input.integer': 'Please type a whole number from {min, number} to {max, number}.',
  'core.input.boolean': 'Please choose yes or no.',
  'core.input.choice': 'Please choose one of: {choices}.',
  'core.input.member': 'Please choose a member of this server.',
  'core.input.amount': 'Please type an amount such as 250, 1,000, all, half or 25%.',
} satisfies Messages;
