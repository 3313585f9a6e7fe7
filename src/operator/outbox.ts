import type { FailedEffect } from '../actors/outbox.ts';
import type { Query } from '../kernel/context.ts';
import { effectAttemptsMax, outbox } from '../kernel/effect.ts';
import type { Command } from '../kernel/feature.ts';
import type { EpochMs, RowId } from '../kernel/ids.ts';
import { query } from '../kernel/operation.ts';
import { options } from '../kernel/option.ts';
import { done } from '../kernel/outcome.ts';
import { figure, incidentLine, lines, relativeTime } from './card.ts';
import type { LookAt } from './subject.ts';

const effectsShown = 10;
const failuresShown = 3;

/** An effect that has not ended, as an operator sees it. */
interface ShownEffect {
  readonly id: RowId;
  readonly kind: string;
  readonly at: EpochMs;
  readonly attempts: number;
}

/** Kinds of effects share their form of names with operations; what the runtime itself does begins with `core.`. */
const isEffect = (name: string, registry: ReturnType<LookAt>['registry']): boolean =>
  !registry.operations.has(name) && !name.startsWith('core.');

const failureLine = ({ id, kind, at, failed }: FailedEffect): string =>
  `\`${id}\` ${relativeTime(at)} ${kind}: ${failed}`;

const nextEffects = (context: Query): readonly ShownEffect[] =>
  context.top(outbox, 'due', 0, effectsShown).map(([[id]]) => {
    const { kind, at, attempts } = context.get(outbox, [id]);
    return { id, kind, at, attempts };
  });

/** `/debug outbox`: what a guild still has to do outside, how often it was tried, and what went wrong. */
export const outboxCommand = (lookAt: LookAt): Command => ({
  path: 'debug outbox',
  describe: 'operator.debug.outbox.describe',
  visibility: 'private',
  operation: query({
    name: 'operator.debug.outbox',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: (context) => {
      const { directory, registry } = lookAt();
      const figures = directory.figures(context.guild);
      const failures = (figures?.errors ?? []).filter(({ operation }) => isEffect(operation, registry));
      return done({
        counts: figures?.outbox ?? { waiting: context.count(outbox), underWay: 0, failures: [] },
        effects: nextEffects(context),
        broken: failures.slice(-failuresShown),
      });
    },
    view: ({ counts, effects, broken }, text) => ({
      private: true,
      embeds: [
        {
          title: text('operator.debug.outbox.title'),
          fields: [
            figure('operator.debug.outbox.waiting', counts.waiting, text),
            figure('operator.debug.outbox.under-way', counts.underWay, text),
            lines(
              'operator.debug.outbox.next',
              effects.map(
                ({ id, kind, at, attempts }) =>
                  `\`${id}\` ${kind} ${relativeTime(at)} (${attempts} / ${effectAttemptsMax})`,
              ),
              'operator.debug.outbox.none',
              text,
            ),
            lines(
              'operator.debug.outbox.failures',
              [...counts.failures.slice(-failuresShown).map(failureLine), ...broken.map(incidentLine)],
              'operator.debug.outbox.no-failures',
              text,
            ),
          ],
        },
      ],
    }),
  }),
});
