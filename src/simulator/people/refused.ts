/** Why a person cannot do what was asked: the answer of the control API. */
export interface ControlRefusal {
  readonly refused: {
    readonly status: number;
    readonly code: string;
    readonly message: string;
    /** The part of the body that is at fault. */
    readonly field?: string;
  };
}

/** A refusal of the control API; `field` names the part of the body at fault. */
export const refuseControl = (status: number, code: string, message: string, field?: string): ControlRefusal => ({
  refused: { status, code, message, ...(field === undefined ? {} : { field }) },
});
