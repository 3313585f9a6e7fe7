import type { Feature } from '../kernel/feature.ts';
import { help } from './help/index.ts';
import { leaderboard } from './leaderboard/index.ts';
import { profile } from './profile/index.ts';
import { richest } from './richest/index.ts';
import { settings } from './settings/index.ts';
import { stocks } from './stocks/index.ts';
import { wallet } from './wallet/index.ts';

/** Every feature of the bot. Deleting one is deleting its folder and its line here. */
export const features: readonly Feature[] = [
  help(() => features),
  settings(() => features),
  leaderboard(() => features),
  profile(() => features),
  wallet,
  stocks,
  richest,
];
