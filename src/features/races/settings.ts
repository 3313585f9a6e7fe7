import { booleanSetting, channelSetting, integerSetting } from '../../kernel/setting.ts';

export const racesEnabled = booleanSetting({
  key: 'ratrace.enabled',
  describe: 'economy.setting.ratrace-enabled',
  initial: true,
});

/** Seconds in which bets are taken. */
export const bettingSeconds = integerSetting({
  key: 'ratrace.betting_s',
  describe: 'economy.setting.ratrace-betting',
  initial: 30,
  min: 15,
  max: 600,
});

/** Where races are posted and run before everybody's eyes; without one, each is where it was asked for. */
export const raceChannel = channelSetting({ key: 'ratrace.channel', describe: 'economy.setting.ratrace-channel' });

/** All settings of races. */
export const settings = [racesEnabled, bettingSeconds, raceChannel];
