import type { z } from 'zod';
import type { Schema } from './ids.ts';
import { compileReader, refused } from './schema-code.ts';
import { atFirstUse } from './source.ts';

/** A schema that takes and gives what `source` does, and says about what it does not take what `source` says. */
export interface QuickSchema<T> extends Schema<T> {
  readonly source: Schema<T>;
  /** The properties of a row, in the order it is stored in; as zod's objects have it. */
  readonly shape?: unknown;
}

const isQuick = <T>(schema: Schema<T>): schema is QuickSchema<T> => 'source' in schema;

/**
 * The same schema, read without zod where its parts are of the common kinds. A row is checked and copied with each put,
 * and zod makes some eleven kilobytes of garbage over one payment's rows; this makes the copy. What is refused here is
 * read by zod, which has the words for it.
 */
export const quickSchema = <T>(source: Schema<T>): QuickSchema<T> => {
  if (isQuick(source)) return source;
  if (!('_zod' in source)) return { source, parse: (input) => source.parse(input) };
  const read = atFirstUse(() => compileReader(source as unknown as z.ZodType));
  return {
    source,
    ...('shape' in source && { shape: source.shape }),
    parse: (input) => {
      const value = read(input);
      return value === refused ? source.parse(input) : (value as T);
    },
  };
};
