import { intent } from './gateway/intents.ts';
import type { UploadedFile } from './rest/body.ts';
import type { Simulator } from './simulator.ts';
import type { MessageDraft } from './validate/message.ts';
import { bareMemberPayload, componentsV2Flag, ephemeralFlag, messagePayload, userPayloadOf } from './world/payloads.ts';
import { textOf } from './world/text.ts';
import type { Attachment, Channel, JsonObject, Message, World } from './world/world.ts';

/** The oldest beyond it are forgotten. */
const messagesPerChannelMax = 10_000;
/** What of a draft's flags a new message keeps: suppressed embeds, ephemeral, silent, components v2. */
const keptFlags = (1 << 2) | ephemeralFlag | (1 << 12) | componentsV2Flag;

/** What somebody reading the control API sees of a message. */
export const messageView = (world: World, message: Message): JsonObject => {
  const author = world.users.get(message.authorId);
  return {
    id: message.id,
    channel: message.channelId,
    author: { id: message.authorId, name: author?.name ?? 'Deleted User', bot: author?.bot ?? false },
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    reactions: message.reactions.map((reaction) => ({ emoji: reaction.emoji.name, users: reaction.userIds })),
    mentions: message.mentionIds,
    flags: message.flags,
    ephemeral: message.viewerId !== undefined,
    ...(message.viewerId === undefined ? {} : { viewer: message.viewerId }),
    ...(message.interaction === undefined ? {} : { interaction: message.interaction }),
    ...(message.reference === undefined ? {} : { replyTo: message.reference.messageId }),
    createdAt: message.createdAtMs,
    ...(message.editedAtMs === undefined ? {} : { editedAt: message.editedAtMs }),
  };
};

const partOf = (channel: Channel): 'root' | { readonly guildId: string } =>
  channel.guildId === undefined ? 'root' : { guildId: channel.guildId };

const tellFeed = (simulator: Simulator, type: string, channel: Channel, message: Message): void => {
  simulator.feed.tell(() => ({
    type,
    ...(channel.guildId === undefined ? { direct: channel.recipientId } : { guild: channel.guildId }),
    channel: channel.id,
    ...(message.viewerId === undefined ? {} : { viewer: message.viewerId }),
    message: messageView(simulator.world, message),
  }));
};

const tellBot = (
  simulator: Simulator,
  name: string,
  channel: Channel,
  message: Message,
  nonce?: string | number,
): void => {
  // Discord does not send ephemeral messages through the gateway.
  if (message.viewerId !== undefined) return;
  const intents = channel.guildId === undefined ? intent.directMessages : intent.guildMessages;
  if (!simulator.gateway.isHeard(intents)) return;
  const { world } = simulator;
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const member = guild?.members.get(message.authorId);
  const data = {
    ...messagePayload(world, message),
    ...(nonce === undefined ? {} : { nonce }),
    channel_type: channel.type,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
    ...(member === undefined ? {} : { member: bareMemberPayload(member) }),
    mentions: message.mentionIds.map((id) => {
      const mentioned = guild?.members.get(id);
      return {
        ...userPayloadOf(world, id),
        ...(mentioned === undefined ? {} : { member: bareMemberPayload(mentioned) }),
      };
    }),
  };
  // The bot sees the content of its own messages, of direct ones and of those that mention it, whatever its intents.
  const isOpen =
    channel.guildId === undefined || message.authorId === world.botId || message.mentionIds.includes(world.botId);
  simulator.gateway.dispatch({
    name,
    ...(channel.guildId === undefined ? {} : { guildId: channel.guildId }),
    intents,
    data,
    ...(isOpen ? {} : { withoutContent: { ...data, content: '', embeds: [], components: [], attachments: [] } }),
  });
};

/** The users a text pings, as far as `allowed_mentions` lets it. */
export const mentionsIn = (world: World, content: string, allowed: JsonObject | undefined): string[] => {
  const named = new Set(Array.from(content.matchAll(/<@!?(\d{17,20})>/g), (match) => String(match[1])));
  const listed = (allowed?.['users'] as string[] | null | undefined) ?? [];
  const parse = (allowed?.['parse'] as string[] | null | undefined) ?? [];
  const pingsAll = allowed === undefined || parse.includes('users');
  return Array.from(named).filter((id) => world.users.has(id) && (pingsAll || listed.includes(id)));
};

/** Stores the uploaded files and describes them as attachments of a channel. */
export const storeFiles = async (
  simulator: Simulator,
  channelId: string,
  files: readonly UploadedFile[],
  described: readonly JsonObject[],
): Promise<Attachment[]> => {
  const attachments: Attachment[] = [];
  for (const file of files) {
    const id = simulator.nextId();
    const description = described.find((each) => String(each['id']) === file.index);
    const filename = textOf(description?.['filename'], file.filename);
    const url = `${simulator.url()}/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
    await simulator.files.put(id, file.bytes);
    attachments.push({
      id,
      filename,
      size: file.bytes.byteLength,
      content_type: file.contentType,
      url,
      proxy_url: url,
      ...(typeof description?.['description'] === 'string' ? { description: description['description'] } : {}),
    });
  }
  return attachments;
};

const typed = (embeds: readonly JsonObject[]): JsonObject[] => embeds.map((embed) => ({ ...embed, type: 'rich' }));

/** What a new message is made of. */
export interface NewMessage {
  readonly channel: Channel;
  readonly authorId: string;
  readonly type: number;
  readonly draft: Partial<MessageDraft>;
  readonly attachments?: readonly Attachment[];
  readonly extraFlags?: number;
  readonly viewerId?: string | undefined;
  readonly interaction?: Message['interaction'];
  readonly reference?: Message['reference'];
  /** False for load: the message is answered and sent on, but not kept in the channel. */
  readonly isKept?: boolean;
  /** Told with the message when it is made, and never again, as Discord does. */
  readonly nonce?: string | number | undefined;
}

/** Makes a message and tells the bot and whoever watches. */
export const createMessage = (simulator: Simulator, spec: NewMessage): Message => {
  const { channel, draft } = spec;
  const message: Message = {
    id: simulator.nextId(),
    channelId: channel.id,
    authorId: spec.authorId,
    type: spec.type,
    content: draft.content ?? '',
    embeds: typed(draft.embeds ?? []),
    components: [...(draft.components ?? [])],
    attachments: [...(spec.attachments ?? [])],
    flags: ((draft.flags ?? 0) & keptFlags) | (spec.extraFlags ?? 0),
    createdAtMs: simulator.clock.now(),
    ...(spec.viewerId === undefined ? {} : { viewerId: spec.viewerId }),
    ...(spec.interaction === undefined ? {} : { interaction: spec.interaction }),
    ...(spec.reference === undefined ? {} : { reference: spec.reference }),
    mentionIds: mentionsIn(simulator.world, draft.content ?? '', draft.allowedMentions),
    reactions: [],
  };
  if (spec.isKept !== false) {
    channel.messages.set(message.id, message);
    if (channel.messages.size > messagesPerChannelMax) {
      for (const oldest of channel.messages.keys()) {
        channel.messages.delete(oldest);
        break;
      }
    }
    simulator.store.changed(partOf(channel));
    tellFeed(simulator, 'message.create', channel, message);
  }
  tellBot(simulator, 'MESSAGE_CREATE', channel, message, spec.nonce);
  return message;
};

/** Changes what the draft gives; `clearFlags` are taken away (the mark of a deferred answer). */
export const editMessage = (
  simulator: Simulator,
  message: Message,
  draft: Partial<MessageDraft>,
  change: {
    readonly attachments?: readonly Attachment[];
    readonly clearFlags?: number;
    readonly isEdit?: boolean;
  } = {},
): void => {
  if (draft.content !== undefined) {
    message.content = draft.content;
    message.mentionIds = mentionsIn(simulator.world, draft.content, draft.allowedMentions);
  }
  if (draft.embeds !== undefined) message.embeds = typed(draft.embeds);
  if (draft.components !== undefined) message.components = [...draft.components];
  const kept =
    draft.attachments === undefined
      ? message.attachments
      : message.attachments.filter((each) => draft.attachments?.some((wanted) => String(wanted['id']) === each.id));
  message.attachments = [...kept, ...(change.attachments ?? [])];
  message.flags = (message.flags | ((draft.flags ?? 0) & componentsV2Flag)) & ~(change.clearFlags ?? 0);
  if (change.isEdit !== false) message.editedAtMs = simulator.clock.now();
  const channel = simulator.world.channels.get(message.channelId);
  if (channel === undefined) return;
  if (channel.messages.has(message.id)) {
    simulator.store.changed(partOf(channel));
    tellFeed(simulator, 'message.update', channel, message);
  }
  tellBot(simulator, 'MESSAGE_UPDATE', channel, message);
};

/** Takes a message away. */
export const deleteMessage = (simulator: Simulator, message: Message): void => {
  const channel = simulator.world.channels.get(message.channelId);
  if (channel === undefined) return;
  if (channel.messages.delete(message.id)) {
    simulator.store.changed(partOf(channel));
    tellFeed(simulator, 'message.delete', channel, message);
  }
  if (message.viewerId !== undefined) return;
  simulator.gateway.dispatch({
    name: 'MESSAGE_DELETE',
    ...(channel.guildId === undefined ? {} : { guildId: channel.guildId }),
    intents: channel.guildId === undefined ? intent.directMessages : intent.guildMessages,
    data: {
      id: message.id,
      channel_id: channel.id,
      ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
    },
  });
};

/** The direct channel between the bot and a person, made when there is none. */
export const directChannelOf = (simulator: Simulator, userId: string): Channel => {
  const { world } = simulator;
  for (const channel of world.channels.values()) {
    if (channel.recipientId === userId) return channel;
  }
  const channel: Channel = {
    id: simulator.nextId(),
    recipientId: userId,
    name: '',
    type: 1,
    position: 0,
    messages: new Map(),
  };
  world.channels.set(channel.id, channel);
  simulator.store.changed('root');
  return channel;
};
