import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { attachmentSizeMaxBytes } from '../people/packet.ts';
import { findDirectPerson } from '../people/person.ts';
import { type ControlRefusal, refuseControl } from '../people/refused.ts';
import type { Simulator } from '../simulator.ts';
import type { Attachment } from '../world/world.ts';
import { readFields, sendRefusal } from './reading.ts';

const filenameMax = 260;
const uploadFields = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(filenameMax)
    .regex(/^[^/\\\p{Cc}]+$/u, 'a file name holds no slash and no control character'),
  type: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'a type is like image/png')
    .default('application/octet-stream'),
});

const upload = async (
  simulator: Simulator,
  userId: string,
  { name, type }: z.infer<typeof uploadFields>,
  bytes: Buffer,
): Promise<Attachment | ControlRefusal> => {
  const person = findDirectPerson(simulator, userId);
  if ('refused' in person) return person;
  if (bytes.byteLength > attachmentSizeMaxBytes) {
    return refuseControl(413, 'file_too_large', 'Your files are too powerful. The maximum file size is 10 MB.', 'body');
  }
  const id = simulator.nextId();
  const url = `${simulator.url()}/attachments/${userId}/${id}/${encodeURIComponent(name)}`;
  await simulator.files.put(id, bytes);
  const attachment = { id, filename: name, size: bytes.byteLength, content_type: type, url, proxy_url: url };
  simulator.uploads.put(attachment);
  return attachment;
};

/** The route by which a person picks a file for an option: its bytes as they are, its name and type in the address. */
export const mountUploading = (app: FastifyInstance, simulator: Simulator): void => {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.post<{ Params: { u: string } }>('/sim/users/:u/files', async (request, reply) => {
    const read = readFields(uploadFields, request.query);
    if ('refused' in read) return sendRefusal(reply, read);
    if (!Buffer.isBuffer(request.body)) {
      const how = 'a file goes as application/octet-stream';
      return sendRefusal(reply, refuseControl(400, 'invalid_body', how, 'body'));
    }
    const answer = await upload(simulator, request.params.u, read.body, request.body);
    return 'refused' in answer ? sendRefusal(reply, answer) : reply.send(answer);
  });
};
