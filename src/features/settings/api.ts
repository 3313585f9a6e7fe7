// What other features may use of the settings: preferences that their members choose.
export { declaredPreferences, type Preference, pings, prefers } from './preference.ts';
