// What a process that the bench started needs.

/** The job it was started with. */
export const job = <Job>(): Job => JSON.parse(process.argv[2] ?? 'null') as Job;

/** Says a line to who started this process. */
export const say = (line: unknown): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve());
  });

const stops: (() => Promise<void>)[] = [];

/** Has something stopped when this process is to end before it is through. */
export const stopAtEnd = (stop: () => Promise<void>): void => {
  stops.push(stop);
};

/** Ends this process, after all it was to stop, when the one that started it wants so or is gone. */
export const endWithParent = (): void => {
  const end = async (): Promise<void> => {
    await Promise.allSettled(stops.map((stop) => stop()));
    process.exit(0);
  };
  process.stdin.resume();
  process.stdin.once('end', () => void end());
  process.stdin.once('error', () => void end());
  process.once('SIGTERM', () => void end());
};
