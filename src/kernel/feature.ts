import type { Board } from './board.ts';
import type { Card } from './card.ts';
import type { AnyCollection } from './collection.ts';
import type { Query } from './context.ts';
import type { Reaction } from './event.ts';
import type { Extension } from './extension.ts';
import type { Dotted } from './ids.ts';
import type { Job } from './job.ts';
import type { AnyRemembrance } from './membership.ts';
import type { Operation } from './operation.ts';
import type { TextArguments } from './outcome.ts';
import type { ProfileSection } from './profile.ts';
import type { AnySetting } from './setting.ts';
import type { Messages } from './text.ts';
import type { AnyWorld } from './world.ts';

/** A slash command: where Discord shows it and which operation it calls. Its options are the operation's input. */
export interface Command {
  /** One to three words: `bank deposit`. */
  readonly path: string;
  readonly describe: Dotted;
  readonly operation: Operation<never>;
  /** Who sees a late answer's "thinking", and the answer. */
  readonly visibility: 'private' | 'public';
  /** What `/help` says about the command beyond its description, with the figures in force in the asker's server. */
  readonly explain?: { readonly text: Dotted; readonly figures: (query: Query) => TextArguments };
}

/** A rule over a guild's rows that no operation may break; checked after every operation that touches `watches`. */
export interface Invariant {
  readonly name: Dotted;
  readonly watches: readonly Dotted[];
  readonly holds: (query: Query) => boolean;
}

/** What a folder under `src/features` declares; the runtime does the rest. */
export interface Feature {
  readonly name: string;
  readonly pack: 'shared' | 'economy' | 'rpg' | 'streamer' | 'anime' | 'community';
  readonly commands: readonly Command[];
  readonly operations: readonly Operation<never>[];
  readonly collections: readonly AnyCollection[];
  readonly reactions: readonly Reaction[];
  readonly settings: readonly AnySetting[];
  readonly invariants: readonly Invariant[];
  readonly messages: Messages;
  /** What it answers where other features ask. */
  readonly extensions?: readonly Extension[];
  /** Rankings for `/leaderboard`. */
  readonly boards?: readonly Board[];
  /** What it shows of a member on `/profile`. */
  readonly profile?: readonly ProfileSection[];
  /** What runs by the calendar. */
  readonly jobs?: readonly Job[];
  /** What its effects post. */
  readonly cards?: readonly Card<never>[];
  /** What it publishes to all guilds. */
  readonly worlds?: readonly AnyWorld[];
  readonly remembrances?: readonly AnyRemembrance[];
  /** Tasks without input that run in the market at each start of the bot, in order. */
  readonly marketStarts?: readonly Operation<Record<string, never>>[];
}
