import { messages as actorMessages } from '../../src/actors/text.ts';
import { featuresWith } from '../../src/features/index.ts';
import { exemptErasing } from '../../src/forgetting/guild.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import { memberHash } from '../../src/forgetting/installation-key.ts';
import { messages as gatewayMessages } from '../../src/gateway/text.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { registry as collect, type Registry } from '../../src/kernel/registry.ts';
import { debugFeature } from '../../src/operator/debug.ts';
import type { LookAt } from '../../src/operator/subject.ts';
import { trial } from '../trial/feature.ts';
import type { TrialVersion } from '../trial/state.ts';

/** Days that the rows of a server are kept which sent the bot away. */
const guildRetentionDays = 2;

/** A release of the bot: everything it declares, as `src/bot.ts` puts it together, with the trial feature. */
export const programOf = (
  version: TrialVersion,
  lookAt: LookAt,
  change: (feature: Feature) => Feature = (feature) => feature,
): Registry => {
  const forgetting = forgettingFeature({
    registry: () => registry,
    hash: memberHash(new Uint8Array(32)),
    guildRetentionDays,
  });
  const more = [forgetting, debugFeature(lookAt), trial(version)];
  const registry: Registry = exemptErasing(collect(featuresWith(more).map(change), [actorMessages, gatewayMessages]));
  return registry;
};
