import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ControlRefusal } from '../people/refused.ts';
import { isSnowflake } from '../snowflake.ts';

/** A Discord id in a body. */
export const snowflake = z.string().refine(isSnowflake, 'a Discord id is 17 to 20 digits');

/** Answers with `{error: {code, message, field?}}`. */
export const sendRefusal = (reply: FastifyReply, { refused }: ControlRefusal): FastifyReply => {
  const { status, ...error } = refused;
  return reply.code(status).send({ error });
};

/** Reads what was given by its schema; the refusal names the first field at fault. */
export const readFields = <T>(schema: z.ZodType<T>, given: unknown): { readonly body: T } | ControlRefusal => {
  const result = schema.safeParse(given);
  if (result.success) return { body: result.data };
  const [issue] = result.error.issues;
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknownKey === undefined ? [] : [unknownKey])].map(String).join('.');
  return {
    refused: {
      status: 400,
      code: 'invalid_body',
      message: issue?.message ?? 'the body is not as described',
      ...(field === '' ? {} : { field }),
    },
  };
};

/** Reads a body by its schema. A missing body is an empty one. */
export const readControlBody = <T>(
  schema: z.ZodType<T>,
  request: FastifyRequest,
): { readonly body: T } | ControlRefusal => readFields(schema, request.body ?? {});

/** Makes a route's handler from a schema of its body and what to do with it. */
export const controlHandler =
  <T>(schema: z.ZodType<T>, act: (body: T, params: Readonly<Record<string, string>>) => Promise<object> | object) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const read = readControlBody(schema, request);
    if ('refused' in read) return sendRefusal(reply, read);
    const answer = await act(read.body, request.params as Record<string, string>);
    return 'refused' in answer ? sendRefusal(reply, answer as ControlRefusal) : reply.send(answer);
  };
