import type { Logger } from 'pino';
import { throwingName } from '../trial/feature.ts';
import type { Findings } from '../violation.ts';

const reasonOf = (given: unknown): string => {
  const error = (given as { err?: unknown } | null)?.err;
  return error instanceof Error ? (error.stack ?? error.message) : '';
};

/** Lines of the log that are no bug of the runtime: the trial's task that always fails, and what a broken disk leads to. */
const isExpected = (given: unknown, message: string): boolean => {
  const operation = (given as { operation?: unknown } | null)?.operation;
  return operation === throwingName || message === 'a timer is parked' || message === 'the market could not be started';
};

/** A log that nobody reads: an error in it is a finding. */
export const watchedLog = (findings: Findings): Logger => {
  const nothing = (): void => undefined;
  const finding = (given: unknown, message = ''): void => {
    if (!isExpected(given, message)) findings.broken('no throw', `${message}: ${reasonOf(given)}`);
  };
  return {
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: finding,
    fatal: finding,
  } as unknown as Logger;
};
