// What other features may use of the leaderboards.
export { boardControls } from './points.ts';
