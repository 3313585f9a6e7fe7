import type { GuildDirectory } from '../actors/directory.ts';
import type { ActorFigures } from '../actors/guild.ts';
import type { Feature } from '../kernel/feature.ts';
import type { GuildId } from '../kernel/ids.ts';
import { query } from '../kernel/operation.ts';
import { options } from '../kernel/option.ts';
import { done } from '../kernel/outcome.ts';
import type { Embed, Field } from '../kernel/reply.ts';
import type { Text } from '../kernel/text.ts';
import type { Store, StoreFigures } from '../storage/contract.ts';
import { messages } from './text.ts';

/** What the debug commands look at; handed over once the runtime runs. */
export interface DebugSubject {
  readonly directory: Pick<GuildDirectory, 'figures' | 'actorsInMemory' | 'quarantines'>;
  readonly store: Pick<Store, 'figures'>;
}

interface ActorReport {
  readonly actor: ActorFigures | undefined;
  readonly store: StoreFigures;
  readonly actorsInMemory: number;
  readonly quarantined: number;
}

const look = (subject: DebugSubject, guild: GuildId): ActorReport => ({
  actor: subject.directory.figures(guild),
  store: subject.store.figures(),
  actorsInMemory: subject.directory.actorsInMemory(),
  quarantined: subject.directory.quarantines().length,
});

const actorCard = (figures: ActorFigures, report: ActorReport, text: Text): Embed => {
  const { state } = figures;
  const { store } = report;
  const field = (name: string, value: string | number): Field => ({
    name: text(`operator.debug.actor.${name}`),
    value: typeof value === 'number' ? value.toLocaleString('en') : value,
    inline: true,
  });
  const errors = figures.errors
    .slice(-3)
    .map((error) => `\`${error.incident}\` <t:${Math.floor(error.at / 1000)}:R> ${error.operation}: ${error.message}`);
  return {
    title: text('operator.debug.actor.title'),
    fields: [
      field('inbox', figures.inboxDepth),
      field('waiting', figures.answersWaiting),
      field('run', figures.operationsRun),
      field('rows', state.rowsInMemory),
      field('unsnapshotted', state.rowsUnsnapshotted),
      field('incarnation', figures.incarnation),
      field('journal', state.journalPosition),
      field('durable', store.durablePosition),
      field('snapshot', state.snapshotPosition),
      field('guilds', report.actorsInMemory),
      field('pending', store.unsnapshottedBytes),
      field('quarantined', report.quarantined),
      field(
        'storage',
        text(store.failed ? 'operator.debug.actor.storage-failed' : 'operator.debug.actor.storage-sound'),
      ),
      {
        name: text('operator.debug.actor.errors'),
        value: errors.length > 0 ? errors.join('\n').slice(0, 1024) : text('operator.debug.actor.no-errors'),
      },
    ],
  };
};

/**
 * `/debug actor`: administrators look inside their own guild's actor. The figures are of the moment the query runs in
 * the actor, so the query itself is never among the waiting.
 */
export const debugFeature = (subject: () => DebugSubject): Feature => {
  const actor = query({
    name: 'operator.debug.actor',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: (context) => done(look(subject(), context.guild)),
    view: (report, text) => ({
      private: true,
      ...(report.actor
        ? { embeds: [actorCard(report.actor, report, text)] }
        : { content: text('operator.debug.actor.not-in-memory') }),
    }),
  });
  return {
    name: 'debug',
    pack: 'shared',
    commands: [
      { path: 'debug actor', describe: 'operator.debug.actor.describe', operation: actor, visibility: 'private' },
    ],
    operations: [actor],
    collections: [],
    reactions: [],
    settings: [],
    invariants: [],
    messages,
  };
};
