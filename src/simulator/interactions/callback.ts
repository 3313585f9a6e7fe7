import { createMessage, editMessage, storeFiles } from '../messages.ts';
import { directPlace } from '../people/modals.ts';
import { invalidForm, type Refusal, type RestAnswer, refusals } from '../refusal.ts';
import type { UploadedFile } from '../rest/body.ts';
import type { Simulator } from '../simulator.ts';
import { choiceListProblems } from '../validate/choices.ts';
import { readMessageDraft } from '../validate/message.ts';
import { modalProblems } from '../validate/modal.ts';
import { ephemeralFlag, loadingFlag, messagePayload } from '../world/payloads.ts';
import type { JsonObject, Message } from '../world/world.ts';
import { firstAnswerMs, type Interaction, interactionNumber, tokenLifetimeMs } from './interactions.ts';

/** Discord's numbers of callback types. */
export const callbackType = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

const messageTypeOfAnswer = 20;

const wrongType = (allowed: string): Refusal =>
  invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${allowed}}.` }]);

const allowedTypes = (interaction: Interaction): readonly number[] => {
  const { message, deferredMessage, deferredUpdate, update, choices, modal } = callbackType;
  const updates = interaction.source === undefined ? [] : [deferredUpdate, update];
  switch (interaction.kind) {
    case 'autocomplete':
      return [choices];
    case 'command':
      return [message, deferredMessage, modal];
    case 'component':
      return [message, deferredMessage, ...updates, modal];
    case 'modal':
      return [message, deferredMessage, ...updates];
    default:
      return interaction.kind satisfies never;
  }
};

/** The head of the interaction on the messages it makes. */
const headOf = (interaction: Interaction): NonNullable<Message['interaction']> => ({
  id: interaction.id,
  type: interactionNumber[interaction.kind],
  userId: interaction.userId,
  ...(interaction.name === undefined ? {} : { name: interaction.name }),
});

/** Posts a message that answers an interaction: the first answer, or a follow-up. */
export const postAnswer = async (
  simulator: Simulator,
  interaction: Interaction,
  body: unknown,
  files: readonly UploadedFile[],
  at: readonly string[] = [],
): Promise<{ readonly message: Message } | { readonly refusal: Refusal }> => {
  const channel = simulator.world.channels.get(interaction.channelId);
  if (channel === undefined) return { refusal: refusals.unknownChannel };
  const read = readMessageDraft(body, { at, filesCount: files.length });
  if ('refusal' in read) return read;
  const { draft } = read;
  const attachments = files.length === 0 ? [] : await storeFiles(simulator, channel.id, files, draft.attachments ?? []);
  const message = createMessage(simulator, {
    channel,
    authorId: simulator.world.botId,
    type: messageTypeOfAnswer,
    draft,
    attachments,
    viewerId: (draft.flags & ephemeralFlag) === 0 ? undefined : interaction.userId,
    interaction: headOf(interaction),
    isKept: !interaction.isLoad,
  });
  return { message };
};

const deferWithMessage = (simulator: Simulator, interaction: Interaction, flags: number): RestAnswer | undefined => {
  if ((flags & ~ephemeralFlag) !== 0) {
    return invalidForm([
      {
        path: ['data', 'flags'],
        code: 'BASE_TYPE_CHOICES',
        message: 'A deferred answer may only set the flag EPHEMERAL.',
      },
    ]);
  }
  const channel = simulator.world.channels.get(interaction.channelId);
  if (channel === undefined) return refusals.unknownChannel;
  const isEphemeral = flags !== 0;
  interaction.state = 'deferred';
  interaction.original = createMessage(simulator, {
    channel,
    authorId: simulator.world.botId,
    type: messageTypeOfAnswer,
    draft: { flags },
    extraFlags: loadingFlag,
    viewerId: isEphemeral ? interaction.userId : undefined,
    interaction: headOf(interaction),
    isKept: !interaction.isLoad,
  });
  simulator.interactions.tell(interaction, { type: 'deferred', isEphemeral });
  return undefined;
};

const updateSource = async (
  simulator: Simulator,
  source: Message,
  body: unknown,
  files: readonly UploadedFile[],
): Promise<RestAnswer | undefined> => {
  const read = readMessageDraft(body, { at: ['data'], filesCount: files.length, editing: source });
  if ('refusal' in read) return read.refusal;
  const added =
    files.length === 0 ? [] : await storeFiles(simulator, source.channelId, files, read.draft.attachments ?? []);
  editMessage(simulator, source, read.draft, { attachments: added });
  return undefined;
};

const act = async (
  simulator: Simulator,
  interaction: Interaction,
  type: number,
  data: unknown,
  files: readonly UploadedFile[],
): Promise<RestAnswer | undefined> => {
  const { source } = interaction;
  switch (type) {
    case callbackType.message: {
      const posted = await postAnswer(simulator, interaction, data, files, ['data']);
      if ('refusal' in posted) return posted.refusal;
      interaction.original = posted.message;
      interaction.state = 'answered';
      simulator.interactions.tell(interaction, { type: 'message', message: posted.message });
      return undefined;
    }
    case callbackType.deferredMessage:
      return deferWithMessage(simulator, interaction, Number((data as JsonObject | undefined)?.['flags'] ?? 0));
    case callbackType.deferredUpdate:
      interaction.original = source;
      interaction.state = 'answered';
      simulator.interactions.tell(interaction, { type: 'deferred', isEphemeral: source?.viewerId !== undefined });
      return undefined;
    case callbackType.update: {
      if (source === undefined) return refusals.unknownMessage;
      const refused = await updateSource(simulator, source, data, files);
      if (refused !== undefined) return refused;
      interaction.original = source;
      interaction.state = 'answered';
      simulator.interactions.tell(interaction, { type: 'message', message: source });
      return undefined;
    }
    case callbackType.choices: {
      const problems = choiceListProblems(data);
      if (problems.length > 0) return invalidForm(problems);
      interaction.state = 'answered';
      const choices = ((data as JsonObject)['choices'] as unknown[] | null | undefined) ?? [];
      simulator.interactions.tell(interaction, { type: 'choices', choices });
      return undefined;
    }
    case callbackType.modal: {
      const problems = modalProblems(data);
      if (problems.length > 0) return invalidForm(problems);
      interaction.state = 'answered';
      const modal = data as JsonObject;
      simulator.openModals.open(interaction.guildId ?? directPlace, interaction.userId, {
        customId: String(modal['custom_id']),
        components: modal['components'] as JsonObject[],
        channelId: interaction.channelId,
        source,
      });
      simulator.interactions.tell(interaction, { type: 'modal', modal });
      return undefined;
    }
    default:
      return wrongType(allowedTypes(interaction).join(', '));
  }
};

const check = (simulator: Simulator, interaction: Interaction, type: unknown): RestAnswer | undefined => {
  const ageMs = simulator.clock.now() - interaction.createdAtMs;
  if (ageMs >= tokenLifetimeMs) return refusals.unknownInteraction;
  if (interaction.state !== 'waiting') return refusals.alreadyAcknowledged;
  if (ageMs >= firstAnswerMs) return refusals.unknownInteraction;
  const allowed = allowedTypes(interaction);
  return typeof type === 'number' && allowed.includes(type) ? undefined : wrongType(allowed.join(', '));
};

const describe = (simulator: Simulator, interaction: Interaction, type: number): JsonObject => {
  const { original } = interaction;
  const showsMessage = original !== undefined && type !== callbackType.modal && type !== callbackType.choices;
  return {
    interaction: {
      id: interaction.id,
      type: interactionNumber[interaction.kind],
      ...(showsMessage
        ? {
            response_message_id: original.id,
            response_message_loading: (original.flags & loadingFlag) !== 0,
            response_message_ephemeral: original.viewerId !== undefined,
          }
        : {}),
    },
    resource: { type, ...(showsMessage ? { message: messagePayload(simulator.world, original) } : {}) },
  };
};

/** Handles the first answer to an interaction, refusing what Discord refuses. */
export const handleCallback = async (
  simulator: Simulator,
  request: {
    readonly id: string;
    readonly token: string;
    readonly withResponse: boolean;
    readonly body: unknown;
    readonly files: readonly UploadedFile[];
  },
): Promise<RestAnswer> => {
  const interaction = simulator.interactions.byToken(request.token);
  if (interaction === undefined || interaction.id !== request.id) return refusals.unknownInteraction;
  const { type, data } = (request.body ?? {}) as { readonly type?: unknown; readonly data?: unknown };
  let answer = check(simulator, interaction, type);
  if (answer === undefined) {
    // Taken now, so that a second callback during the reading of files is already the second.
    const previous = interaction.state;
    interaction.state = 'answered';
    answer = await act(simulator, interaction, Number(type), data, request.files);
    if (answer !== undefined) interaction.state = previous;
  }
  const code = (answer as Refusal | undefined)?.body.code;
  simulator.interactions.tell(interaction, {
    type: 'attempt',
    attempt: {
      route: 'callback',
      type: Number(type),
      status: answer?.status ?? 204,
      ...(code === undefined ? {} : { code }),
      data,
    },
  });
  if (answer !== undefined) return answer;
  return request.withResponse ? { status: 200, body: describe(simulator, interaction, Number(type)) } : { status: 204 };
};
