import type { Feature } from '../kernel/feature.ts';
import { help } from './help/index.ts';
import { leaderboard } from './leaderboard/index.ts';
import { profile } from './profile/index.ts';
import { richest } from './richest/index.ts';
import { settings } from './settings/index.ts';
import { stocks } from './stocks/index.ts';
import { wallet } from './wallet/index.ts';

/** Every feature of the bot, and `more` whose settings and words belong with theirs. */
export const featuresWith = (more: readonly Feature[]): readonly Feature[] => {
  // Deleting a feature is deleting its folder and its line here.
  const all: readonly Feature[] = [
    help(() => all),
    settings(() => all),
    leaderboard(() => all),
    profile(() => all),
    wallet,
    stocks,
    richest,
    ...more,
  ];
  return all;
};

/** The features alone. */
export const features: readonly Feature[] = featuresWith([]);
