import { deleteMessage, editMessage, storeFiles } from '../messages.ts';
import { type Refusal, type RestAnswer, refusals } from '../refusal.ts';
import type { UploadedFile } from '../rest/body.ts';
import type { Simulator } from '../simulator.ts';
import { readMessageDraft } from '../validate/message.ts';
import { loadingFlag, messagePayload } from '../world/payloads.ts';
import type { Message } from '../world/world.ts';
import { postAnswer } from './callback.ts';
import { type Attempt, type Interaction, tokenLifetimeMs } from './interactions.ts';

/** A request to the webhook of an interaction. */
export interface WebhookRequest {
  readonly token: string;
  /** The message's id or `@original`; absent for a follow-up. */
  readonly messageId?: string | undefined;
  readonly body?: unknown;
  readonly files?: readonly UploadedFile[];
}

/** The interaction of a token, unless Discord no longer (or not yet) takes anything for it. */
const openInteraction = (
  simulator: Simulator,
  token: string,
): { readonly interaction: Interaction } | { readonly refusal: Refusal } => {
  const interaction = simulator.interactions.byToken(token);
  if (interaction === undefined) return { refusal: refusals.unknownWebhook };
  const ageMs = simulator.clock.now() - interaction.createdAtMs;
  if (ageMs >= tokenLifetimeMs) return { refusal: refusals.invalidWebhookToken };
  return interaction.state === 'waiting' ? { refusal: refusals.unknownWebhook } : { interaction };
};

const findMessage = (simulator: Simulator, interaction: Interaction, messageId: string): Message | undefined => {
  if (messageId === '@original' || messageId === interaction.original?.id) return interaction.original;
  const message = simulator.world.channels.get(interaction.channelId)?.messages.get(messageId);
  return message?.authorId === simulator.world.botId ? message : undefined;
};

const attempted = (
  simulator: Simulator,
  interaction: Interaction,
  route: Attempt['route'],
  answer: RestAnswer,
  data: unknown,
): RestAnswer => {
  const code = answer.status >= 400 ? (answer as Refusal).body.code : undefined;
  simulator.interactions.tell(interaction, {
    type: 'attempt',
    attempt: { route, status: answer.status, ...(code === undefined ? {} : { code }), data },
  });
  return answer;
};

const editThis = async (
  simulator: Simulator,
  interaction: Interaction,
  message: Message,
  { body, files = [] }: WebhookRequest,
): Promise<RestAnswer> => {
  const read = readMessageDraft(body, { filesCount: files.length, editing: message });
  if ('refusal' in read) return read.refusal;
  const added =
    files.length === 0 ? [] : await storeFiles(simulator, message.channelId, files, read.draft.attachments ?? []);
  const wasLoading = (message.flags & loadingFlag) !== 0;
  editMessage(simulator, message, read.draft, { attachments: added, clearFlags: loadingFlag, isEdit: !wasLoading });
  if (message === interaction.original) {
    interaction.state = 'answered';
    simulator.interactions.tell(interaction, { type: 'message', message });
  }
  return { status: 200, body: messagePayload(simulator.world, message) };
};

/** GET of a message the interaction made, or of its `@original`. */
export const getWebhookMessage = (simulator: Simulator, request: WebhookRequest): RestAnswer => {
  const open = openInteraction(simulator, request.token);
  if ('refusal' in open) return open.refusal;
  const message = findMessage(simulator, open.interaction, request.messageId ?? '@original');
  return message === undefined
    ? refusals.unknownMessage
    : { status: 200, body: messagePayload(simulator.world, message) };
};

/** PATCH of a message the interaction made, or of its `@original`. */
export const editWebhookMessage = async (simulator: Simulator, request: WebhookRequest): Promise<RestAnswer> => {
  const open = openInteraction(simulator, request.token);
  if ('refusal' in open) return open.refusal;
  const message = findMessage(simulator, open.interaction, request.messageId ?? '@original');
  if (message === undefined) return refusals.unknownMessage;
  const answer = await editThis(simulator, open.interaction, message, request);
  return attempted(simulator, open.interaction, 'edit', answer, request.body);
};

/** DELETE of a message the interaction made, or of its `@original`. */
export const deleteWebhookMessage = (simulator: Simulator, request: WebhookRequest): RestAnswer => {
  const open = openInteraction(simulator, request.token);
  if ('refusal' in open) return open.refusal;
  const { interaction } = open;
  const message = findMessage(simulator, interaction, request.messageId ?? '@original');
  if (message === undefined) return refusals.unknownMessage;
  deleteMessage(simulator, message);
  if (message === interaction.original) {
    interaction.original = undefined;
    interaction.state = 'answered';
    simulator.interactions.tell(interaction, { type: 'deleted' });
  }
  return { status: 204 };
};

/** POST: a follow-up; the first after a deferred answer takes its place. */
export const followUp = async (simulator: Simulator, request: WebhookRequest): Promise<RestAnswer> => {
  const open = openInteraction(simulator, request.token);
  if ('refusal' in open) return open.refusal;
  const { interaction } = open;
  if (interaction.state === 'deferred' && interaction.original !== undefined) {
    const answer = await editThis(simulator, interaction, interaction.original, request);
    return attempted(simulator, interaction, 'follow-up', answer, request.body);
  }
  const posted = await postAnswer(simulator, interaction, request.body, request.files ?? []);
  if ('refusal' in posted) return attempted(simulator, interaction, 'follow-up', posted.refusal, request.body);
  simulator.interactions.tell(interaction, { type: 'message', message: posted.message });
  const answer = { status: 200, body: messagePayload(simulator.world, posted.message) };
  return attempted(simulator, interaction, 'follow-up', answer, request.body);
};
