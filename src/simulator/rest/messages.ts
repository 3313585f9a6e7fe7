import { createMessage, deleteMessage, directChannelOf, editMessage, storeFiles } from '../messages.ts';
import { reactTo, unreactTo } from '../reactions.ts';
import { invalidForm, type Refusal, type RestAnswer, refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import { readMessageDraft } from '../validate/message.ts';
import { channelPayload, ephemeralFlag, messagePayload, userPayloadOf } from '../world/payloads.ts';
import type { Channel, Message } from '../world/world.ts';
import { channelOf, messageOf, type RestRequest, type RestRoute } from './route.ts';

const listMax = 100;

const withChannel =
  (
    handle: (simulator: Simulator, request: RestRequest, channel: Channel) => RestAnswer | Promise<RestAnswer>,
  ): RestRoute['handle'] =>
  (simulator, request) => {
    const channel = channelOf(simulator, request);
    return channel === undefined ? refusals.unknownChannel : handle(simulator, request, channel);
  };

const withMessage = (
  handle: (simulator: Simulator, request: RestRequest, message: Message) => RestAnswer | Promise<RestAnswer>,
): RestRoute['handle'] =>
  withChannel((simulator, request, channel) => {
    const message = messageOf(channel, request);
    return message === undefined ? refusals.unknownMessage : handle(simulator, request, message);
  });

const list = withChannel(({ world }, request, channel) => {
  const { before, after } = request.query;
  const limit = Math.min(Number(request.query['limit'] ?? 50), listMax);
  const all = Array.from(channel.messages.values()).filter(
    (message) =>
      message.viewerId === undefined &&
      (before === undefined || BigInt(message.id) < BigInt(before)) &&
      (after === undefined || BigInt(message.id) > BigInt(after)),
  );
  const page = after === undefined ? all.slice(-limit) : all.slice(0, limit);
  return { status: 200, body: page.toReversed().map((message) => messagePayload(world, message)) };
});

/** Whether somebody may be written to; bots and those who closed their direct messages may not. */
const refusedRecipient = ({ world }: Simulator, userId: string | undefined): Refusal | undefined => {
  if (userId === undefined) return undefined;
  const user = world.users.get(userId);
  if (user === undefined || user.bot || user.refusesDirectMessages === true) return refusals.cannotMessageUser;
  for (const guild of world.guilds.values()) if (guild.members.has(userId)) return undefined;
  return refusals.noMutualGuilds;
};

interface Nonce {
  readonly nonce: string | number | undefined;
  readonly isEnforced: boolean;
}

const nonceMax = 25;

const readNonce = (body: unknown): Nonce | { readonly refusal: Refusal } => {
  const given = (body ?? {}) as { readonly nonce?: unknown; readonly enforce_nonce?: unknown };
  const nonce = given.nonce ?? undefined;
  if (nonce === undefined) return { nonce, isEnforced: false };
  if ((typeof nonce === 'string' && nonce.length <= nonceMax) || Number.isSafeInteger(nonce)) {
    return { nonce: nonce as string | number, isEnforced: given.enforce_nonce === true };
  }
  const message = `Must be ${nonceMax} or fewer in length.`;
  return { refusal: invalidForm([{ path: ['nonce'], code: 'NONCE_TYPE_TOO_LONG', message }]) };
};

/** What a message posted before under the same nonce makes of this post. */
const alreadyPosted = (simulator: Simulator, { nonce, isEnforced }: Nonce): RestAnswer | undefined => {
  const message = isEnforced ? simulator.nonces.find(String(nonce)) : undefined;
  if (message === undefined) return undefined;
  const isThere = simulator.world.channels.get(message.channelId)?.messages.has(message.id) === true;
  return isThere
    ? { status: 200, body: { ...messagePayload(simulator.world, message), nonce } }
    : refusals.unknownMessage;
};

const post = withChannel(async (simulator, request, channel) => {
  const refused = refusedRecipient(simulator, channel.recipientId);
  if (refused !== undefined) return refused;
  const nonce = readNonce(request.body);
  if ('refusal' in nonce) return nonce.refusal;
  const read = readMessageDraft(request.body, { filesCount: request.files.length });
  if ('refusal' in read) return read.refusal;
  const { draft } = read;
  const reference = (request.body as { readonly message_reference?: { readonly message_id?: unknown } })
    .message_reference;
  const replyTo = reference === undefined ? undefined : String(reference.message_id);
  if (replyTo !== undefined && !channel.messages.has(replyTo)) {
    return invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
  }
  const attachments = await storeFiles(simulator, channel.id, request.files, draft.attachments ?? []);
  const before = alreadyPosted(simulator, nonce);
  if (before !== undefined) return before;
  const message = createMessage(simulator, {
    channel,
    authorId: simulator.world.botId,
    type: replyTo === undefined ? 0 : 19,
    // Only an interaction can answer to one person alone.
    draft: { ...draft, flags: draft.flags & ~ephemeralFlag },
    attachments,
    nonce: nonce.nonce,
    ...(replyTo === undefined ? {} : { reference: { channelId: channel.id, messageId: replyTo } }),
  });
  if (nonce.nonce === undefined) return { status: 200, body: messagePayload(simulator.world, message) };
  simulator.nonces.keep(String(nonce.nonce), message);
  return { status: 200, body: { ...messagePayload(simulator.world, message), nonce: nonce.nonce } };
});

const edit = withMessage(async (simulator, request, message) => {
  if (message.authorId !== simulator.world.botId) return refusals.notTheAuthor;
  const read = readMessageDraft(request.body, { filesCount: request.files.length, editing: message });
  if ('refusal' in read) return read.refusal;
  const added = await storeFiles(simulator, message.channelId, request.files, read.draft.attachments ?? []);
  editMessage(simulator, message, read.draft, { attachments: added });
  return { status: 200, body: messagePayload(simulator.world, message) };
});

const remove = withMessage((simulator, _request, message) => {
  const isDirect = simulator.world.channels.get(message.channelId)?.guildId === undefined;
  if (isDirect && message.authorId !== simulator.world.botId) return refusals.missingPermissions;
  deleteMessage(simulator, message);
  return { status: 204 };
});

const bulkDelete = withChannel((simulator, request, channel) => {
  const ids = (request.body as { readonly messages?: unknown } | undefined)?.messages;
  if (!Array.isArray(ids) || ids.length < 2 || ids.length > listMax) {
    return invalidForm([
      { path: ['messages'], code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 2 and ${listMax} in length.` },
    ]);
  }
  for (const id of ids as unknown[]) {
    const message = channel.messages.get(String(id));
    if (message !== undefined) deleteMessage(simulator, message);
  }
  return { status: 204 };
});

const openDirect: RestRoute['handle'] = (simulator, request) => {
  const userId = String((request.body as { readonly recipient_id?: unknown } | undefined)?.recipient_id);
  const user = simulator.world.users.get(userId);
  if (user === undefined) return refusals.invalidRecipient;
  if (user.bot) return refusals.cannotMessageUser;
  return { status: 200, body: channelPayload(simulator.world, directChannelOf(simulator, userId)) };
};

const emojiOf = (request: RestRequest): string => request.params['emoji'] ?? '';

/** Channels' messages, reactions and direct channels. */
export const messageRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/users/@me/channels', handle: openDirect },
  {
    method: 'GET',
    path: '/channels/:channel',
    handle: withChannel(({ world }, _request, channel) => ({ status: 200, body: channelPayload(world, channel) })),
  },
  { method: 'POST', path: '/channels/:channel/typing', handle: withChannel(() => ({ status: 204 })) },
  { method: 'GET', path: '/channels/:channel/messages', handle: list },
  { method: 'POST', path: '/channels/:channel/messages', handle: post },
  { method: 'POST', path: '/channels/:channel/messages/bulk-delete', handle: bulkDelete },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message',
    handle: withMessage(({ world }, _request, message) => ({ status: 200, body: messagePayload(world, message) })),
  },
  { method: 'PATCH', path: '/channels/:channel/messages/:message', handle: edit },
  { method: 'DELETE', path: '/channels/:channel/messages/:message', handle: remove },
  {
    method: 'PUT',
    path: '/channels/:channel/messages/:message/reactions/:emoji/@me',
    handle: withMessage((simulator, request, message) => {
      reactTo(simulator, message, simulator.world.botId, emojiOf(request));
      return { status: 204 };
    }),
  },
  {
    method: 'DELETE',
    path: '/channels/:channel/messages/:message/reactions/:emoji/:user',
    handle: withMessage((simulator, request, message) => {
      const user = request.params['user'] ?? '';
      unreactTo(simulator, message, user === '@me' ? simulator.world.botId : user, emojiOf(request));
      return { status: 204 };
    }),
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message/reactions/:emoji',
    handle: withMessage(({ world }, request, message) => ({
      status: 200,
      body: (message.reactions.find((each) => each.emoji.name === emojiOf(request).split(':')[0])?.userIds ?? []).map(
        (id) => userPayloadOf(world, id),
      ),
    })),
  },
];
