// Imported before all else by what runs a journal: the pool of threads gets its size when it is first used.
import { flightsMax } from './storage/journal/flights.ts';

/** For LMDB's commits, and for what the system is asked meanwhile: names, files, checksums. */
const otherThreads = 4;

process.env['UV_THREADPOOL_SIZE'] ??= String(flightsMax + otherThreads);
