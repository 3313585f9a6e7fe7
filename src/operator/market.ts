import type { Command } from '../kernel/feature.ts';
import type { EpochMs } from '../kernel/ids.ts';
import { query } from '../kernel/operation.ts';
import { options } from '../kernel/option.ts';
import { done } from '../kernel/outcome.ts';
import type { Text } from '../kernel/text.ts';
import { calendar } from '../schedule/cron.ts';
import { figure, lines, relativeTime } from './card.ts';
import type { LookAt } from './subject.ts';

/** A world as an operator sees it. */
interface ShownWorld {
  readonly name: string;
  readonly newest: number;
  readonly seen: number;
  /** Of the newest version; `undefined` before the first. */
  readonly at: EpochMs | undefined;
}

const shown = ({ name, newest, seen, at }: ShownWorld, text: Text): string =>
  text('operator.debug.market.world', {
    name,
    newest,
    seen,
    at: at === undefined ? text('operator.debug.market.never') : relativeTime(at),
  });

/** `/debug market`: the newest version of each world, the one this guild's actor has, and when the market ticks next. */
export const marketCommand = (lookAt: LookAt): Command => ({
  path: 'debug market',
  describe: 'operator.debug.market.describe',
  visibility: 'private',
  operation: query({
    name: 'operator.debug.market',
    version: 1,
    who: 'administrator',
    input: options({}),
    run: ({ guild, now }) => {
      const { directory, registry, worlds } = lookAt();
      const heard = directory.figures(guild)?.worlds;
      return done({
        worlds: [...registry.worlds.keys()].map((name): ShownWorld => {
          const view = worlds.get(name);
          return { name, newest: view?.version ?? 0, seen: heard?.versions[name] ?? 0, at: view?.at };
        }),
        ticks: registry.jobs
          .filter(({ realm }) => realm === 'market')
          .map(({ operation, pattern }) => ({ name: operation.name, at: calendar.next(pattern, 'UTC', now) })),
        gaps: heard?.gaps ?? 0,
        repeats: heard?.repeats ?? 0,
      });
    },
    view: ({ worlds, ticks, gaps, repeats }, text) => ({
      private: true,
      embeds: [
        {
          title: text('operator.debug.market.title'),
          fields: [
            lines(
              'operator.debug.market.worlds',
              worlds.map((world) => shown(world, text)),
              'operator.debug.market.none',
              text,
            ),
            lines(
              'operator.debug.market.next',
              ticks.map(({ name, at }) => `${name} ${relativeTime(at)}`),
              'operator.debug.market.none',
              text,
            ),
            figure('operator.debug.market.gaps', gaps, text),
            figure('operator.debug.market.repeats', repeats, text),
          ],
        },
      ],
    }),
  }),
});
