import type { Query } from '../../kernel/context.ts';
import type { Command, Feature } from '../../kernel/feature.ts';
import { jobStates } from '../../kernel/job.ts';
import { query } from '../../kernel/operation.ts';
import { options } from '../../kernel/option.ts';
import { done } from '../../kernel/outcome.ts';
import type { LineChart } from '../../kernel/picture.ts';
import type { Button } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import {
  colors,
  entryText,
  type Flows,
  flowsOf,
  guildMoneyOf,
  isFrozen,
  relativeTime,
  type Statistic,
  statusFigures,
} from '../wallet/api.ts';
import { auditButton } from './audit.ts';
import { progressWords } from './reset/command.ts';
import { isResetting, resetOf } from './reset/state.ts';
import { bans } from './state.ts';
import { flowsShown } from './tuning.ts';

/** Figures of other features that fit on the card beside its own, and jobs that fit in one of its fields. */
const figuresMax = 12;
const jobsMax = 15;

interface JobLine {
  readonly name: string;
  readonly lastAt: number | undefined;
}

const readJobs = (q: Query, features: readonly Feature[]): readonly JobLine[] =>
  features
    .filter(({ pack }) => pack === 'economy')
    .flatMap((feature) => feature.jobs ?? [])
    .filter(({ realm }) => realm === 'guilds')
    .slice(0, jobsMax)
    .map(({ operation: { name } }) => ({ name, lastAt: q.find(jobStates, [name])?.lastDueAt }));

const chartOf = ({ days }: Flows, text: Text): LineChart => {
  const values = days.map(({ held }) => Number(held));
  return {
    kind: 'line-chart',
    title: text('economy.staff.status.chart'),
    alternative: text('economy.staff.status.chart-alternative', {
      days: days.length,
      first: values[0] ?? 0,
      last: values.at(-1) ?? 0,
    }),
    points: days.map(({ atMs }, index) => [atMs, values[index] ?? 0]),
    decimals: 0,
  };
};

const flowLines = ({ kinds }: Flows, text: Text): readonly string[] =>
  kinds
    .toSorted((left, right) => Number(right.minted + right.burned - left.minted - left.burned))
    .slice(0, flowsShown)
    .map(({ kind, minted, burned }) =>
      text('economy.staff.status.flow', {
        what: text(entryText(kind), { other: text('economy.somebody') }),
        minted,
        burned,
      }),
    );

const figureField = ({ title, text: key, args }: Statistic, text: Text) => ({
  name: text(title),
  value: text(key, args),
  inline: true,
});

/** `/eco status`: what there is, where it comes from and goes to, and what the staff did. `buttons` are others' ways. */
export const statusCommand = (features: () => readonly Feature[], buttons: (text: Text) => readonly Button[]) => {
  const status = query({
    name: 'economy.staff.status',
    version: 1,
    who: 'staff',
    input: options({}),
    run: (q) =>
      done({
        money: guildMoneyOf(q),
        flows: flowsOf(q),
        frozen: isFrozen(q),
        bans: q.count(bans),
        reset: isResetting(q) ? resetOf(q) : undefined,
        jobs: readJobs(q, features()),
        figures: q.extensions(statusFigures, {}).flat().slice(0, figuresMax),
      }),
    view: ({ money, flows, frozen, bans: banned, reset, jobs, figures }, text) => {
      const { accounts, held, owed, inVaults, inTreasuries } = money;
      const lines = flowLines(flows, text);
      const field = (name: 'accounts' | 'coins' | 'vaults' | 'owed' | 'bans', value: number | bigint) => ({
        name: text(`economy.staff.status.field.${name}`),
        value: text('economy.staff.status.number', { value }),
        inline: true,
      });
      return {
        private: true,
        embeds: [
          {
            title: text('economy.staff.status.title'),
            description: [
              text(frozen ? 'economy.staff.status.frozen' : 'economy.staff.status.moving'),
              ...(reset ? [progressWords({ reset, accounts }, text)] : []),
              '',
              text('economy.staff.status.flows'),
              ...(lines.length > 0 ? lines : [text('economy.staff.status.no-flows')]),
            ].join('\n'),
            color: frozen ? colors.loss : colors.money,
            fields: [
              field('accounts', accounts),
              field('coins', held + inVaults),
              field('vaults', inTreasuries),
              field('owed', owed),
              field('bans', banned),
              ...figures.map((figure) => figureField(figure, text)),
              {
                name: text('economy.staff.status.field.jobs'),
                value: jobs
                  .map(({ name, lastAt }) =>
                    text('economy.staff.status.job', {
                      name,
                      at: lastAt === undefined ? text('economy.staff.status.never') : relativeTime(lastAt),
                    }),
                  )
                  .join('\n'),
              },
            ],
            picture: chartOf(flows, text),
          },
        ],
        rows: [[auditButton(text), ...buttons(text)]],
      };
    },
  });
  const command: Command = {
    path: 'eco status',
    describe: 'economy.staff.status.describe',
    operation: status,
    visibility: 'private',
    explain: { text: 'economy.staff.status.explain', figures: () => ({}) },
  };
  return { command, operations: [status] };
};
