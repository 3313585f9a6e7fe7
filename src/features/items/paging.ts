/** One page of a list. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** From 1. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
}

/** A page of a list, from 1; the last one where there are fewer. */
export const pageOf = <T>(all: readonly T[], wanted: number, rowsMax: number): Page<T> => {
  const pages = Math.max(1, Math.ceil(all.length / rowsMax));
  const page = Math.min(Math.max(1, wanted), pages);
  return { rows: all.slice((page - 1) * rowsMax, page * rowsMax), page, pages };
};
