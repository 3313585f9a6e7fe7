import type { Messages } from '../../kernel/text.ts';
import { lines } from './lines.ts';

/** Words of the tavern. */
export const messages = {
  'economy.tavern.title': 'Whip in the tavern',
  'economy.tavern.describe': 'Hurry the robot behind the bar, who has something to say to that',
  'economy.tavern.whipped': '{member} cracks the whip at the robot behind the bar.',
  'economy.tavern.line': `{line, select, ${lines.map((line, number) => `n${number} {“${line}”}`).join(' ')} other {…}}`,
  'economy.tavern.count':
    'Reply {said, number} of {all, number}, {left, plural, =0 {and then they begin again} other {# unused left}}',
  'economy.tavern.off': 'The tavern is closed in this server.',
  'economy.tavern.cooldown': 'The robot is still catching its breath. Try again {at}.',
  'economy.setting.tavern-enabled': 'Whether the tavern is open',
} satisfies Messages;
