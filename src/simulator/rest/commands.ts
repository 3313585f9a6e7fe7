import { invalidForm, type RestAnswer, refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import { commandListProblems, commandProblems } from '../validate/commands.ts';
import { textOf } from '../world/text.ts';
import type { Command, JsonObject } from '../world/world.ts';
import type { RestRequest, RestRoute } from './route.ts';

/** Whether the path names this application and, if any, a server the bot is in. */
const refusedPlace = (simulator: Simulator, request: RestRequest): RestAnswer | undefined => {
  if (request.params['application'] !== simulator.world.applicationId) return refusals.missingAccess;
  const guildId = request.params['guild'];
  return guildId === undefined || simulator.world.guilds.has(guildId) ? undefined : refusals.missingAccess;
};

const registered = ({ world }: Simulator, guildId: string | undefined): readonly Command[] =>
  guildId === undefined ? world.globalCommands : (world.guildCommands.get(guildId) ?? []);

/** Resolves when the commands are on disk: a bot that was told so does not register them again after a kill. */
const register = async (
  { world, store, feed }: Simulator,
  guildId: string | undefined,
  commands: readonly Command[],
): Promise<void> => {
  if (guildId === undefined) world.globalCommands = commands;
  else world.guildCommands.set(guildId, commands);
  store.changed('root');
  feed.tell(() => ({ type: 'commands', ...(guildId === undefined ? {} : { guild: guildId }) }));
  await store.flush();
};

const kindOf = (command: JsonObject): number => Number(command['type'] ?? 1);

/** A command as Discord gives it back: with an id, kept when one of the same name and type was there. */
const made = (
  simulator: Simulator,
  body: JsonObject,
  guildId: string | undefined,
  before: Command | undefined,
): Command => {
  const permissions = body['default_member_permissions'] ?? undefined;
  return {
    default_permission: true,
    nsfw: false,
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    ...body,
    id: before?.id ?? simulator.nextId(),
    application_id: simulator.world.applicationId,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
    version: simulator.nextId(),
    type: kindOf(body),
    name: String(body['name']),
    description: textOf(body['description']),
    options: (body['options'] as Command['options'] | null | undefined) ?? [],
    default_member_permissions: permissions === undefined ? null : textOf(permissions),
  };
};

const sameCommand = (commands: readonly Command[], body: JsonObject): Command | undefined =>
  commands.find((command) => command.name === body['name'] && command.type === kindOf(body));

const list = (simulator: Simulator, request: RestRequest): RestAnswer =>
  refusedPlace(simulator, request) ?? { status: 200, body: registered(simulator, request.params['guild']) };

const replaceAll = async (simulator: Simulator, request: RestRequest): Promise<RestAnswer> => {
  const refused = refusedPlace(simulator, request);
  if (refused !== undefined) return refused;
  const problems = commandListProblems(request.body);
  if (problems.length > 0) return invalidForm(problems);
  const guildId = request.params['guild'];
  const before = registered(simulator, guildId);
  const commands = (request.body as JsonObject[]).map((body) =>
    made(simulator, body, guildId, sameCommand(before, body)),
  );
  await register(simulator, guildId, commands);
  return { status: 200, body: commands };
};

const createOne = async (simulator: Simulator, request: RestRequest): Promise<RestAnswer> => {
  const refused = refusedPlace(simulator, request);
  if (refused !== undefined) return refused;
  const problems = commandProblems(request.body, []);
  if (problems.length > 0) return invalidForm(problems);
  const guildId = request.params['guild'];
  const all = registered(simulator, guildId);
  const body = request.body as JsonObject;
  const before = sameCommand(all, body);
  const others = all.filter((command) => command !== before);
  const doubled = commandListProblems([...others, body]);
  if (doubled.length > 0) return invalidForm(doubled);
  const command = made(simulator, body, guildId, before);
  await register(simulator, guildId, [...others, command]);
  return { status: before === undefined ? 201 : 200, body: command };
};

const found = (simulator: Simulator, request: RestRequest): Command | undefined =>
  registered(simulator, request.params['guild']).find((command) => command.id === request.params['command']);

const getOne = (simulator: Simulator, request: RestRequest): RestAnswer => {
  const refused = refusedPlace(simulator, request);
  if (refused !== undefined) return refused;
  const command = found(simulator, request);
  return command === undefined ? refusals.unknownCommand : { status: 200, body: command };
};

const editOne = async (simulator: Simulator, request: RestRequest): Promise<RestAnswer> => {
  const refused = refusedPlace(simulator, request);
  if (refused !== undefined) return refused;
  const command = found(simulator, request);
  if (command === undefined) return refusals.unknownCommand;
  const body: JsonObject = { ...command, ...(request.body as JsonObject | undefined) };
  const problems = commandProblems(body, []);
  if (problems.length > 0) return invalidForm(problems);
  const guildId = request.params['guild'];
  const edited = made(simulator, body, guildId, command);
  await register(
    simulator,
    guildId,
    registered(simulator, guildId).map((each) => (each === command ? edited : each)),
  );
  return { status: 200, body: edited };
};

const deleteOne = async (simulator: Simulator, request: RestRequest): Promise<RestAnswer> => {
  const refused = refusedPlace(simulator, request);
  if (refused !== undefined) return refused;
  const command = found(simulator, request);
  if (command === undefined) return refusals.unknownCommand;
  const guildId = request.params['guild'];
  await register(
    simulator,
    guildId,
    registered(simulator, guildId).filter((each) => each !== command),
  );
  return { status: 204 };
};

/** The registration of commands, for everywhere and for one server. */
export const commandRoutes: readonly RestRoute[] = ['', '/guilds/:guild'].flatMap((place): RestRoute[] => {
  const path = `/applications/:application${place}/commands`;
  return [
    { method: 'GET', path, handle: list },
    { method: 'PUT', path, handle: replaceAll },
    { method: 'POST', path, handle: createOne },
    { method: 'GET', path: `${path}/:command`, handle: getOne },
    { method: 'PATCH', path: `${path}/:command`, handle: editOne },
    { method: 'DELETE', path: `${path}/:command`, handle: deleteOne },
  ];
});
