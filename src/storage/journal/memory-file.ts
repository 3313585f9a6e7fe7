/** A fault of a simulated disk, with the system's error code. */
export const diskError = (code: string): Error => Object.assign(new Error(`${code}: simulated disk fault`), { code });

/** A change of a file that is not on disk yet. */
export type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly bytes: number };

const sectorBytes = 512;
const empty = new Uint8Array(0);

/** Bytes that grow by writing behind their end. */
export class Content {
  private bytes: Uint8Array;
  private length: number;

  constructor(source: Uint8Array = empty) {
    this.bytes = Uint8Array.from(source);
    this.length = source.length;
  }

  /** The bytes now; a later change may show in them. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Cuts off, or extends with zeros. */
  resize(length: number): void {
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.bytes.length * 2));
      larger.set(this.view());
      this.bytes = larger;
    } else if (length < this.length) this.bytes.fill(0, length, this.length);
    this.length = length;
  }

  write(offset: number, bytes: Uint8Array): void {
    if (offset + bytes.length > this.length) this.resize(offset + bytes.length);
    this.bytes.set(bytes, offset);
  }

  apply(change: Change): void {
    if (change.kind === 'truncate') this.resize(change.bytes);
    else this.write(change.offset, change.bytes);
  }
}

/** What is left of one sector's worth of an unsynced write: all, nothing, its beginning, or noise. */
const applySector = (content: Content, offset: number, bytes: Uint8Array, chance: () => number): void => {
  const fate = chance();
  if (fate < 0.4) content.write(offset, bytes);
  else if (fate < 0.7) return;
  else if (fate < 0.85) content.write(offset, bytes.subarray(0, Math.floor(chance() * bytes.length)));
  else
    content.write(
      offset,
      Uint8Array.from(bytes, () => Math.floor(chance() * 256)),
    );
};

const applyPartly = (content: Content, change: Change, chance: () => number): void => {
  if (change.kind === 'truncate') {
    if (chance() < 0.5) content.apply(change);
    return;
  }
  const { offset, bytes } = change;
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sectorBytes - ((offset + from) % sectorBytes));
    applySector(content, offset + from, bytes.subarray(from, to), chance);
    from = to;
  }
};

/** What a file holds after the power came back: what was synced, and of each later change all, nothing or pieces. */
export const afterPowerCut = (synced: Uint8Array, unsynced: readonly Change[], chance: () => number): Content => {
  const content = new Content(synced);
  const fate = chance();
  if (fate < 0.15) return content;
  for (const change of unsynced) {
    if (fate < 0.3) content.apply(change);
    else applyPartly(content, change, chance);
  }
  return content;
};

/** What of the changes on their way reaches the system when the process is killed: some beginning of each write. */
export const givenUntilKill = (given: readonly Change[], chance: () => number): readonly Change[] =>
  given.flatMap((change): readonly Change[] => {
    const part = chance();
    if (change.kind === 'truncate') return part < 0.5 ? [change] : [];
    return [{ ...change, bytes: change.bytes.subarray(0, Math.round(part * change.bytes.length)) }];
  });
