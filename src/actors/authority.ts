import { permits } from '../kernel/authority.ts';
import type { Who } from '../kernel/operation.ts';
import type { Origin } from './request.ts';

/** Whether the asker belongs to the class of people an operation is for. `owners` are the operators of this bot. */
export const allows = (who: Who, origin: Origin, owners: ReadonlySet<string>): boolean =>
  who === 'owner' ? owners.has(origin.member) : permits(who, origin.permissions);

/** Whether an operation may be run without anybody asking: what is for people of a class is for them alone. */
export const allowsErrand = (who: Who): boolean => who === 'runtime' || who === 'anyone';
