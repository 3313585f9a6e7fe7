import { join } from 'node:path';
import { askChild } from './child.ts';
import { settleFolder } from './scratch.ts';

/** Guilds alike. */
export interface PopulationGroup {
  readonly guilds: number;
  readonly membersPerGuild: number;
}

/** Groups of guilds, numbered one after another. */
export type Population = readonly PopulationGroup[];

/** Fills a folder with a store of guilds whose members all have their start grant. */
export const populate = async (folder: string, groups: Population): Promise<void> => {
  await askChild(join(import.meta.dirname, 'populate.child.ts'), { folder, groups });
  await settleFolder(folder);
};
