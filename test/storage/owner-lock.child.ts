// Run by owner-lock.test.ts: takes a folder, says so, and keeps it until it is ended.
import { FolderInUseError, lockFolder } from '../../src/storage/owner-lock.ts';

const holdMs = 60_000;

try {
  await lockFolder(process.argv[2] ?? '');
  process.stdout.write('owner\n');
  setTimeout(() => undefined, holdMs);
} catch (error) {
  if (!(error instanceof FolderInUseError)) throw error;
  process.stdout.write(`${error.message}\n`);
}
