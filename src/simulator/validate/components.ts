import type { Problem } from '../refusal.ts';
import { textOf } from '../world/text.ts';
import type { JsonObject } from '../world/world.ts';

/** Discord's numbers of component types. Source: Discord's component reference. */
export const componentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  label: 18,
} as const;

const linkStyle = 5;
const premiumStyle = 6;
const rowsMax = 5;
const componentsV2Max = 40;
const textV2Max = 4_000;

/** A component and where it stands. */
export interface PlacedComponent {
  readonly component: JsonObject;
  readonly path: readonly (string | number)[];
}

/** Every component of a list, those inside others too, outer before inner. */
export const flattenComponents = (
  components: readonly JsonObject[],
  path: readonly (string | number)[] = ['components'],
): PlacedComponent[] => {
  const placed: PlacedComponent[] = [];
  for (const [index, component] of components.entries()) {
    const at = [...path, index];
    placed.push({ component, path: at });
    const inner = component['components'];
    if (Array.isArray(inner)) placed.push(...flattenComponents(inner as JsonObject[], [...at, 'components']));
    for (const slot of ['accessory', 'component']) {
      const single = component[slot];
      if (typeof single !== 'object' || single === null) continue;
      // A single inner component is addressed by the slot alone, without an index.
      const [only] = flattenComponents([single as JsonObject], [...at, slot]);
      if (only !== undefined) placed.push({ component: only.component, path: [...at, slot] });
    }
  }
  return placed;
};

/** A component's own id; `undefined` for those that have none (links, texts). */
export const customIdOf = (component: JsonObject): string | undefined => {
  const id = component['custom_id'];
  return typeof id === 'string' ? id : undefined;
};

/** Two components of one message or form may not share a custom id. */
export const duplicateIdProblems = (placed: readonly PlacedComponent[]): Problem[] => {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { component, path } of placed) {
    const id = customIdOf(component);
    if (id === undefined) continue;
    if (seen.has(id)) {
      problems.push({
        path: [...path, 'custom_id'],
        code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
        message: 'Component custom id cannot be duplicated',
      });
    }
    seen.add(id);
  }
  return problems;
};

const buttonProblems = ({ component, path }: PlacedComponent): Problem[] => {
  const has = (field: string): boolean => component[field] !== undefined && component[field] !== null;
  const required = (field: string): Problem => ({
    path: [...path, field],
    code: 'BASE_TYPE_REQUIRED',
    message: 'This field is required',
  });
  const style = component['style'];
  if (style === premiumStyle) return has('sku_id') ? [] : [required('sku_id')];
  const problems: Problem[] = [];
  const wantedField = style === linkStyle ? 'url' : 'custom_id';
  const otherField = style === linkStyle ? 'custom_id' : 'url';
  if (!has(wantedField)) problems.push(required(wantedField));
  if (has(wantedField) && has(otherField)) {
    problems.push({
      path: [...path, otherField],
      code: 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL',
      message: 'A custom id and url cannot both be specified',
    });
  }
  if (!has('label') && !has('emoji')) problems.push(required('label'));
  return problems;
};

const rowProblems = ({ component, path }: PlacedComponent): Problem[] => {
  const inner = (component['components'] as JsonObject[] | undefined) ?? [];
  const selects = inner.filter((each) => each['type'] !== componentType.button).length;
  return selects > 0 && inner.length > 1
    ? [
        {
          path: [...path, 'components'],
          code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          message: 'The specified component exceeds the maximum width',
        },
      ]
    : [];
};

/** What is wrong with a select's numbers and choices. */
export const selectProblems = ({ component, path }: PlacedComponent): Problem[] => {
  const problems: Problem[] = [];
  const options = component['options'] as JsonObject[] | undefined;
  const minimum = Number(component['min_values'] ?? 1);
  const maximum = Number(component['max_values'] ?? 1);
  const badLength = (field: string, message: string): Problem => ({
    path: [...path, field],
    code: 'BASE_TYPE_BAD_LENGTH',
    message,
  });
  if (minimum > maximum) problems.push(badLength('min_values', 'Minimum must not be above the maximum.'));
  if (options === undefined) return problems;
  if (maximum > options.length) problems.push(badLength('max_values', 'Must not be above the number of options.'));
  const seen = new Set<unknown>();
  for (const [index, option] of options.entries()) {
    if (seen.has(option['value'])) {
      problems.push({
        path: [...path, 'options', index, 'value'],
        code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        message: 'The specified option value is already used',
      });
    }
    seen.add(option['value']);
  }
  return problems;
};

const sizeProblems = (
  components: readonly JsonObject[],
  placed: readonly PlacedComponent[],
  isV2: boolean,
): Problem[] => {
  const path = ['components'];
  if (isV2) {
    const problems: Problem[] = [];
    if (placed.length > componentsV2Max) {
      problems.push({
        path,
        code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        message: `The total number of components must be ${componentsV2Max} or fewer.`,
      });
    }
    const text = placed.reduce((sum, each) => sum + textOf(each.component['content']).length, 0);
    if (text > textV2Max) {
      problems.push({
        path,
        code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        message: `The total text must be ${textV2Max} or fewer in length.`,
      });
    }
    return problems;
  }
  const problems: Problem[] = components.flatMap((component, index) =>
    component['type'] === componentType.actionRow
      ? []
      : [
          {
            path: [...path, index, 'type'],
            code: 'UNION_TYPE_CHOICES',
            message: 'Value of field "type" must be one of (1,).',
          },
        ],
  );
  if (components.length > rowsMax) {
    problems.push({ path, code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 0 and ${rowsMax} in length.` });
  }
  return problems;
};

/** What Discord refuses in a message's components beyond their shape. `isV2`: the message is made of components alone. */
export const componentProblems = (components: readonly JsonObject[], isV2: boolean): Problem[] => {
  if (components.length === 0) return [];
  const placed = flattenComponents(components);
  const problems = sizeProblems(components, placed, isV2);
  for (const each of placed) {
    const type = each.component['type'];
    if (type === componentType.button) problems.push(...buttonProblems(each));
    else if (type === componentType.actionRow) problems.push(...rowProblems(each));
    else if (typeof type === 'number' && type >= 3 && type <= 8) problems.push(...selectProblems(each));
  }
  return [...problems, ...duplicateIdProblems(placed)];
};
