import pino, { type Logger } from 'pino';
import type { Configuration } from './configuration.ts';

/** The process's log: JSON lines on standard error, so that standard output stays for people. */
export const createLog = (level: Configuration['logLevel'], name: string): Logger =>
  pino({ level, name, redact: ['token', '*.token', 'err.config', 'err.request'] }, pino.destination(2));
