import { messages as actorMessages } from '../../src/actors/text.ts';
import { featuresWith } from '../../src/features/index.ts';
import { exemptErasing } from '../../src/forgetting/guild.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import { memberHash } from '../../src/forgetting/installation-key.ts';
import { graceHours } from '../../src/forgetting/settings.ts';
import { messages as gatewayMessages } from '../../src/gateway/text.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { registry as collect, type Registry } from '../../src/kernel/registry.ts';
import { debugFeature } from '../../src/operator/debug.ts';
import type { LookAt } from '../../src/operator/subject.ts';
import { trial } from '../trial/feature.ts';
import type { TrialVersion } from '../trial/state.ts';

/** How long rows are kept of those who left: short, so that many are erased within a run. */
export interface Retention {
  /** Hours for members, where a server has not set them. */
  readonly memberHours: number;
  /** Days for servers that sent the bot away. */
  readonly guildDays: number;
}

/** A release of the bot: everything it declares, as `src/bot.ts` puts it together, with the trial feature. */
export const programOf = (
  version: TrialVersion,
  lookAt: LookAt,
  { memberHours, guildDays }: Retention,
  change: (feature: Feature) => Feature = (feature) => feature,
): Registry => {
  const forgetting = forgettingFeature({
    registry: () => registry,
    hash: memberHash(new Uint8Array(32)),
    guildRetentionDays: guildDays,
  });
  const more = [forgetting, debugFeature(lookAt), trial(version)];
  const declared = collect(featuresWith(more).map(change), [actorMessages, gatewayMessages]);
  const grace = { ...graceHours, initial: memberHours };
  const settings = new Map(declared.settings).set(graceHours.key, grace);
  const registry: Registry = exemptErasing({ ...declared, settings });
  return registry;
};
