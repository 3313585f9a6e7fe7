import { Packr } from 'msgpackr';
import type { Dotted } from '../kernel/ids.ts';
import type { TextArguments } from '../kernel/outcome.ts';
import { refuse } from '../kernel/outcome.ts';
import type { StoredOutcome } from '../storage/contract.ts';
import type { Answer } from './request.ts';

const packr = new Packr({ useRecords: false, useBigIntExtension: true });

/** Most bytes of an outcome kept for redeliveries. */
export const storedOutcomeBytesMax = 2048;

/** A refusal of the runtime itself. */
export const refusal = (code: Dotted, args: TextArguments = {}): Answer => refuse(code, args) as unknown as Answer;

/**
 * The bytes kept of an answer. One that is too large is kept as the refusal `core.answered-before`: a redelivery then
 * changes nothing, and says so without the details.
 */
export const storeOutcome = (answer: Answer): StoredOutcome => {
  const bytes = packr.pack(answer);
  return bytes.length <= storedOutcomeBytesMax ? bytes : packr.pack(refusal('core.answered-before'));
};

/** The answer behind stored bytes. */
export const loadOutcome = (outcome: StoredOutcome): Answer => packr.unpack(outcome) as Answer;
