import type { z } from 'zod';
import type { Schema } from './ids.ts';
import { InputError } from './option.ts';

/**
 * The input of a button, select or form that no slash command shares. Controls come back as anybody may have forged
 * them, so what does not fit is a refusal and no bug.
 */
export const controlInput = <T>(schema: z.ZodType<T>): Schema<T> => ({
  parse: (input) => {
    const result = schema.safeParse(input);
    if (!result.success) throw new InputError('core.input.options');
    return result.data;
  },
});
