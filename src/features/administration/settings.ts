import { channelSetting } from '../../kernel/setting.ts';

/** Where each action of the staff is posted as well. */
export const staffLog = channelSetting({ key: 'economy.log_channel', describe: 'economy.setting.staff-log' });
