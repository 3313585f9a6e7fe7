import { readdirSync, readFileSync } from 'node:fs';

/** What a process of a running Guildhall does. */
export type Role = 'launcher' | 'local Discord' | 'bot';

const entries: readonly (readonly [string, Role])[] = [
  ['start.mjs', 'launcher'],
  ['simulator/main.ts', 'local Discord'],
  ['bot-process.ts', 'bot'],
];

const readProcess = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return '';
  }
};

/** The processes that run on a data folder now, by what they do. Linux only: nothing tells them from outside elsewhere. */
export const processesOn = (dataFolder: string): ReadonlyMap<Role, number> => {
  const found = new Map<Role, number>();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const command = readProcess(pid, 'cmdline');
    const [, role] = entries.find(([entry]) => command.includes(entry)) ?? [];
    if (role === undefined) continue;
    if (readProcess(pid, 'environ').split('\0').includes(`GUILDHALL_DATA=${dataFolder}`)) found.set(role, Number(pid));
  }
  return found;
};

/** Kills a process with SIGKILL, and everything in its group where `group` says so. False when it was gone already. */
export const killNow = (pid: number, group = false): boolean => {
  try {
    process.kill(group ? 0 - pid : pid, 'SIGKILL');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};
