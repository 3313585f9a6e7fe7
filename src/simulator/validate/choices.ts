import type { Problem } from '../refusal.ts';

const choicesMax = 25;
const nameMax = 100;

/** What Discord refuses in the data of an autocomplete answer. */
export const choiceListProblems = (data: unknown): Problem[] => {
  const choices = (data as { readonly choices?: unknown } | null | undefined)?.choices ?? [];
  const at = ['data', 'choices'];
  if (!Array.isArray(choices)) {
    return [{ path: at, code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' }];
  }
  if (choices.length > choicesMax) {
    return [{ path: at, code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 0 and ${choicesMax} in length.` }];
  }
  return (choices as unknown[]).flatMap((choice, index) => {
    const { name, value } = (choice ?? {}) as { readonly name?: unknown; readonly value?: unknown };
    const problems: Problem[] = [];
    if (typeof name !== 'string' || name.length === 0 || name.length > nameMax) {
      problems.push({
        path: [...at, index, 'name'],
        code: 'BASE_TYPE_BAD_LENGTH',
        message: `Must be between 1 and ${nameMax} in length.`,
      });
    }
    const isValue = typeof value === 'number' || (typeof value === 'string' && value.length <= nameMax);
    if (!isValue) {
      problems.push({
        path: [...at, index, 'value'],
        code: 'BASE_TYPE_INVALID',
        message: 'Value of choice is invalid.',
      });
    }
    return problems;
  });
};
