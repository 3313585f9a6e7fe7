// Everybody in the servers: they ask, press, leave and come back, and Discord carries what they do, or does not.
import type { Answer } from '../../src/actors/request.ts';
import { channelId, type GuildId, type MemberId } from '../../src/kernel/ids.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import type { Chance } from '../chance.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import { type Controls, openControls } from '../generator/controls.ts';
import { inputFor, type Material, optionsOf } from '../generator/options.ts';
import type { JournalOracle } from '../oracles/journal.ts';
import { compareAnswer, passing } from '../oracles/reference.ts';
import { same } from '../oracles/same.ts';
import type { Delivery, Interaction } from '../oracles/tape.ts';
import type { Life } from '../process/life.ts';
import type { Committed } from '../process/recorder.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import { type Findings, shown } from '../violation.ts';
import type { Server } from './servers.ts';

const discordEpochMs = 1_420_070_400_000;
/** Discord delivers nothing that cannot be answered any more. */
const tokenMs = 890_000;
/** One in so many answers is put into words. */
const shownOf = 12;
const floodInteractions = 1_500;
const suggestionsKept = 30;
const trialShare = 0.06;
/** Where people ask, in any server. */
const channels = ['310000000000000000', '310000000000000001'].map(channelId);

/** What people stand on. */
export interface PeopleParts {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly clock: SimulatedClock;
  readonly servers: readonly Server[];
  readonly committed: Committed;
  readonly journal: JournalOracle;
  readonly registry: () => Registry;
  /** The process, once it takes what comes from Discord. */
  readonly life: () => Life | undefined;
}

/** The people of all servers. */
export interface People {
  /** Somebody does something; gives how many things were done. */
  readonly act: () => number;
  /** Answers that a process owes. */
  readonly outstanding: () => number;
  /** Interactions that Discord has and no process yet. */
  readonly onTheirWay: () => number;
  readonly answered: () => number;
  /** The process is gone, with all it owed. */
  readonly crashed: () => void;
}

/** Few are staff: whoever freezes an economy or resets it stops what others would do in it. */
const permissionsOf = (chance: Chance): bigint => {
  const draw = chance.next();
  if (draw < 0.96) return 0n;
  return draw < 0.985 ? 8n : 32n;
};

/** People who act by chance. */
export const openPeople = (parts: PeopleParts): People => {
  const { scheduler, chance, faults, trace, findings, clock, servers, committed } = parts;
  const text = parts.registry().text('en-US');
  const controls = new Map<GuildId, Controls>(servers.map(({ guild }) => [guild, openControls()]));
  const suggestions = new Map<string, string[]>();
  const settings = [...parts.registry().settings.keys()];
  const owed = new Set<Delivery>();
  let serial = 0;
  let answered = 0;
  let onTheirWay = 0;

  const checkKept = (interaction: Interaction, answer: Answer): void => {
    const position = committed.get(interaction.id);
    if (position === undefined) return;
    if ('refused' in answer && (passing.has(answer.refused) || answer.refused === 'core.too-late')) return;
    if (position > parts.journal.durable()) {
      throw findings.broken('durability', `${interaction.operation.name} was answered before ${position} was durable`);
    }
    interaction.kept ??= answer;
    if (!same(interaction.kept, answer)) {
      throw findings.broken(
        'redelivery',
        `${interaction.operation.name} (${interaction.id}) was answered ${shown(interaction.kept)}, and then ${shown(answer)}`,
      );
    }
  };

  const hear = (delivery: Delivery, answer: Answer): void => {
    if (!owed.delete(delivery)) throw findings.broken('answers', `${delivery.interaction.id} was answered twice`);
    const { interaction } = delivery;
    const { operation } = interaction;
    answered += 1;
    delivery.answer = answer;
    trace.note(`${interaction.id} ${'refused' in answer ? answer.refused : 'done'}`);
    if ('refused' in answer) {
      if (answer.refused === 'core.bug') findings.broken('no throw', `${operation.name} ${shown(interaction.input)}`);
      if (answer.refused === 'core.quarantined')
        findings.broken('no throw', `guild ${interaction.guild} is quarantined`);
      if (answer.refused === 'core.busy') faults.count('answered busy');
    }
    const isPassing = 'refused' in answer && passing.has(answer.refused);
    if (delivery.readAt > parts.journal.durable() && operation.kind !== 'form' && !isPassing) {
      throw findings.broken('durability', `${operation.name} showed ${delivery.readAt} before it was durable`);
    }
    checkKept(interaction, answer);
    compareAnswer(delivery);
    if (!chance.happens(1 / shownOf)) return;
    controls.get(interaction.guild)?.show(operation, answer, text);
  };

  const deliver = (interaction: Interaction): void => {
    const life = parts.life();
    const server = servers.find(({ guild }) => guild === interaction.guild);
    if (life === undefined || server?.inOutage === true) {
      faults.count('interaction while down');
      return;
    }
    const delivery: Delivery = { interaction, answer: undefined, readAt: 0, expected: undefined };
    owed.add(delivery);
    const { id, guild, member, permissions, channel, input } = interaction;
    const operation = life.recorder.operationOf(delivery);
    void life.directory
      .ask({ id, guild, member, permissions, channel, operation, input, deadlineMs: scheduler.nowMs() + 870_000 })
      .then((answer) => hear(delivery, answer));
    const depth = life.directory.figures;
    if (serial % 256 === 0 && (depth(guild)?.inboxDepth ?? 0) > 1_024) {
      findings.broken('bounded mailboxes', `guild ${guild} has ${String(depth(guild)?.inboxDepth)} requests waiting`);
    }
  };

  const later = (ms: number, interaction: Interaction): void => {
    onTheirWay += 1;
    scheduler.outside(ms, () => {
      onTheirWay -= 1;
      deliver(interaction);
    });
  };

  /** What Discord does with an interaction. */
  const carry = (interaction: Interaction): void => {
    if (faults.fires('interaction doubled'))
      later(chance.happens(0.5) ? chance.between(0, 5) : chance.between(0, tokenMs), interaction);
    if (faults.fires('interaction dropped')) return;
    if (faults.fires('interaction delayed')) later(chance.between(100, tokenMs), interaction);
    else if (faults.fires('interaction reordered')) later(chance.between(0, 3), interaction);
    else deliver(interaction);
  };

  const send = (server: Server, member: MemberId, operation: AnyOperation, input: unknown): void => {
    serial += 1;
    carry({
      id: String((BigInt(clock.trueNow() - discordEpochMs) << 22n) | BigInt(serial % 4_194_304)),
      guild: server.guild,
      member,
      permissions: permissionsOf(chance),
      channel: chance.pick(channels),
      operation,
      input,
      sentAt: clock.trueNow(),
      kept: undefined,
    });
  };

  const materialOf = (server: Server): Material => ({
    members: server.everybody,
    settings,
    suggested: (operation, option) => suggestions.get(`${operation} ${option}`) ?? [],
  });

  const suggest = (server: Server, member: MemberId): void => {
    const life = parts.life();
    if (life === undefined) return;
    const command = chance.pick([...parts.registry().commands.values()]);
    const operation = parts.registry().operations.get(command.operation.name);
    const declared = operation && optionsOf(operation);
    const completing = Object.entries(declared ?? {}).filter(([, option]) => option.complete !== undefined);
    if (operation === undefined || completing.length === 0) return;
    const [name, option] = chance.pick(completing);
    const { complete } = option;
    if (complete === undefined) return;
    const { guild } = server;
    const typed = chance.happens(0.7) ? '' : 'a';
    void life.directory.suggest({ guild, member, permissions: 0n, complete, typed }).then((found) => {
      const key = `${operation.name} ${name}`;
      const known = suggestions.get(key) ?? [];
      suggestions.set(key, [...found.map(({ value }) => value), ...known].slice(0, suggestionsKept));
    });
  };

  const ask = (server: Server, member: MemberId): void => {
    const registry = parts.registry();
    const draw = chance.next();
    if (draw < 0.02) {
      suggest(server, member);
      return;
    }
    const pressed = draw < 0.25 ? controls.get(server.guild)?.press(chance, registry) : undefined;
    if (pressed !== undefined) {
      send(server, member, pressed.operation, pressed.input);
      return;
    }
    const operation = draw < 0.3 ? chance.pick([...registry.operations.values()]) : pickCommand(registry);
    send(server, member, operation, inputFor(chance, operation, materialOf(server)));
  };

  let commands:
    | { readonly registry: Registry; readonly all: readonly AnyOperation[]; readonly trial: readonly AnyOperation[] }
    | undefined;
  /** The operation of a command. However many features there are, the trial feature's come up as often. */
  const pickCommand = (registry: Registry): AnyOperation => {
    if (commands?.registry !== registry) {
      const all = [...registry.commands.values()].flatMap(
        ({ operation: { name } }) => registry.operations.get(name) ?? [],
      );
      commands = { registry, all, trial: all.filter(({ name }) => name.startsWith('trial.')) };
    }
    return chance.pick(chance.happens(trialShare) ? commands.trial : commands.all);
  };

  /** Tells the bot of a member or server, unless that gets lost. */
  const tell = (server: Server, event: (memberships: Life['memberships']) => void): void => {
    const life = parts.life();
    if (life === undefined || server.inOutage || faults.fires('membership event lost')) return;
    event(life.memberships);
  };

  const move = (server: Server): void => {
    const { guild, everybody, present } = server;
    const member = chance.pick(everybody);
    if (present.has(member) && present.size > 1 && faults.fires('member leaves')) {
      present.delete(member);
      tell(server, (memberships) => memberships.onMemberLeft(guild, member));
    } else if (!present.has(member) && faults.fires('member comes back', 20)) {
      present.add(member);
      tell(server, (memberships) => memberships.onMemberJoined(guild, member));
    }
    if (server.hasBot && servers[0] !== server && faults.fires('bot sent away')) {
      server.hasBot = false;
      tell(server, (memberships) => memberships.onGuildLeft(guild));
      const backMs = chance.happens(0.3) ? chance.between(2, 6) * 86_400_000 : chance.between(1_000, 10_000_000);
      scheduler.outside(backMs, () => {
        server.hasBot = true;
        tell(server, (memberships) => memberships.onGuildSeen(guild, 'available'));
      });
    }
    if (!server.inOutage && faults.fires('gateway outage')) {
      server.inOutage = true;
      scheduler.outside(chance.between(1_000, 600_000), () => {
        server.inOutage = false;
        tell(server, (memberships) => memberships.onGuildSeen(guild, 'available'));
      });
    }
  };

  return {
    act: () => {
      const server = chance.happens(0.3) ? (servers[0] as Server) : chance.pick(servers);
      move(server);
      if (!server.hasBot) return 1;
      if (faults.fires('flood of one guild')) {
        const member = chance.pick([...server.present]);
        for (let count = 0; count < floodInteractions; count += 1) ask(server, member);
        return floodInteractions;
      }
      const present = [...server.present];
      ask(server, chance.pick(present));
      return 1;
    },
    outstanding: () => owed.size,
    onTheirWay: () => onTheirWay,
    answered: () => answered,
    crashed: () => {
      faults.count('reply lost in a crash', owed.size);
      owed.clear();
    },
  };
};
