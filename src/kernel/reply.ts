import type { MemberId } from './ids.ts';
import type { Picture } from './picture.ts';

/** A line of a card: name to 256 characters, value to 1,024. */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly inline?: boolean;
}

/** A card. */
export interface Embed {
  readonly title?: string;
  readonly description?: string;
  /** 0xRRGGBB. */
  readonly color?: number;
  readonly fields?: readonly Field[];
  readonly footer?: string;
  /** Drawn at its foot, while the answer is on its way. */
  readonly picture?: Picture;
}

/** A press leads to an operation with an input. Both come back as they were sent, so neither gives any right. */
export interface Button {
  readonly kind: 'button';
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'success' | 'danger';
  readonly customId: string;
  readonly disabled?: boolean;
}

/** A choice of one value, which joins the input as `chosen`. At most 25 choices. */
export interface Select {
  readonly kind: 'select';
  readonly placeholder: string;
  readonly customId: string;
  readonly choices: readonly { readonly label: string; readonly value: string; readonly description?: string }[];
}

/** What a member reads. Mentions of anybody not in `mentions` ping nobody. */
export interface Reply {
  /** Seen by the asker alone. */
  readonly private: boolean;
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly rows?: readonly (readonly (Button | Select)[])[];
  readonly mentions?: readonly MemberId[];
  /** Takes the place of the message whose control was pressed, instead of a new one. */
  readonly replaces?: boolean;
}

/** One line of a form. */
export interface ModalField {
  /** The name under which the typed text joins the operation's input. */
  readonly name: string;
  /** To 45 characters. */
  readonly label: string;
  readonly placeholder?: string;
  readonly charactersMax: number;
  readonly required: boolean;
}

/** A form of 1 to 5 lines; its answer is an operation with the carried input and what was typed. */
export interface Modal {
  readonly modal: {
    readonly title: string;
    readonly customId: string;
    readonly fields: readonly ModalField[];
  };
}
