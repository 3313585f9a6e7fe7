import type { Query } from '../kernel/context.ts';
import type { Command } from '../kernel/feature.ts';
import type { EpochMs } from '../kernel/ids.ts';
import { query } from '../kernel/operation.ts';
import { booleanOption, optional, options } from '../kernel/option.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { timerAttemptsMax, timers } from '../kernel/timer.ts';
import type { Hold } from '../schedule/clock-watch.ts';
import { figure, lines, relativeTime } from './card.ts';
import type { LookAt } from './subject.ts';

const nextShown = 10;
const parkedShown = 5;
/** Timers looked through for parked ones, which are on no board. */
const parkedSearchPages = 5;
const pageRows = 200;

/** A timer as an operator sees it. */
interface ShownTimer {
  readonly operation: string;
  readonly key: string;
  readonly at: EpochMs;
  readonly attempts: number;
}

const nextTimers = (context: Query): readonly ShownTimer[] =>
  context.top(timers, 'due', 0, nextShown).map(([[operation, key]]) => {
    const { at, attempts } = context.get(timers, [operation, key]);
    return { operation, key, at, attempts };
  });

const parkedTimers = (context: Query): readonly ShownTimer[] => {
  const parked: ShownTimer[] = [];
  let after: readonly [string, string] | undefined;
  for (let page = 0; page < parkedSearchPages; page += 1) {
    const rows = context.page(timers, { after, limit: pageRows });
    for (const [[operation, key], { at, attempts }] of rows) {
      if (attempts >= timerAttemptsMax) parked.push({ operation, key, at, attempts });
      if (parked.length === parkedShown) return parked;
    }
    after = rows.at(-1)?.[0];
    if (after === undefined) break;
  }
  return parked;
};

const shown = ({ operation, key, at, attempts }: ShownTimer): string =>
  `${relativeTime(at)} \`${operation}\` ${key.replaceAll('`', "'")}${attempts > 0 ? ` (${attempts}×)` : ''}`;

const seconds = (ms: number): number => Math.ceil(ms / 1000);

/** `/debug timers`: what a guild runs next, and whether deadlines are held; the bot's owners let them fall. */
export const timersCommand = (lookAt: LookAt): Command => ({
  path: 'debug timers',
  describe: 'operator.debug.timers.describe',
  visibility: 'private',
  operation: query({
    name: 'operator.debug.timers',
    version: 1,
    who: 'administrator',
    input: options({ release: optional(booleanOption({ describe: 'operator.debug.timers.release' })) }),
    run: (context, { release }) => {
      const { directory, deadlines, owners } = lookAt();
      // They are held in all guilds at once, so an administrator of one has no say in it.
      if (release && !owners.has(context.actor.member)) return refuse('operator.debug.timers.owners-only');
      const hold: Hold | undefined = deadlines.hold();
      // No row of the guild: a query may do it, and doing it again does nothing.
      const released = release === true && deadlines.release();
      const parkedOnes = parkedTimers(context);
      const counts = directory.figures(context.guild)?.timers ?? { set: 0, due: 0, parked: 0 };
      return done({ hold, released, next: nextTimers(context), parkedOnes, counts });
    },
    view: ({ hold, released, next, parkedOnes, counts }, text) => ({
      private: true,
      embeds: [
        {
          title: text('operator.debug.timers.title'),
          fields: [
            figure('operator.debug.timers.set', counts.set, text),
            figure('operator.debug.timers.due', counts.due, text),
            figure('operator.debug.timers.parked', counts.parked, text),
            {
              name: text('operator.debug.timers.deadlines'),
              value: hold
                ? text(released ? 'operator.debug.timers.released' : 'operator.debug.timers.held', {
                    jump: seconds(hold.jumpMs),
                    left: seconds(hold.leftMs),
                  })
                : text('operator.debug.timers.falling'),
            },
            lines('operator.debug.timers.next', next.map(shown), 'operator.debug.timers.none', text),
            lines('operator.debug.timers.parked-ones', parkedOnes.map(shown), 'operator.debug.timers.none', text),
          ],
        },
      ],
    }),
  }),
});
