import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Origin, Request, SuggestionRequest } from '../actors/request.ts';
import { parseCustomId } from '../kernel/component.ts';
import { channelId, guildId, memberId } from '../kernel/ids.ts';
import type { AnyOperation } from '../kernel/operation.ts';
import type { Option } from '../kernel/option.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import { readCommand, readForm, readOptions } from './input.ts';
import { gatewayRefusal } from './text.ts';

/** An interaction that wants an answer in words, as against suggestions while typing. */
export type Asked = APIApplicationCommandInteraction | APIMessageComponentInteraction | APIModalSubmitInteraction;

/** Milliseconds after receipt from which an operation need not run any more: Discord's 15 minutes less a margin. */
const answerableMs = 870_000;
/** The same for a form, which Discord takes as the first answer only, within 3 seconds. */
const formAnswerableMs = 2_500;

/** Where an interaction leads: a request, and who would see a late answer's "thinking". */
export interface Routed {
  readonly request: Request;
  readonly visibility: 'private' | 'public';
}

interface Target {
  readonly operation: AnyOperation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly visibility: 'private' | 'public';
}

interface Sent {
  readonly guild_id?: string;
  readonly channel?: { readonly id: string } | undefined;
  readonly member?: { readonly user: { readonly id: string }; readonly permissions: string };
}

const origin = (interaction: Sent): Origin | undefined => {
  if (interaction.guild_id === undefined || interaction.member === undefined) return undefined;
  return {
    guild: guildId(interaction.guild_id),
    member: memberId(interaction.member.user.id),
    permissions: BigInt(interaction.member.permissions),
    channel: interaction.channel && channelId(interaction.channel.id),
  };
};

/** The options a command's operation declares; none for an operation without. */
export const declaredOptions = (operation: AnyOperation): Readonly<Record<string, Option<unknown>>> =>
  'options' in operation.input ? (operation.input.options as Record<string, Option<unknown>>) : {};

/**
 * Makes requests of interactions: knows which commands and controls there are, and nothing of who may use them.
 * Both functions throw on an interaction that is not of Discord's documented form.
 */
export const createRouter = (registry: Registry) => {
  const operationOf = (name: string): AnyOperation | undefined => registry.operations.get(name);
  const visibilityOf = new Map([...registry.commands.values()].map((one) => [one.operation.name, one.visibility]));

  const command = (interaction: APIApplicationCommandInteraction): Target | Refusal => {
    if (interaction.data.type !== ApplicationCommandType.ChatInput) return gatewayRefusal('gateway.unknown-command');
    const call = readCommand(interaction.data);
    const declared = registry.commands.get(call.path);
    const operation = declared && operationOf(declared.operation.name);
    if (!declared || !operation) return gatewayRefusal('gateway.unknown-command');
    const input = readOptions(call.options, interaction.data.resolved);
    return { operation, input, visibility: declared.visibility };
  };

  const control = (id: string, joined: Readonly<Record<string, unknown>>): Target | Refusal => {
    const call = parseCustomId(id);
    const operation = call && operationOf(call.operation);
    if (!call || !operation) return gatewayRefusal('gateway.unknown-control');
    if (call.version !== operation.version) return gatewayRefusal('gateway.outdated-control');
    const visibility = visibilityOf.get(operation.name) ?? 'private';
    return { operation, input: { ...call.input, ...joined }, visibility };
  };

  const target = (interaction: Asked): Target | Refusal => {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        return command(interaction);
      case InteractionType.MessageComponent: {
        const { data } = interaction;
        // A button's press never brings `chosen`; a select always does, be it empty.
        const joined = data.component_type === ComponentType.Button ? {} : { chosen: data.values[0] };
        return control(data.custom_id, joined);
      }
      case InteractionType.ModalSubmit:
        return control(interaction.data.custom_id, readForm(interaction.data));
    }
  };

  return {
    /** The request an interaction stands for, or the refusal to show. `receivedMs` is monotonic. */
    route: (interaction: Asked, receivedMs: number): Routed | Refusal => {
      const from = origin(interaction);
      if (!from) return gatewayRefusal('gateway.direct-message');
      const found = target(interaction);
      if ('refused' in found) return found;
      const { operation, input, visibility } = found;
      const deadlineMs = receivedMs + (operation.kind === 'form' ? formAnswerableMs : answerableMs);
      return { request: { ...from, id: interaction.id, operation, input, deadlineMs }, visibility };
    },
    /** The question for suggestions, or `undefined` when the option suggests nothing. */
    suggestion: (interaction: APIApplicationCommandAutocompleteInteraction): SuggestionRequest | undefined => {
      const from = origin(interaction);
      const call = readCommand(interaction.data);
      const focused = call.options.find((option) => 'focused' in option && option.focused);
      const declared = registry.commands.get(call.path);
      const operation = declared && operationOf(declared.operation.name);
      if (!from || !operation || !focused || !('value' in focused)) return undefined;
      const options = declaredOptions(operation);
      const complete = Object.hasOwn(options, focused.name) ? options[focused.name]?.complete : undefined;
      return complete && { ...from, complete, typed: String(focused.value) };
    },
  };
};

export type Router = ReturnType<typeof createRouter>;
