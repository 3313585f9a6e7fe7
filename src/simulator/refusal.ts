/** What a REST route answers: a status and, but for 204, a JSON body. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** An answer by which Discord refuses a request. */
export interface Refusal extends RestAnswer {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string; readonly errors?: unknown };
}

/** One thing wrong in a body: where, and Discord's code and words for it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

const refusal = (status: number, code: number, message: string): Refusal => ({ status, body: { code, message } });

/** The refusals with fixed words. Source: Discord's table of JSON error codes. */
export const refusals = {
  unauthorized: refusal(401, 0, '401: Unauthorized'),
  notFound: refusal(404, 0, '404: Not Found'),
  unknownChannel: refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: refusal(404, 10004, 'Unknown Guild'),
  unknownMember: refusal(404, 10007, 'Unknown Member'),
  unknownMessage: refusal(404, 10008, 'Unknown Message'),
  unknownRole: refusal(404, 10011, 'Unknown Role'),
  unknownUser: refusal(404, 10013, 'Unknown User'),
  unknownWebhook: refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: refusal(404, 10062, 'Unknown interaction'),
  unknownCommand: refusal(404, 10063, 'Unknown application command'),
  alreadyAcknowledged: refusal(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: refusal(403, 50001, 'Missing Access'),
  notTheAuthor: refusal(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: refusal(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: refusal(403, 50007, 'Cannot send messages to this user'),
  noMutualGuilds: refusal(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  invalidRecipient: refusal(400, 50033, 'Invalid Recipient(s)'),
  missingPermissions: refusal(403, 50013, 'Missing Permissions'),
  invalidWebhookToken: refusal(401, 50027, 'Invalid Webhook Token'),
  invalidJson: refusal(400, 50109, 'The request body contains invalid JSON.'),
} as const;

/** The same problems, in a part of the body that stands at `at`. */
export const within = (at: Problem['path'], problems: readonly Problem[]): Problem[] =>
  problems.map(({ path, code, message }) => ({ path: [...at, ...path], code, message }));

/** Discord's refusal of a body: its problems nested by path under `errors`. `problems` has at least one entry. */
export const invalidForm = (problems: readonly Problem[]): Refusal => {
  const errors: Record<string, unknown> = {};
  for (const problem of problems) {
    let node = errors;
    for (const step of problem.path) {
      const key = String(step);
      const next = (Object.hasOwn(node, key) ? node[key] : undefined) as Record<string, unknown> | undefined;
      node = node[key] = next ?? {};
    }
    const list = (node['_errors'] ?? []) as unknown[];
    node['_errors'] = [...list, { code: problem.code, message: problem.message }];
  }
  return { status: 400, body: { code: 50035, message: 'Invalid Form Body', errors } };
};
