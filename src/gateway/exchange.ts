import { DiscordAPIError, type RawFile, type REST, Routes } from 'discord.js';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Modal, Reply } from '../kernel/reply.ts';
import { messageBody, modalBody } from './payload.ts';
import { type Drawing, pictureFiles } from './pictures.ts';
import { NotSentError } from './transport.ts';

/** One interaction while it is being answered. */
export interface Exchange {
  readonly id: string;
  /** Secret: whoever has it can answer. */
  readonly token: string;
  readonly application: string;
  /** Monotonic milliseconds. */
  readonly receivedMs: number;
  /** The message whose control was used, or from whose control the form came. */
  readonly pressed: { readonly private: boolean } | undefined;
  /** Who sees "thinking" when the answer is late. */
  readonly visibility: 'private' | 'public';
  answered: boolean;
  /** Set once Discord was told to wait; resolves to whether it will. */
  deferred: Promise<boolean> | undefined;
}

// Discord's error codes. Source: developer documentation, opcodes and status codes.
const causes: Readonly<Record<number, string>> = {
  10_062: 'Discord does not know the interaction any more: it came too late or was answered too late',
  40_060: 'the interaction was answered already: it was delivered twice, or another process runs the same bot',
  50_027: 'the interaction is older than 15 minutes',
  10_015: 'the interaction is older than 15 minutes',
  10_008: 'the message is gone',
};

/** Why an answer can reach nobody, in words for the log; `undefined` for every other error. */
export const lostCause = (error: unknown): string | undefined => {
  if (error instanceof NotSentError) return error.message;
  return error instanceof DiscordAPIError ? causes[Number(error.code)] : undefined;
};

/** Whether Discord refused the form of what was sent. */
export const isRefusedForm = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.status === 400 && lostCause(error) === undefined;

const flags = (isPrivate: boolean): { readonly flags?: MessageFlags } =>
  isPrivate ? { flags: MessageFlags.Ephemeral } : {};

/** A private answer never takes the place of a message that others see. */
const replaces = (exchange: Exchange, reply: Reply): boolean =>
  reply.replaces === true && exchange.pressed !== undefined && (exchange.pressed.private || !reply.private);

const attached = (drawings: readonly Drawing[]): { readonly files?: RawFile[] } =>
  drawings.length === 0 ? {} : { files: pictureFiles(drawings) };

/** The ways to answer, over Discord's interaction endpoints. All reject with Discord's refusal. */
export const createReplier = (rest: REST) => {
  const callback = async (
    exchange: Exchange,
    type: InteractionResponseType,
    data?: object,
    drawings: readonly Drawing[] = [],
  ): Promise<void> => {
    const body = data === undefined ? { type } : { type, data };
    const route = Routes.interactionCallback(exchange.id, exchange.token);
    await rest.post(route, { body, auth: false, ...attached(drawings) });
  };
  const original = (exchange: Exchange) => Routes.webhookMessage(exchange.application, exchange.token, '@original');
  const edit = async (exchange: Exchange, reply: Reply, drawings: readonly Drawing[]): Promise<void> => {
    await rest.patch(original(exchange), { body: messageBody(reply, drawings), auth: false, ...attached(drawings) });
  };
  const followUp = async (exchange: Exchange, reply: Reply, drawings: readonly Drawing[]): Promise<void> => {
    const body = { ...messageBody(reply, drawings), ...flags(reply.private) };
    const route = Routes.webhook(exchange.application, exchange.token);
    await rest.post(route, { body, auth: false, ...attached(drawings) });
  };

  return {
    /** Tells Discord to wait: "thinking" for a command, nothing visible for a control. */
    defer: async (exchange: Exchange): Promise<void> => {
      if (exchange.pressed) await callback(exchange, InteractionResponseType.DeferredMessageUpdate);
      else {
        const data = flags(exchange.visibility === 'private');
        await callback(exchange, InteractionResponseType.DeferredChannelMessageWithSource, data);
      }
    },
    /** Answers what was not deferred. */
    answer: async (exchange: Exchange, output: Reply | Modal, drawings: readonly Drawing[]): Promise<void> => {
      if ('modal' in output) await callback(exchange, InteractionResponseType.Modal, modalBody(output));
      else if (replaces(exchange, output)) {
        await callback(exchange, InteractionResponseType.UpdateMessage, messageBody(output, drawings), drawings);
      } else {
        const data = { ...messageBody(output, drawings), ...flags(output.private) };
        await callback(exchange, InteractionResponseType.ChannelMessageWithSource, data, drawings);
      }
    },
    /** Answers what was deferred. */
    answerLate: async (exchange: Exchange, reply: Reply, drawings: readonly Drawing[]): Promise<void> => {
      if (exchange.pressed) await (replaces(exchange, reply) ? edit : followUp)(exchange, reply, drawings);
      else if (reply.private === (exchange.visibility === 'private')) await edit(exchange, reply, drawings);
      else {
        // Discord fixes who sees an answer when it is deferred: the "thinking" goes and the answer comes by itself.
        await rest.delete(original(exchange), { auth: false });
        await followUp(exchange, reply, drawings);
      }
    },
    /** Shows suggestions. */
    suggest: async (exchange: Pick<Exchange, 'id' | 'token'>, choices: readonly { name: string; value: string }[]) => {
      const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
      await rest.post(Routes.interactionCallback(exchange.id, exchange.token), { body, auth: false });
    },
  };
};

export type Replier = ReturnType<typeof createReplier>;
