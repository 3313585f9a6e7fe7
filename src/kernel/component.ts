import { assert } from './assert.ts';
import type { Operation } from './operation.ts';

/** Discord's limit on a component's id, in characters. */
export const customIdMax = 100;

const form = 'g1';
const separator = '~';
const customIdPattern = /^g1~([a-z0-9.-]+)~(\d{1,4})~(.*)$/s;

/**
 * The id of a button, select or form: the operation, its version and its input as JSON. It carries no right and no
 * guild: who may press is checked when the operation runs, in the guild the press came from.
 * Throws when the whole is longer than Discord's 100 characters.
 */
export const customId = <I>(operation: Operation<I>, input: Readonly<Record<string, string | number>> = {}): string => {
  const id = [form, operation.name, operation.version, JSON.stringify(input)].join(separator);
  assert(id.length <= customIdMax, `the component id of ${operation.name} is at most ${customIdMax} characters`);
  return id;
};

/** What a component id says. */
export interface ComponentCall {
  readonly operation: string;
  readonly version: number;
  readonly input: Readonly<Record<string, string | number>>;
}

/** Texts and numbers are all that `customId` writes. What the gateway makes, such as a person, cannot be forged so. */
const isInput = (value: unknown): value is ComponentCall['input'] =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((part) => typeof part === 'string' || typeof part === 'number');

/** Reads a component id; `undefined` for whatever `customId` did not make (forged, old form, damaged). */
export const parseCustomId = (id: string): ComponentCall | undefined => {
  if (id.length > customIdMax) return undefined;
  const match = customIdPattern.exec(id);
  const [, operation, version, json] = match ?? [];
  if (operation === undefined || version === undefined || json === undefined) return undefined;
  try {
    const input: unknown = JSON.parse(json);
    return isInput(input) ? { operation, version: Number(version), input } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
