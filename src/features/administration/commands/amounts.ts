import type { Command } from '../../../kernel/feature.ts';
import type { Dotted } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { integerOption, options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import type { Setting } from '../../../kernel/setting.ts';
import { chestCooldownSeconds } from '../../chests/api.ts';
import { colors, dailyAmount, weeklyAmount } from '../../wallet/api.ts';
import { changeSetting } from '../change-setting.ts';
import { undoButton } from '../undo.ts';

/** The most that the settings of rewards take. */
const rewardMax = 1_000_000_000;

/** Declares a command that gives one setting another whole number. */
export const numberCommand = (spec: {
  readonly path: string;
  readonly name: Dotted;
  readonly describe: Dotted;
  readonly option: string;
  readonly optionDescribe: Dotted;
  readonly max: number;
  readonly setting: Setting<number>;
}) => {
  const operation = mutation({
    name: spec.name,
    version: 1,
    who: 'staff',
    input: options({ [spec.option]: integerOption({ describe: spec.optionDescribe, min: 0, max: spec.max }) }),
    run: (m, input) => {
      const value = input[spec.option] as number;
      return done({ key: spec.setting.key, ...changeSetting(m, spec.setting, value) });
    },
    view: ({ id, key, before, after }, text) => ({
      private: false,
      embeds: [{ description: text('economy.staff.setting.changed', { key, before, after }), color: colors.gold }],
      rows: [[undoButton(id, text)]],
    }),
  });
  const command: Command = { path: spec.path, describe: spec.describe, operation, visibility: 'public' };
  return { operation, command };
};

/** `/eco set-daily`. */
export const setDaily = numberCommand({
  path: 'eco set-daily',
  name: 'economy.staff.set-daily',
  describe: 'economy.staff.set-daily.describe',
  option: 'amount',
  optionDescribe: 'economy.staff.option.amount',
  max: rewardMax,
  setting: dailyAmount,
});

/** `/eco chest-cooldown`. */
export const chestCooldown = numberCommand({
  path: 'eco chest-cooldown',
  name: 'economy.staff.chest-cooldown',
  describe: 'economy.staff.chest-cooldown.describe',
  option: 'seconds',
  optionDescribe: 'economy.staff.chest-cooldown.seconds',
  max: 86_400,
  setting: chestCooldownSeconds,
});

/** `/eco set-weekly`. */
export const setWeekly = numberCommand({
  path: 'eco set-weekly',
  name: 'economy.staff.set-weekly',
  describe: 'economy.staff.set-weekly.describe',
  option: 'amount',
  optionDescribe: 'economy.staff.option.amount',
  max: rewardMax,
  setting: weeklyAmount,
});
