import type { Feature } from '../kernel/feature.ts';
import { wallet } from './wallet/index.ts';

/** Every feature of the bot. Deleting one is deleting its folder and its line here. */
export const features: readonly Feature[] = [wallet];
