import type { InsideReport, InsideWork } from '../protocol.ts';
import type { Simulator } from '../simulator.ts';

/**
 * Tells the watchers what the bot's actors did. What leaves no trace in a channel is no part of what happened: the page
 * asks such things itself to read figures.
 */
export const tellInside = ({ feed, interactions }: Simulator, { works, skipped }: InsideReport): void => {
  const isSeen = ({ interaction }: InsideWork): boolean =>
    interaction === undefined || interactions.byId(interaction)?.isLoad !== true;
  const seen = works.filter(isSeen);
  if (seen.length > 0 || skipped > 0) feed.tell(() => ({ type: 'inside', works: seen, skipped }));
};
