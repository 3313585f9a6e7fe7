// Loaded into a bot's process before its own code: on a signal it collects garbage and writes down what is left.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { collectWithBuffers } from '../collect.ts';

const folder = process.env['BENCH_MEMORY_FOLDER'];
if (isMainThread && folder !== undefined) {
  const probe = async (): Promise<void> => {
    await collectWithBuffers();
    const file = join(folder, `${process.pid}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
    renameSync(`${file}.new`, file);
  };
  process.on('SIGUSR2', () => void probe());
}
