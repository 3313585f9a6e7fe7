import { integerSetting } from '../../kernel/setting.ts';

/** Seconds between two openings of a member. */
export const chestCooldownSeconds = integerSetting({
  key: 'chest.cooldown_s',
  describe: 'economy.setting.chest-cooldown',
  initial: 30,
  min: 0,
  max: 86_400,
});

/** All settings of chests. */
export const settings = [chestCooldownSeconds];
