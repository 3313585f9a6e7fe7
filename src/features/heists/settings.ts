import { shareUnits } from '../../kernel/money.ts';
import { booleanSetting, channelSetting, shareSetting } from '../../kernel/setting.ts';

const share = (percent: number): number => (percent * shareUnits) / 100;

export const heistsEnabled = booleanSetting({
  key: 'heist.enabled',
  describe: 'economy.setting.heist-enabled',
  initial: true,
});

/** The most that one heist, and all heists of a Sunday together, take of a treasury. */
export const maxShare = shareSetting({
  key: 'heist.max_share',
  describe: 'economy.setting.heist-max-share',
  initial: share(75),
  min: share(10),
  max: share(75),
});

/** What a heist costs that fails, as a share of what it was for. */
export const penaltyShare = shareSetting({
  key: 'heist.penalty',
  describe: 'economy.setting.heist-penalty',
  initial: share(30),
  min: 0,
  max: share(50),
});

/** Where heists are posted and kept up to date; without one, each is where its plan was asked for. */
export const heistChannel = channelSetting({ key: 'heist.channel', describe: 'economy.setting.heist-channel' });

/** All settings of heists. */
export const settings = [heistsEnabled, maxShare, penaltyShare, heistChannel];
