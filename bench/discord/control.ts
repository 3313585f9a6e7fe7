/** Asks the local Discord for something. Throws what it said where it did not do it. */
export const post = async <T>(url: string, path: string, body: unknown): Promise<T> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
};

/** What a load came to. */
export interface LoadAnswer {
  readonly total: number;
  readonly answered: number;
  readonly errors: number;
  readonly elapsedMs: number;
  readonly latenciesMs: { readonly p50: number; readonly p99: number };
}

/** What is asked in a load, by whom and where. */
export interface Load {
  readonly guilds: readonly string[];
  readonly users?: readonly string[];
  readonly command: string;
  readonly options: object;
  readonly total: number;
  readonly outstanding: number;
}

/** Has people say a command so many times. Throws when one is not answered. */
export const runLoad = async (url: string, load: Load): Promise<LoadAnswer> => {
  const answer = await post<LoadAnswer>(url, '/sim/load', load);
  if (answer.answered === load.total) return answer;
  throw new Error(`/${load.command}: ${answer.answered} of ${load.total} were answered`);
};
