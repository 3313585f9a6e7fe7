import type { SimulatorClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Feed } from './feed.ts';
import type { Files } from './files.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Interactions } from './interactions/interactions.ts';
import type { Nonces } from './nonces.ts';
import type { OpenModals } from './people/modals.ts';
import type { SimulatorParent } from './protocol.ts';
import type { RefusedLog } from './refused-log.ts';
import type { Uploads } from './uploads.ts';
import type { WorldStore } from './world/persistence.ts';
import type { World } from './world/world.ts';

/** The parts of a running local Discord, handed to whatever works on it. */
export interface Simulator {
  readonly world: World;
  readonly store: WorldStore;
  readonly clock: SimulatorClock;
  readonly nextId: () => string;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly openModals: OpenModals;
  readonly nonces: Nonces;
  readonly feed: Feed;
  readonly faults: Faults;
  readonly refused: RefusedLog;
  readonly files: Files;
  readonly uploads: Uploads;
  readonly parent: SimulatorParent;
  /** What the parent said of the bot; `undefined` when it says nothing. */
  botReady: boolean | undefined;
  /** `http://127.0.0.1:PORT`, once it listens. */
  readonly url: () => string;
}
