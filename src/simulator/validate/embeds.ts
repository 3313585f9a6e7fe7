import type { Problem } from '../refusal.ts';
import type { JsonObject } from '../world/world.ts';

const embedsCharactersMax = 6_000;
const textLimits: readonly (readonly [path: readonly string[], maximum: number])[] = [
  [['title'], 256],
  [['description'], 4096],
  [['footer', 'text'], 2048],
  [['author', 'name'], 256],
];

const textAt = (embed: JsonObject, path: readonly string[]): string => {
  let value: unknown = embed;
  for (const step of path) value = (value as JsonObject | null | undefined)?.[step];
  return typeof value === 'string' ? value : '';
};

const fieldsOf = (embed: JsonObject): readonly JsonObject[] => (embed['fields'] as JsonObject[] | undefined) ?? [];

const embedLength = (embed: JsonObject): number => {
  let length = 0;
  for (const [path] of textLimits) length += textAt(embed, path).length;
  for (const field of fieldsOf(embed)) length += textAt(field, ['name']).length + textAt(field, ['value']).length;
  return length;
};

const isEmptyEmbed = (embed: JsonObject): boolean =>
  embedLength(embed) === 0 && embed['image'] === undefined && embed['thumbnail'] === undefined;

/** What Discord refuses in embeds beyond their shape: lengths, empty ones, empty fields, 6,000 characters over all. */
export const embedProblems = (embeds: readonly JsonObject[]): Problem[] => {
  const problems: Problem[] = [];
  let total = 0;
  for (const [index, embed] of embeds.entries()) {
    const at = ['embeds', index] as const;
    if (isEmptyEmbed(embed)) {
      problems.push({ path: [...at, 'description'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' });
    }
    for (const [path, maximum] of textLimits) {
      if (textAt(embed, path).length > maximum) {
        problems.push({
          path: [...at, ...path],
          code: 'BASE_TYPE_MAX_LENGTH',
          message: `Must be ${maximum} or fewer in length.`,
        });
      }
    }
    for (const [fieldIndex, field] of fieldsOf(embed).entries()) {
      for (const name of ['name', 'value']) {
        if (textAt(field, [name]).trim() !== '') continue;
        problems.push({
          path: [...at, 'fields', fieldIndex, name],
          code: 'BASE_TYPE_REQUIRED',
          message: 'This field is required',
        });
      }
    }
    total += embedLength(embed);
  }
  if (total > embedsCharactersMax) {
    problems.push({
      path: ['embeds'],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
      message: `Embed size exceeds maximum size of ${embedsCharactersMax}`,
    });
  }
  return problems;
};
