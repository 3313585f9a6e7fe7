// What other features may use of the leaderboards.
export { boardControls, type Control } from './points.ts';
