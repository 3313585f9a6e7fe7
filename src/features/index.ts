import type { Feature } from '../kernel/feature.ts';
import { type OwnerDefaults, withOwnerDefault } from '../kernel/setting.ts';
import { administration } from './administration/index.ts';
import { fairness } from './casino/fairness/index.ts';
import { casino } from './casino/index.ts';
import { chests } from './chests/index.ts';
import { clans } from './clans/index.ts';
import { heists } from './heists/index.ts';
import { help } from './help/index.ts';
import { items } from './items/index.ts';
import { leaderboard } from './leaderboard/index.ts';
import { loans } from './loans/index.ts';
import { profile } from './profile/index.ts';
import { races } from './races/index.ts';
import { richest } from './richest/index.ts';
import { settings } from './settings/index.ts';
import { shop } from './shop/index.ts';
import { statistics } from './statistics/index.ts';
import { stocks } from './stocks/index.ts';
import { tavern } from './tavern/index.ts';
import { wallet } from './wallet/index.ts';

/**
 * Every feature of the bot, and `more` whose settings and words belong with theirs. `defaults` are the owner's for
 * servers that have not set something themselves. Throws a `RangeError` on a default that no setting takes.
 */
export const featuresWith = (
  more: readonly Feature[],
  defaults: OwnerDefaults = new Map<string, string>(),
): readonly Feature[] => {
  // Deleting a feature is deleting its folder and its line here.
  const declared: readonly Feature[] = [
    help(() => all),
    settings(() => all),
    leaderboard(() => all),
    profile(() => all),
    wallet,
    loans,
    stocks,
    casino,
    fairness,
    races,
    items,
    shop,
    chests,
    richest,
    clans,
    heists,
    tavern,
    statistics,
    administration(() => all),
    ...more,
  ];
  const all = declared.map((feature) => ({
    ...feature,
    settings: feature.settings.map((setting) => withOwnerDefault(setting, defaults)),
  }));
  const keys = new Set<string>(all.flatMap((feature) => feature.settings.map(({ key }) => key)));
  for (const key of defaults.keys()) if (!keys.has(key)) throw new RangeError(`there is no setting ${key}`);
  return all;
};

/** The features alone. */
export const features: readonly Feature[] = featuresWith([]);
