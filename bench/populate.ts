import { join } from 'node:path';
import { askChild } from './child.ts';
import { settleFolder } from './scratch.ts';

/** Groups of guilds alike, numbered one after another. */
export type Population = readonly { readonly guilds: number; readonly membersPerGuild: number }[];

/** Fills a folder with a store of guilds whose members all have their start grant. */
export const populate = async (folder: string, groups: Population): Promise<void> => {
  await askChild(join(import.meta.dirname, 'populate.child.ts'), { folder, groups });
  await settleFolder(folder);
};
