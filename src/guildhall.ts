// What an operator does beside running the bot: `npm run guildhall -- COMMAND`.
import packageFile from '../package.json' with { type: 'json' };
import { runCommand } from './command-line/run.ts';
import { readConfiguration } from './configuration.ts';
import { openData, storeDeclarations } from './data.ts';
import { declareAll } from './declare.ts';
import { loadInstallationKey, memberHash } from './forgetting/installation-key.ts';
import { systemClock } from './kernel/clock.ts';
import { createLog } from './log.ts';
import { oneLine } from './one-line.ts';
import { readOwnerDefaults } from './owner-defaults.ts';

try {
  const configuration = readConfiguration(process.env);
  const clock = systemClock();
  // An error reaches the operator as one line of the command's own.
  const log = createLog(process.env['GUILDHALL_LOG'] === 'debug' ? 'debug' : 'silent', 'guildhall');
  await runCommand(process.argv.slice(2), {
    dataFolder: configuration.dataFolder,
    historyDays: configuration.historyDays,
    version: packageFile.version,
    now: clock.now,
    monotonicMs: clock.monotonicMs,
    log,
    declare: async (keyFolder) => {
      const hash = memberHash(await loadInstallationKey(keyFolder));
      const { retentionDays, defaultsFile } = configuration;
      const defaults = await readOwnerDefaults(defaultsFile);
      const registry = declareAll({ hash, retentionDays, defaults, more: [], messages: [] });
      return { registry, hash, store: storeDeclarations(registry) };
    },
    openData: (registry, dataFolder) =>
      openData({ registry, configuration: { ...configuration, dataFolder }, clock, log }),
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error(`guildhall: ${oneLine(error)}`);
  process.exitCode = 1;
}
