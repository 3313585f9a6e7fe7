/** A file of a multipart body. */
export interface UploadedFile {
  /** The number in `files[0]`, by which the JSON's `attachments` speaks of it. */
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A request's JSON and its files. */
export interface ReadBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a multipart body as Discord takes it: `payload_json` and `files[n]`.
 * Throws `SyntaxError` on invalid JSON and `TypeError` on a body that is not multipart.
 */
export const readMultipart = async (bytes: Buffer, contentType: string): Promise<ReadBody> => {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  let json: unknown = {};
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name === 'payload_json') json = JSON.parse(value);
      continue;
    }
    files.push({
      index: /^files?\[?(\d*)\]?$/.exec(name)?.[1] ?? '',
      filename: value.name,
      contentType: value.type,
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  return { json, files };
};
