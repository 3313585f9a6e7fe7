import { z } from 'zod';
import { pack, unpack } from './codec.ts';
import { DamagedStoreError, noPosition, type Position, type Rows, type RowWrite } from './ports.ts';
import { durableKey } from './row-keys.ts';

const markSchema = z.tuple([z.int().nonnegative()]);

/**
 * Says that the journal was safe on disk up to a position when rows were written. A journal that ends before was cut: a
 * file that ends with a whole block looks like one that was never longer. Belongs into a batch that is written anyway.
 */
export const durableRow = (position: Position): RowWrite => ({ key: durableKey, value: pack([position]) });

/** Up to where the journal is known to have been. Throws `DamagedStoreError` on a mark of an unknown form. */
export const readDurable = (rows: Pick<Rows, 'get'>): Position => {
  const bytes = rows.get(durableKey);
  if (bytes === undefined) return noPosition;
  const parsed = markSchema.safeParse(unpack(bytes, durableKey));
  if (!parsed.success) throw new DamagedStoreError(`${durableKey} has an unknown form`, { cause: parsed.error });
  return parsed.data[0] as Position;
};
