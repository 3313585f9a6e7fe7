/** The bits of IDENTIFY's `intents` that the local Discord looks at. Source: Discord's table of gateway intents. */
export const intent = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildModeration: 1 << 2,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  directMessages: 1 << 12,
  directMessageReactions: 1 << 13,
  messageContent: 1 << 15,
} as const;

/** Every bit Discord defines; others are an invalid IDENTIFY. */
export const knownIntents = 0b11_0011_1111_1111_1111_1111_1111;
