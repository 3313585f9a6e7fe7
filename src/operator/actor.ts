import type { ActorFigures } from '../actors/guild.ts';
import type { Command } from '../kernel/feature.ts';
import { query } from '../kernel/operation.ts';
import { options } from '../kernel/option.ts';
import { done } from '../kernel/outcome.ts';
import type { Embed } from '../kernel/reply.ts';
import type { Text } from '../kernel/text.ts';
import type { StoreFigures } from '../storage/contract.ts';
import { figure, incidentLine, lines } from './card.ts';
import type { LookAt } from './subject.ts';

interface ActorReport {
  readonly store: StoreFigures;
  readonly actorsInMemory: number;
  readonly quarantined: number;
}

const errorsShown = 3;

const actorCard = (figures: ActorFigures, report: ActorReport, text: Text): Embed => {
  const { state } = figures;
  const { store } = report;
  const errors = figures.errors.slice(-errorsShown).map(incidentLine);
  return {
    title: text('operator.debug.actor.title'),
    fields: [
      figure('operator.debug.actor.inbox', figures.inboxDepth, text),
      figure('operator.debug.actor.waiting', figures.answersWaiting, text),
      figure('operator.debug.actor.run', figures.operationsRun, text),
      figure('operator.debug.actor.rows', state.rowsInMemory, text),
      figure('operator.debug.actor.unsnapshotted', state.rowsUnsnapshotted, text),
      figure('operator.debug.actor.incarnation', figures.incarnation, text),
      figure('operator.debug.actor.journal', state.journalPosition, text),
      figure('operator.debug.actor.durable', store.durablePosition, text),
      figure('operator.debug.actor.snapshot', state.snapshotPosition, text),
      figure('operator.debug.actor.guilds', report.actorsInMemory, text),
      figure('operator.debug.actor.pending', store.unsnapshottedBytes, text),
      figure('operator.debug.actor.quarantined', report.quarantined, text),
      figure(
        'operator.debug.actor.storage',
        text(store.failed ? 'operator.debug.actor.storage-failed' : 'operator.debug.actor.storage-sound'),
        text,
      ),
      lines('operator.debug.actor.errors', errors, 'operator.debug.actor.no-errors', text),
    ],
  };
};

/**
 * `/debug actor`: a guild's actor, mailbox and storage. The figures are of the moment the query runs in the actor, so
 * the query itself is never among the waiting.
 */
export const actorCommand = (lookAt: LookAt): Command => ({
  path: 'debug actor',
  describe: 'operator.debug.actor.describe',
  visibility: 'private',
  operation: query({
    name: 'operator.debug.actor',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: ({ guild }) => {
      const { directory, store } = lookAt();
      return done({
        actor: directory.figures(guild),
        store: store.figures(),
        actorsInMemory: directory.actorsInMemory(),
        quarantined: directory.quarantines().length,
      });
    },
    view: ({ actor, ...report }, text) => ({
      private: true,
      ...(actor
        ? { embeds: [actorCard(actor, report, text)] }
        : { content: text('operator.debug.actor.not-in-memory') }),
    }),
  }),
});
