import type { PublishedIssue, PublishedSchema } from 'discord-api-spec/zod';
import type { Problem } from '../refusal.ts';

const valueAt = (root: unknown, path: readonly (string | number)[]): unknown => {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
};

/** Discord's code and words for one thing a schema found; `input` is the value it found it in. */
const wording = (issue: PublishedIssue, input: unknown): Pick<Problem, 'code' | 'message'> => {
  if (input === undefined || input === null) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string') {
        return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
      }
      if (issue.origin === 'array') {
        return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
      }
      return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${issue.maximum}.` };
    case 'too_small':
      if (issue.origin === 'string' && input === '') {
        return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
      }
      return issue.origin === 'number'
        ? { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${issue.minimum}.` }
        : { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be ${issue.minimum} or more in length.` };
    case 'invalid_type':
      return {
        code: `${(issue.expected ?? 'base').toUpperCase()}_TYPE_CONVERT`,
        message: `Could not interpret the value as ${issue.expected ?? 'this type'}.`,
      };
    case 'invalid_value':
      return {
        code: 'BASE_TYPE_CHOICES',
        message: `Value must be one of {${(issue.values ?? []).map(String).join(', ')}}.`,
      };
    case 'invalid_format':
      return issue.format === 'url'
        ? { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }
        : { code: 'BASE_TYPE_INVALID', message: `Not a well formed ${issue.format ?? 'value'}.` };
    default:
      return { code: 'BASE_TYPE_INVALID', message: 'This value is not valid here.' };
  }
};

/** Of a union's branches, the one whose `type` fits: its problems say what is wrong with the thing that was meant. */
const meantBranch = (issue: PublishedIssue): readonly PublishedIssue[] | undefined =>
  issue.errors?.find(
    (branch) =>
      !branch.some((each) => each.code === 'invalid_value' && each.path.length === 1 && each.path[0] === 'type'),
  );

const describe = (
  issues: readonly PublishedIssue[],
  root: unknown,
  base: readonly (string | number)[],
  problems: Problem[],
): void => {
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    const branch = meantBranch(issue);
    if (branch !== undefined) {
      describe(branch, root, path, problems);
    } else if (issue.code === 'invalid_union') {
      problems.push({
        path: [...path, 'type'],
        code: 'UNION_TYPE_CHOICES',
        message: 'Value of field "type" must be one of those allowed here.',
      });
    } else {
      problems.push({ path, ...wording(issue, valueAt(root, path)) });
    }
  }
};

/** What Discord's own published schema says against a body; empty when it fits. */
export const publishedProblems = (schema: PublishedSchema, body: unknown): Problem[] => {
  const result = schema.safeParse(body);
  if (result.success) return [];
  const problems: Problem[] = [];
  describe(result.error.issues, body, [], problems);
  return problems;
};
