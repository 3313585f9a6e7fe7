/** A JSON object whose shape is Discord's own, kept as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Somebody with an account: a person or a bot. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
  /** Takes no direct messages from the servers' bots. */
  refusesDirectMessages?: boolean;
}

/** A role of one server; permissions as Discord's decimal string. */
export interface Role {
  readonly id: string;
  name: string;
  permissions: string;
  position: number;
  color: number;
  /** Belongs to a bot; nobody can be given it. */
  readonly managed: boolean;
}

/** A user in a server. */
export interface Member {
  readonly userId: string;
  roles: string[];
  nick: string | undefined;
  readonly joinedAtMs: number;
}

/** A file on a message. */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly content_type: string;
  readonly url: string;
  readonly proxy_url: string;
  readonly description?: string;
}

/** One emoji under a message and who chose it. */
export interface Reaction {
  readonly emoji: { readonly id: string | null; readonly name: string };
  readonly userIds: string[];
}

/** A message as the local Discord keeps it. */
export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Discord's message type: 0 plain, 20 answer to a command, 19 reply. */
  readonly type: number;
  content: string;
  embeds: JsonObject[];
  components: JsonObject[];
  attachments: Attachment[];
  flags: number;
  readonly createdAtMs: number;
  editedAtMs?: number;
  /** The only person who sees it. */
  readonly viewerId?: string;
  /** The interaction it answers. */
  readonly interaction?: {
    readonly id: string;
    readonly type: number;
    readonly userId: string;
    readonly name?: string;
  };
  readonly reference?: { readonly channelId: string; readonly messageId: string };
  mentionIds: string[];
  reactions: Reaction[];
}

/** A text channel of a server, or the direct messages between the bot and a person. */
export interface Channel {
  readonly id: string;
  readonly guildId?: string;
  /** The person of a direct channel. */
  readonly recipientId?: string;
  name: string;
  readonly type: number;
  position: number;
  /** In order of creation. */
  readonly messages: Map<string, Message>;
}

/** A server. */
export interface Guild {
  readonly id: string;
  name: string;
  ownerId: string;
  readonly locale: string;
  /** In an outage. */
  unavailable: boolean;
  readonly createdAtMs: number;
  readonly channels: Map<string, Channel>;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}

/** An application command as registered, in Discord's shape. */
export interface Command {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  readonly version: string;
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
  readonly default_member_permissions: string | null;
  readonly [field: string]: unknown;
}

/** An option of a command, in Discord's shape. */
export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly options?: readonly CommandOption[];
  readonly [field: string]: unknown;
}

/** Everything the local Discord knows. */
export interface World {
  readonly applicationId: string;
  /** The bot's own user. */
  readonly botId: string;
  clockOffsetMs: number;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  /** Every channel, those of servers too. */
  readonly channels: Map<string, Channel>;
  globalCommands: readonly Command[];
  readonly guildCommands: Map<string, readonly Command[]>;
}

/** The command of this name that a member of the server sees: the server's own before the global one. */
export const findCommand = (world: World, guildId: string, name: string): Command | undefined =>
  world.guildCommands.get(guildId)?.find((command) => command.name === name && command.type === 1) ??
  world.globalCommands.find((command) => command.name === name && command.type === 1);

/** Finds a message in any channel of a server. */
export const findGuildMessage = (guild: Guild, messageId: string): Message | undefined => {
  for (const channel of guild.channels.values()) {
    const message = channel.messages.get(messageId);
    if (message !== undefined) return message;
  }
  return undefined;
};
