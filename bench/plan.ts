/** How much is measured. */
export interface Plan {
  readonly rounds: number;
  /** One round of pays. */
  readonly roundMs: number;
  /**
   * What goes on before anything is measured. V8 compiles what a pay runs through until some 40,000 have been made; up to
   * then each takes up to three times as long, and a bot runs for weeks.
   */
  readonly warmUp: {
    /** Of what has all cores. */
    readonly ms: number;
    /** Of what leaves one to who asks. */
    readonly serverMs: number;
    /** Through Discord, of each command. */
    readonly interactions: number;
  };
  readonly pays: { readonly guilds: number; readonly membersPerGuild: number; readonly outstanding: number };
  /** Guilds whose members play and shop. */
  readonly casino: { readonly guilds: number; readonly membersPerGuild: number };
  /** As deployed. */
  readonly snapshotIntervalMs: number;
  /** Snapshots that a round of ours goes over, at the least. */
  readonly snapshotsLeast: number;
  /** A pay, layer by layer. Its rounds are shorter than those of peers: what counts is what differs between layers. */
  readonly payCost: { readonly rounds: number; readonly roundMs: number; readonly guilds: number };
  /** How long syncs are counted. */
  readonly countingMs: number;
  readonly roundTrips: number;
  readonly coldGuilds: number;
  readonly coldLargeGuilds: number;
  readonly dueGuilds: number;
  readonly timers: number;
  readonly liveGuilds: number;
  readonly broadcasts: number;
  /** One run of the open-loop generator. */
  readonly latencyMs: number;
  readonly gateway: {
    /** Guilds of one process. */
    readonly guilds: number;
    /** Rounds at the most: a login with many guilds takes long. */
    readonly rounds: number;
  };
  readonly day: {
    /** Guilds on disk, and those of them that are asked all the time. */
    readonly guilds: number;
    readonly hotGuilds: number;
    readonly leaderboardMembers: number;
    readonly leaderboardLooks: number;
    readonly recoveryOperations: number;
    readonly growthGuilds: number;
    readonly growthHotGuilds: number;
  };
}

const full: Plan = {
  rounds: 5,
  roundMs: 6_000,
  warmUp: { ms: 5_000, serverMs: 15_000, interactions: 40_000 },
  pays: { guilds: 10_000, membersPerGuild: 20, outstanding: 64 },
  casino: { guilds: 10_000, membersPerGuild: 5 },
  snapshotIntervalMs: 5_000,
  snapshotsLeast: 3,
  payCost: { rounds: 3, roundMs: 2_000, guilds: 10_000 },
  countingMs: 2_000,
  roundTrips: 20_000,
  coldGuilds: 100_000,
  coldLargeGuilds: 1_000,
  dueGuilds: 100_000,
  timers: 1_000_000,
  liveGuilds: 10_000,
  broadcasts: 20,
  latencyMs: 10_000,
  gateway: { guilds: 100_000, rounds: 1 },
  day: {
    guilds: 100_000,
    hotGuilds: 10_000,
    leaderboardMembers: 100_000,
    leaderboardLooks: 300,
    recoveryOperations: 1_000_000,
    growthGuilds: 100_000,
    growthHotGuilds: 100,
  },
};

/** Fewer and shorter rounds over fewer guilds; what is measured says its size, so that nothing passes for the whole. */
const quick: Plan = {
  ...full,
  rounds: 2,
  roundMs: 4_000,
  payCost: { rounds: 1, roundMs: 2_000, guilds: 2_000 },
  countingMs: 1_000,
  roundTrips: 10_000,
  casino: { guilds: 2_000, membersPerGuild: 5 },
  coldLargeGuilds: 300,
  coldGuilds: 20_000,
  dueGuilds: 20_000,
  timers: 200_000,
  latencyMs: 6_000,
  day: {
    guilds: 20_000,
    hotGuilds: 2_000,
    leaderboardMembers: 20_000,
    leaderboardLooks: 100,
    recoveryOperations: 200_000,
    growthGuilds: 20_000,
    growthHotGuilds: 100,
  },
  gateway: { guilds: 20_000, rounds: 1 },
};

/** Everything at a size at which it takes seconds, to see that it works; its figures mean nothing. */
const tiny: Plan = {
  rounds: 1,
  roundMs: 200,
  warmUp: { ms: 50, serverMs: 200, interactions: 20 },
  pays: { guilds: 20, membersPerGuild: 5, outstanding: 8 },
  casino: { guilds: 20, membersPerGuild: 5 },
  snapshotIntervalMs: 50,
  snapshotsLeast: 1,
  payCost: { rounds: 1, roundMs: 200, guilds: 20 },
  countingMs: 200,
  roundTrips: 100,
  coldGuilds: 300,
  coldLargeGuilds: 2,
  dueGuilds: 100,
  timers: 1_000,
  liveGuilds: 20,
  broadcasts: 2,
  latencyMs: 300,
  gateway: { guilds: 40, rounds: 1 },
  day: {
    guilds: 200,
    hotGuilds: 20,
    leaderboardMembers: 200,
    leaderboardLooks: 5,
    recoveryOperations: 500,
    growthGuilds: 100,
    growthHotGuilds: 10,
  },
};

/** The plans by the name of their flag. */
export const plans = { full, quick, tiny } as const satisfies Readonly<Record<string, Plan>>;
