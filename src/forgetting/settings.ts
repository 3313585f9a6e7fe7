import { integerSetting } from '../kernel/setting.ts';

/** Hours between a member's leaving and the erasure of what is kept of them. */
export const graceHours = integerSetting({
  key: 'members.grace_hours',
  describe: 'core.setting.grace-hours',
  initial: 72,
  min: 0,
  max: 720,
});
