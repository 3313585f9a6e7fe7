import { extension } from '../../kernel/extension.ts';
import { epochMs } from '../../kernel/ids.ts';
import { type Cooldown, cooldownsOf } from './points.ts';
import { nextUtcDay, utcDay } from './rules.ts';
import { dailyAmount, robCooldownMinutes, robEnabled, weeklyAmount } from './settings.ts';
import { accounts } from './state.ts';
import { weeklyIntervalMs } from './tuning.ts';

const minuteMs = 60_000;

/** The rewards and the robbery, as far as the server has them. */
export const walletCooldowns = extension(cooldownsOf, (query, { member }) => {
  const { dailyDay = '', weeklyAt, robTriedAt } = query.get(accounts, [member]);
  const { now } = query;
  const ready: Cooldown[] = [];
  if (query.setting(dailyAmount) > 0) {
    const readyAt = dailyDay >= utcDay(now) ? nextUtcDay(now) : now;
    ready.push({ name: 'daily', title: 'economy.cooldown.daily', readyAt });
  }
  if (query.setting(weeklyAmount) > 0) {
    const readyAt = weeklyAt === undefined ? now : epochMs(weeklyAt + weeklyIntervalMs);
    ready.push({ name: 'weekly', title: 'economy.cooldown.weekly', readyAt });
  }
  if (query.setting(robEnabled)) {
    const waitMs = query.setting(robCooldownMinutes) * minuteMs;
    const readyAt = robTriedAt === undefined ? now : epochMs(robTriedAt + waitMs);
    ready.push({ name: 'rob', title: 'economy.cooldown.rob', readyAt });
  }
  return ready;
});
