import type { Answer } from '../../src/actors/request.ts';
import { parseCustomId } from '../../src/kernel/component.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import type { Button, ModalField, Select } from '../../src/kernel/reply.ts';
import type { Text } from '../../src/kernel/text.ts';
import type { Chance } from '../chance.ts';
import { anyText } from './options.ts';

/** A button, select or form that somebody was shown. */
interface Control {
  readonly customId: string;
  readonly choices: readonly string[];
  readonly fields: readonly ModalField[];
}

/** What the people of a server were shown and may still press. */
export interface Controls {
  /** Puts an answer into words, as whoever asked reads it, and keeps what can be pressed. */
  readonly show: (operation: AnyOperation, answer: Answer, text: Text) => void;
  /** A press on something that was shown. */
  readonly press: (chance: Chance, registry: Registry) => { operation: AnyOperation; input: unknown } | undefined;
}

/** The newest are kept. */
const keptMax = 48;

/** Nothing was shown yet. */
export const openControls = (): Controls => {
  let controls: Control[] = [];
  const keep = (control: Control): void => {
    controls.push(control);
    if (controls.length > 2 * keptMax) controls = controls.slice(-keptMax);
  };
  const keepPart = (part: Button | Select): void => {
    if (part.kind === 'select') {
      keep({ customId: part.customId, choices: part.choices.map(({ value }) => value), fields: [] });
    } else if (part.disabled !== true) keep({ customId: part.customId, choices: [], fields: [] });
  };
  return {
    show: (operation, answer, text) => {
      if (!('done' in answer)) {
        text(answer.refused, answer.with);
        return;
      }
      const reply = operation.view(answer.done as never, text);
      if ('modal' in reply) keep({ customId: reply.modal.customId, choices: [], fields: reply.modal.fields });
      else for (const row of reply.rows ?? []) for (const part of row) keepPart(part);
    },
    press: (chance, registry) => {
      if (controls.length === 0) return undefined;
      const { customId, choices, fields } = chance.pick(controls);
      const call = parseCustomId(customId);
      const operation = call && registry.operations.get(call.operation);
      if (call === undefined || operation === undefined || operation.version !== call.version) return undefined;
      const typed = fields
        .filter(({ required }) => required || chance.happens(0.5))
        .map(({ name, charactersMax }) => [name, anyText(chance, ['core.timezone']).slice(0, charactersMax)] as const);
      const chosen = choices.length === 0 ? {} : { chosen: chance.happens(0.02) ? undefined : chance.pick(choices) };
      return { operation, input: { ...call.input, ...Object.fromEntries(typed), ...chosen } };
    },
  };
};
