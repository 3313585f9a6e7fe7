import type { Feature } from '../kernel/feature.ts';
import { actorCommand } from './actor.ts';
import { marketCommand } from './market.ts';
import { outboxCommand } from './outbox.ts';
import type { LookAt } from './subject.ts';
import { messages } from './text.ts';
import { timersCommand } from './timers.ts';

export type { DebugSubject } from './subject.ts';

/** `/debug`: administrators look inside their own guild, and nowhere else. */
export const debugFeature = (lookAt: LookAt): Feature => {
  const commands = [actorCommand(lookAt), timersCommand(lookAt), outboxCommand(lookAt), marketCommand(lookAt)];
  return {
    name: 'debug',
    pack: 'shared',
    commands,
    operations: commands.map(({ operation }) => operation),
    collections: [],
    reactions: [],
    settings: [],
    invariants: [],
    messages,
  };
};
