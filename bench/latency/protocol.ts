// What goes over the socket between the generator and the server: frames of a fixed length, nothing that takes time.

/** What is asked. */
export const kinds = ['balance', 'leaderboard', 'profile', 'pay', 'rob', 'settings'] as const;
export type Kind = (typeof kinds)[number];

/** What the server itself is told. */
export const orders = ['flood', 'calm', 'measure'] as const;
export type Order = (typeof orders)[number];

/** A request: its number, its kind, the guild, the member who asks and another one. */
export interface Request {
  readonly sequence: number;
  readonly kind: Kind | Order;
  readonly guild: number;
  readonly member: number;
  readonly other: number;
}

const words: readonly (Kind | Order)[] = [...kinds, ...orders];
export const requestBytes = 20;
export const answerBytes = 5;
/** How a request ended. */
export const outcomes = ['done', 'refused', 'busy', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** Writes a request at an offset. */
export const writeRequest = (into: Buffer, offset: number, request: Request): void => {
  into.writeUInt32LE(request.sequence, offset);
  into.writeUInt32LE(words.indexOf(request.kind), offset + 4);
  into.writeUInt32LE(request.guild, offset + 8);
  into.writeUInt32LE(request.member, offset + 12);
  into.writeUInt32LE(request.other, offset + 16);
};

/** Reads the request at an offset. Throws a `RangeError` when it is of no kind. */
export const readRequest = (from: Buffer, offset: number): Request => {
  const kind = words[from.readUInt32LE(offset + 4)];
  if (kind === undefined) throw new RangeError('a request is of a kind');
  return {
    sequence: from.readUInt32LE(offset),
    kind,
    guild: from.readUInt32LE(offset + 8),
    member: from.readUInt32LE(offset + 12),
    other: from.readUInt32LE(offset + 16),
  };
};

/** Calls `each` with the frames of `bytes` bytes of a stream, however it is cut into chunks. */
export const framesOf = (bytes: number, each: (chunk: Buffer, offset: number) => void): ((chunk: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    for (; offset + bytes <= all.length; offset += bytes) each(all, offset);
    rest = all.subarray(offset);
  };
};
