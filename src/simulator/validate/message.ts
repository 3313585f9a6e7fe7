import { IncomingWebhookInteractionRequestSchema } from 'discord-api-spec/zod';
import { invalidForm, type Problem, type Refusal, refusals, within } from '../refusal.ts';
import { componentsV2Flag } from '../world/payloads.ts';
import type { JsonObject, Message } from '../world/world.ts';
import { componentProblems } from './components.ts';
import { embedProblems } from './embeds.ts';
import { publishedProblems } from './published.ts';

/** A message's body that Discord takes; what is `undefined` was not given. */
export interface MessageDraft {
  readonly content: string | undefined;
  readonly embeds: readonly JsonObject[] | undefined;
  readonly components: readonly JsonObject[] | undefined;
  readonly attachments: readonly JsonObject[] | undefined;
  readonly allowedMentions: JsonObject | undefined;
  readonly flags: number;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `null` clears a field, `undefined` leaves it. */
const given = <Value>(body: JsonObject, field: string, empty: Value): Value | undefined => {
  const value = body[field];
  if (value === undefined) return undefined;
  return value === null ? empty : (value as Value);
};

const mentionProblems = (allowed: JsonObject | undefined): Problem[] => {
  const parse = (allowed?.['parse'] as unknown[] | null | undefined) ?? [];
  return ['users', 'roles'].flatMap((kind) => {
    const listed = (allowed?.[kind] as unknown[] | null | undefined) ?? [];
    return parse.includes(kind) && listed.length > 0
      ? [
          {
            path: ['allowed_mentions'],
            code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          },
        ]
      : [];
  });
};

const v2Problems = (draft: MessageDraft): Problem[] => {
  const legacy = [
    ['content', draft.content !== undefined && draft.content !== ''],
    ['embeds', draft.embeds !== undefined && draft.embeds.length > 0],
  ] as const;
  return legacy.flatMap(([field, isUsed]) =>
    isUsed
      ? [
          {
            path: [field],
            code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
            message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
          },
        ]
      : [],
  );
};

const isEmptyDraft = (draft: MessageDraft, filesCount: number, editing: Message | undefined): boolean => {
  const content = draft.content ?? editing?.content ?? '';
  const embeds = draft.embeds ?? editing?.embeds ?? [];
  const components = draft.components ?? editing?.components ?? [];
  const kept = draft.attachments?.length ?? editing?.attachments.length ?? 0;
  return content.trim() === '' && embeds.length === 0 && components.length === 0 && filesCount + kept === 0;
};

/**
 * Reads a message's body as Discord does, new or over an existing one. `at` is where it stands in the request's body,
 * for the paths of problems. An empty message is refused.
 */
export const readMessageDraft = (
  body: unknown,
  spec: { readonly at?: readonly string[]; readonly filesCount: number; readonly editing?: Message | undefined },
): { readonly draft: MessageDraft } | { readonly refusal: Refusal } => {
  const at = spec.at ?? [];
  const refuse = (problems: readonly Problem[]): { readonly refusal: Refusal } => ({
    refusal: invalidForm(within(at, problems)),
  });
  if (!isObject(body)) {
    return refuse([{ path: [], code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' }]);
  }
  const shape = publishedProblems(IncomingWebhookInteractionRequestSchema, body);
  if (shape.length > 0) return refuse(shape);
  const draft: MessageDraft = {
    content: given(body, 'content', ''),
    embeds: given<readonly JsonObject[]>(body, 'embeds', []),
    components: given<readonly JsonObject[]>(body, 'components', []),
    attachments: given<readonly JsonObject[]>(body, 'attachments', []),
    allowedMentions: given<JsonObject>(body, 'allowed_mentions', {}),
    flags: given(body, 'flags', 0) ?? 0,
  };
  const isV2 = ((draft.flags | (spec.editing?.flags ?? 0)) & componentsV2Flag) !== 0;
  const problems = [
    ...embedProblems(draft.embeds ?? []),
    ...componentProblems(draft.components ?? [], isV2),
    ...mentionProblems(draft.allowedMentions),
    ...(isV2 ? v2Problems(draft) : []),
  ];
  if (problems.length > 0) return refuse(problems);
  return isEmptyDraft(draft, spec.filesCount, spec.editing) ? { refusal: refusals.emptyMessage } : { draft };
};
