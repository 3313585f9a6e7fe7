import { assert } from '../kernel/assert.ts';
import type { Dotted } from '../kernel/ids.ts';
import type { TextArguments } from '../kernel/outcome.ts';
import { refuse } from '../kernel/outcome.ts';
import { packBriefly, unpack } from '../storage/codec.ts';
import type { StoredOutcome } from '../storage/contract.ts';
import { openSlab } from '../storage/slab.ts';
import type { Answer } from './request.ts';

const outcomeSlab = openSlab();

/** Most bytes of an outcome kept for redeliveries. */
export const storedOutcomeBytesMax = 2048;

/** A refusal of the runtime itself. */
export const refusal = (code: Dotted, args: TextArguments = {}): Answer => refuse(code, args) as unknown as Answer;

/**
 * The bytes kept of an answer. One that is too large is kept as the refusal `core.answered-before`: a redelivery then
 * changes nothing, and says so without the details.
 */
export const storeOutcome = (answer: Answer): StoredOutcome => {
  const bytes = packBriefly(answer);
  return outcomeSlab(bytes.length <= storedOutcomeBytesMax ? bytes : packBriefly(refusal('core.answered-before')));
};

/** Throws on an answer that is not data through and through: delivered again, it would be another one. For tests. */
export const assertStorable = (value: unknown): void => {
  assert(typeof value !== 'function' && typeof value !== 'symbol', 'an outcome is data');
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) assertStorable(inner);
};

/** The answer behind stored bytes. */
export const loadOutcome = (outcome: StoredOutcome): Answer => unpack(outcome, 'a kept outcome') as Answer;
