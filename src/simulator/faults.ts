/** The kinds of trouble that can be ordered. */
export const faultKinds = ['429', '500', 'latency', 'late-ack', 'drop-interaction', 'duplicate-interaction'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Trouble ordered for the next `count` requests (or interactions) it fits. */
export interface Fault {
  readonly kind: FaultKind;
  /** How often it still strikes. */
  count: number;
  /** Only requests whose "METHOD /path" (without /api/v10) begins so; all when absent. */
  readonly route?: string;
  /** For `latency` and `late-ack`: how long, in milliseconds; for `429`: what to wait. */
  readonly delayMs: number;
}

/** The faults that are ordered and not used up. */
export interface Faults {
  readonly order: (fault: Fault) => void;
  readonly clear: () => void;
  readonly list: () => readonly Fault[];
  /** Uses up one strike of a fault of these kinds that fits the route; `undefined` when there is none. */
  readonly strike: (kinds: readonly FaultKind[], route: string) => Fault | undefined;
}

/** No faults. */
export const createFaults = (): Faults => {
  let ordered: Fault[] = [];
  return {
    order: (fault) => {
      ordered.push(fault);
    },
    clear: () => {
      ordered = [];
    },
    list: () => ordered,
    strike: (kinds, route) => {
      if (ordered.length === 0) return undefined;
      const fault = ordered.find((each) => kinds.includes(each.kind) && route.startsWith(each.route ?? ''));
      if (fault === undefined) return undefined;
      fault.count -= 1;
      if (fault.count <= 0) ordered = ordered.filter((each) => each !== fault);
      return fault;
    },
  };
};
