import type { Report } from './result.ts';

/** Writes the report. */
export const writeDocument = async (_report: Report): Promise<void> => undefined;
