import type { RestAnswer } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, Guild, Member, Message } from '../world/world.ts';
import type { UploadedFile } from './body.ts';

/** A request to Discord's REST interface, read. */
export interface RestRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** One route: where it is and what it does. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind `/api/v10`. */
  readonly path: string;
  /** The path carries its own secret; no `Authorization` is asked. */
  readonly isOpen?: true;
  readonly handle: (simulator: Simulator, request: RestRequest) => RestAnswer | Promise<RestAnswer>;
}

/** The server a path names; none while it is in an outage. */
export const guildOf = (simulator: Simulator, request: RestRequest): Guild | undefined => {
  const guild = simulator.world.guilds.get(request.params['guild'] ?? '');
  return guild?.unavailable === true ? undefined : guild;
};

/** The member a path names. */
export const memberOf = (guild: Guild, request: RestRequest): Member | undefined =>
  guild.members.get(request.params['user'] ?? '');

/** The channel a path names; none while its server is in an outage. */
export const channelOf = (simulator: Simulator, request: RestRequest): Channel | undefined => {
  const channel = simulator.world.channels.get(request.params['channel'] ?? '');
  const guild = simulator.world.guilds.get(channel?.guildId ?? '');
  return guild?.unavailable === true ? undefined : channel;
};

/** The message a path names, as far as the bot may see it there. */
export const messageOf = (channel: Channel, request: RestRequest): Message | undefined => {
  const message = channel.messages.get(request.params['message'] ?? '');
  return message?.viewerId === undefined ? message : undefined;
};
