import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findProgram } from '../peers/server.ts';

/** The compiler that makes the delay, and the line that installs it. */
export const compiler = { program: 'cc', install: 'apt-get install -y gcc libc6-dev' } as const;

/** Whether flushes can be delayed here. */
export const canDelay = (): boolean => process.platform === 'linux' && findProgram(compiler.program) !== undefined;

/** Compiles the delay into `folder`; gives the environment of a process whose flushes take `delayUs` microseconds longer. */
export const delayedFlushes = (folder: string, delayUs: number): Readonly<Record<string, string>> => {
  const library = join(folder, 'delay.so');
  const made = spawnSync(
    compiler.program,
    ['-O2', '-shared', '-fPIC', '-o', library, join(import.meta.dirname, 'delay.c'), '-ldl'],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`the delay does not compile: ${made.stderr}`);
  // Node's event loop could otherwise hand its writes to the kernel past the C library.
  return { LD_PRELOAD: library, FLUSH_DELAY_US: String(delayUs), UV_USE_IO_URING: '0' };
};
