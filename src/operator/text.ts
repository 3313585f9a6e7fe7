import type { Messages } from '../kernel/text.ts';

/** Words of the operator's commands. */
export const messages = {
  'operator.debug.actor.describe': "Look inside this server's actor",
  'operator.debug.actor.title': "This server's actor",
  'operator.debug.actor.inbox': 'Mailbox depth',
  'operator.debug.actor.waiting': 'Answers waiting for the disk',
  'operator.debug.actor.run': 'Operations run',
  'operator.debug.actor.rows': 'Rows in memory',
  'operator.debug.actor.unsnapshotted': 'Rows not in a snapshot',
  'operator.debug.actor.incarnation': 'Incarnation',
  'operator.debug.actor.journal': 'Journal position',
  'operator.debug.actor.durable': 'Durable position',
  'operator.debug.actor.snapshot': 'Snapshot position',
  'operator.debug.actor.guilds': 'Servers in memory',
  'operator.debug.actor.pending': 'Bytes not in a snapshot',
  'operator.debug.actor.quarantined': 'Servers in quarantine',
  'operator.debug.actor.storage': 'Journal',
  'operator.debug.actor.storage-failed': 'cannot be written: nothing can be changed until a restart',
  'operator.debug.actor.storage-sound': 'is written',
  'operator.debug.actor.errors': 'Last errors',
  'operator.debug.actor.no-errors': 'None since this actor started.',
  'operator.debug.actor.not-in-memory': "This server's actor is not in memory.",
} satisfies Messages;
