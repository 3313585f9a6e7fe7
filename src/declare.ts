import { messages as actorMessages } from './actors/text.ts';
import { ConfigurationError } from './configuration.ts';
import { featuresWith } from './features/index.ts';
import { exemptErasing } from './forgetting/guild.ts';
import { forgettingFeature } from './forgetting/index.ts';
import type { MemberHash } from './forgetting/remembrance.ts';
import type { Feature } from './kernel/feature.ts';
import { registry as collect, type Registry } from './kernel/registry.ts';
import type { OwnerDefaults } from './kernel/setting.ts';
import type { Messages } from './kernel/text.ts';

/** The bot's features with the owner's defaults. Throws a `ConfigurationError` on a default that no setting takes. */
const withDefaults = (more: readonly Feature[], defaults: OwnerDefaults): readonly Feature[] => {
  try {
    return featuresWith(more, defaults);
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigurationError(`GUILDHALL_DEFAULTS: ${error.message}`);
    throw error;
  }
};

/** Everything that is declared in an installation: the features, forgetting, and `more`. */
export const declareAll = (parts: {
  readonly hash: MemberHash;
  readonly retentionDays: number;
  readonly defaults: OwnerDefaults;
  readonly more: readonly Feature[];
  readonly messages: readonly Messages[];
}): Registry => {
  const forgetting = forgettingFeature({
    registry: () => registry,
    hash: parts.hash,
    guildRetentionDays: parts.retentionDays,
  });
  const features = withDefaults([forgetting, ...parts.more], parts.defaults);
  const registry: Registry = exemptErasing(collect(features, [actorMessages, ...parts.messages]));
  return registry;
};
