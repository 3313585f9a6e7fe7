import { ModalInteractionCallbackRequestDataSchema } from 'discord-api-spec/zod';
import { type Problem, within } from '../refusal.ts';
import type { JsonObject } from '../world/world.ts';
import {
  componentType,
  duplicateIdProblems,
  flattenComponents,
  type PlacedComponent,
  selectProblems,
} from './components.ts';
import { publishedProblems } from './published.ts';

const componentsMax = 5;

const textInputProblems = ({ component, path }: PlacedComponent, isLabelled: boolean): Problem[] => {
  const problems: Problem[] = [];
  const minimum = Number(component['min_length'] ?? 0);
  const maximum = Number(component['max_length'] ?? 4_000);
  if (minimum > maximum) {
    problems.push({
      path: [...path, 'min_length'],
      code: 'BASE_TYPE_BAD_LENGTH',
      message: 'Minimum must not be above the maximum.',
    });
  }
  const value = component['value'];
  if (typeof value === 'string' && value.length > maximum) {
    problems.push({
      path: [...path, 'value'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${maximum} or fewer in length.`,
    });
  }
  if (isLabelled === (typeof component['label'] === 'string')) {
    problems.push({
      path: [...path, 'label'],
      code: isLabelled ? 'TEXT_INPUT_LABEL_NOT_ALLOWED' : 'BASE_TYPE_REQUIRED',
      message: isLabelled ? 'A text input in a label has no label of its own' : 'This field is required',
    });
  }
  return problems;
};

/** What Discord refuses in the data of a modal: its shape, 1 to 5 components, lengths, labels, doubled ids. */
export const modalProblems = (data: unknown): Problem[] => {
  const shape = publishedProblems(ModalInteractionCallbackRequestDataSchema, data);
  if (shape.length > 0) return within(['data'], shape);
  const components = (data as { components: JsonObject[] }).components;
  const problems: Problem[] = [];
  if (components.length > componentsMax) {
    problems.push({
      path: ['components'],
      code: 'BASE_TYPE_BAD_LENGTH',
      message: `Must be between 1 and ${componentsMax} in length.`,
    });
  }
  const placed = flattenComponents(components);
  for (const each of placed) {
    const type = each.component['type'];
    if (type === componentType.textInput) problems.push(...textInputProblems(each, each.path.at(-1) === 'component'));
    else if (typeof type === 'number' && type >= 3 && type <= 8) problems.push(...selectProblems(each));
  }
  problems.push(...duplicateIdProblems(placed));
  return within(['data'], problems);
};
