import { z } from 'zod';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import { type EpochMs, epochMs } from '../../../kernel/ids.ts';
import { coinsMax, shareUnits } from '../../../kernel/money.ts';
import { mutation, query } from '../../../kernel/operation.ts';
import { integerOption, optional, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { clanNamed, completeClans, shownName } from '../../clans/api.ts';
import { coinsField, colors, relativeTime } from '../../wallet/api.ts';
import { button } from '../card.ts';
import { openTeam, startSolo } from '../lobby.ts';
import { type Plan, planOf } from '../plan.ts';
import { difficultyClass } from '../rules.ts';
import { maxShare, penaltyShare } from '../settings.ts';
import { idSchema } from '../state.ts';
import { amountMin, planMs, targetMin, teamMax, teamMin, typedNameCharactersMax } from '../tuning.ts';
import { openedReply } from './heist.ts';
import { stepReply } from './team.ts';

const percent = (units: number): number => (units * 100) / shareUnits;

/** The plan a button means, and until when it is good. */
const planSchema = z.strictObject({
  t: idSchema,
  a: z.int().min(amountMin).max(coinsMax),
  u: timeSchema,
});

const refuseLate = (q: Query, until: EpochMs): Outcome<never> | undefined =>
  q.now >= until ? refuse('economy.heist.plan-late') : undefined;

/** Starts the planned heist alone. Everything is checked again. */
export const solo = mutation({
  name: 'heists.solo',
  version: 1,
  input: controlInput(planSchema),
  run: (m, { t, a, u }) => refuseLate(m, epochMs(u)) ?? startSolo(m, t, a),
  view: (shown, text) => openedReply(shown, text),
});

/** Begins to put a team together for the planned heist. */
export const team = mutation({
  name: 'heists.team',
  version: 1,
  input: controlInput(planSchema),
  run: (m, { t, a, u }) => refuseLate(m, epochMs(u)) ?? openTeam(m, t, a),
  view: (step, text) => ({ ...stepReply(step, text), replaces: true }),
});

/** Leaves it at that. */
export const dropPlan = query({
  name: 'heists.drop-plan',
  version: 1,
  input: controlInput(z.strictObject({})),
  run: () => done(),
  view: (_, text) => ({ private: true, replaces: true, content: text('economy.heist.plan.dropped') }),
});

/** Traits that a plan's card tells of. */
const shownTraits = ['stealth', 'speed', 'detection', 'security', 'tech', 'escape', 'noise'] as const;

const gearLines = ({ gear }: Plan, text: Text): string => {
  const lines = shownTraits.flatMap((trait) => {
    const value = gear[trait] ?? 0;
    return value > 0 ? [text(`economy.heist.gear.${trait}`, { percent: percent(value) })] : [];
  });
  return lines.length > 0 ? lines.join('\n') : text('economy.heist.gear.none');
};

const planReply = ({ plan, until }: { readonly plan: Plan; readonly until: EpochMs }, text: Text): Reply => {
  const { target, targetName, treasury, amount, penalty, difficulty, targetLocked } = plan;
  const press = { t: target, a: amount, u: until };
  return {
    private: true,
    embeds: [
      {
        title: text('economy.heist.title', { attacker: shownName(plan.attackerName), target: shownName(targetName) }),
        description: [
          text('economy.heist.plan.what', { share: Math.floor((amount / treasury) * 1_000) / 10 }),
          text('economy.heist.plan.difficulty', {
            class: text(`economy.heist.plan.${difficultyClass(difficulty)}`),
            percent: percent(difficulty),
          }),
          ...(targetLocked ? [text('economy.heist.plan.locked')] : []),
          text('economy.heist.plan.how', { least: teamMin, most: teamMax, at: relativeTime(until) }),
        ].join('\n'),
        color: colors.gold,
        fields: [
          coinsField('economy.field.heist-treasury', treasury, text),
          coinsField('economy.field.heist-amount', amount, text),
          coinsField('economy.field.heist-penalty', penalty, text),
          { name: text('economy.heist.field.gear'), value: gearLines(plan, text) },
        ],
      },
    ],
    rows: [
      [
        button(text('economy.heist.plan.solo'), 'primary', solo, press),
        button(text('economy.heist.plan.team'), 'primary', team, press),
        button(text('economy.heist.plan.cancel'), 'secondary', dropPlan, {}),
      ],
    ],
  };
};

/** `/heist plan`: what a heist would be, and how to go on. It costs nothing and changes nothing. */
const plan = query({
  name: 'heists.plan',
  version: 1,
  input: options({
    target: textOption({
      describe: 'economy.heist.plan.target',
      charactersMax: typedNameCharactersMax,
      complete: completeClans,
    }),
    amount: optional(integerOption({ describe: 'economy.heist.plan.amount', min: 0, max: coinsMax })),
  }),
  run: (q, { target, amount = 0 }) => {
    const found = planOf(q, clanNamed(q, target), amount);
    return 'attacker' in found ? done({ plan: found, until: epochMs(q.now + planMs) }) : found;
  },
  view: (value, text) => planReply(value, text),
});

export const planCommand: Command = {
  path: 'heist plan',
  describe: 'economy.heist.plan.describe',
  operation: plan,
  visibility: 'private',
  explain: {
    text: 'economy.heist.plan.explain',
    figures: (q) => ({
      least: targetMin,
      most: percent(q.setting(maxShare)),
      penalty: percent(q.setting(penaltyShare)),
      team: teamMax,
    }),
  },
};

/** The operations of a plan. */
export const planOperations = [plan, solo, team, dropPlan];
