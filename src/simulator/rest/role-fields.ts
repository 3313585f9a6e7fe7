import type { RoleFields } from '../guilds.ts';
import { invalidForm, type Problem, type Refusal } from '../refusal.ts';
import { textOf } from '../world/text.ts';

const nameMax = 100;
const colorMax = 0xffffff;

/** Reads what a role is made or changed with, refusing a name, permissions or a colour Discord would not take. */
export const readRoleFields = (body: unknown): { readonly fields: RoleFields } | { readonly refusal: Refusal } => {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const colors = given['colors'] as { readonly primary_color?: unknown } | null | undefined;
  const name = given['name'] ?? undefined;
  const permissions = given['permissions'] ?? undefined;
  const color = colors?.primary_color ?? given['color'] ?? undefined;
  const problems: Problem[] = [];
  if (name !== undefined && (typeof name !== 'string' || name.length > nameMax)) {
    problems.push({ path: ['name'], code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${nameMax} or fewer in length.` });
  }
  if (permissions !== undefined && !/^\d{1,19}$/.test(textOf(permissions))) {
    problems.push({
      path: ['permissions'],
      code: 'BITFIELD_TYPE_CONVERT',
      message: 'Could not be read as permissions.',
    });
  }
  if (color !== undefined && (typeof color !== 'number' || color < 0 || color > colorMax)) {
    problems.push({ path: ['color'], code: 'NUMBER_TYPE_MAX', message: `int value should be from 0 to ${colorMax}.` });
  }
  if (problems.length > 0) return { refusal: invalidForm(problems) };
  return {
    fields: {
      ...(typeof name === 'string' ? { name } : {}),
      ...(permissions === undefined ? {} : { permissions: textOf(permissions) }),
      ...(typeof color === 'number' ? { color } : {}),
    },
  };
};
