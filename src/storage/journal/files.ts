/** One file of the journal, open for reading and writing. A rejection carries what the system said. */
export interface JournalFile {
  /** Bytes in the file now. */
  size(): number;
  /** Reads from `offset` until `into` is full or the file ends, and returns how many bytes that were. Blocks. */
  read(offset: number, into: Uint8Array): number;
  /** Writes all of `bytes` at `offset`: they survive the end of this process, not yet a power cut. */
  write(bytes: Uint8Array, offset: number): Promise<void>;
  /** Writes all of `bytes` at `offset`; they survive a power cut when it resolves. */
  writeDurably(bytes: Uint8Array, offset: number): Promise<void>;
  /** Everything written before survives a power cut when it resolves. */
  sync(): Promise<void>;
  /** Cuts the file off behind `bytes`. */
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** What the journal needs of a folder. Names are bare file names; what happens to them is durable after `syncFolder`. */
export interface JournalFiles {
  /** Whether writing zeros ahead makes later durable writes cheaper, as it does where the size of a file costs a flush. */
  readonly preallocates: boolean;
  list(): Promise<readonly string[]>;
  /** Opens a new, empty file; one of that name is replaced. */
  create(name: string): Promise<JournalFile>;
  open(name: string): Promise<JournalFile>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  syncFolder(): Promise<void>;
}
