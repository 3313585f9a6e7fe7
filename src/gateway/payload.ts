import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Button, Embed, Modal, Reply, Select } from '../kernel/reply.ts';
import { type Drawing, pictureName } from './pictures.ts';
import { clean, nothing, shown, truncate } from './words.ts';

// Discord's limits, in characters. Source: developer documentation, message and component resources.
const contentMax = 2_000;
const embedsMax = 10;
const embedsTotalMax = 6_000;
const titleMax = 256;
const descriptionMax = 4_096;
const fieldsMax = 25;
const fieldNameMax = 256;
const fieldValueMax = 1_024;
const footerMax = 2_048;
const rowsMax = 5;
const buttonsMax = 5;
const labelMax = 80;
const placeholderMax = 150;
const choicesMax = 25;
const choiceTextMax = 100;
const mentionsMax = 100;
const modalTitleMax = 45;
const modalFieldsMax = 5;
const modalPlaceholderMax = 100;
const modalTextMax = 4_000;
const alternativeMax = 1_024;
/** A form's field that takes more than this is shown with several lines. */
const oneLineMax = 100;

/** A message as Discord takes it. All parts are always there, so that an edit leaves nothing of what it replaces. */
export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly attachments: readonly { readonly id: string; readonly filename: string; readonly description: string }[];
  readonly allowed_mentions: { readonly parse: readonly never[]; readonly users: readonly string[] };
}

const buttonStyles = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const satisfies Record<Button['style'], ButtonStyle>;

interface BuiltEmbed {
  readonly body: APIEmbed;
  readonly used: number;
}

/** Builds an embed out of at most `budget` characters; what does not fit any more is cut or left out. */
const embedBody = (embed: Embed, picture: string | undefined, budget: number): BuiltEmbed => {
  let left = budget;
  const take = (text: string | undefined, max: number): string | undefined => {
    if (text === undefined || left === 0) return undefined;
    const fitting = truncate(clean(text), Math.min(max, left));
    if (fitting.trim() === '') return undefined;
    left -= fitting.length;
    return fitting;
  };
  const title = take(embed.title, titleMax);
  const footer = take(embed.footer, footerMax);
  const description = take(embed.description, descriptionMax);
  const fields: { name: string; value: string; inline: boolean }[] = [];
  for (const field of (embed.fields ?? []).slice(0, fieldsMax)) {
    const name = shown(field.name, fieldNameMax);
    const value = shown(field.value, fieldValueMax);
    if (name.length + value.length > left) break;
    left -= name.length + value.length;
    fields.push({ name, value, inline: field.inline === true });
  }
  // Discord refuses a card without anything in it.
  if (left === budget && picture === undefined) return { body: { description: nothing }, used: nothing.length };
  const body = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(embed.color !== undefined && { color: embed.color }),
    ...(fields.length > 0 && { fields }),
    ...(footer !== undefined && { footer: { text: footer } }),
    ...(picture !== undefined && { image: { url: `attachment://${picture}` } }),
  };
  return { body, used: budget - left };
};

const embedBodies = (embeds: readonly Embed[], drawings: readonly Drawing[]): readonly APIEmbed[] => {
  let left = embedsTotalMax;
  const bodies: APIEmbed[] = [];
  const pictures = new Map(drawings.map(({ embed }, place) => [embed, pictureName(place)]));
  for (const [place, embed] of embeds.slice(0, embedsMax).entries()) {
    if (left < nothing.length) break;
    const { body, used } = embedBody(embed, pictures.get(place), left);
    left -= used;
    bodies.push(body);
  }
  return bodies;
};

const choiceBody = ({ label, value, description }: Select['choices'][number]): APISelectMenuOption => {
  const body = { label: shown(label, choiceTextMax), value };
  return description === undefined ? body : { ...body, description: shown(description, choiceTextMax) };
};

const controlBody = (control: Button | Select): APIComponentInMessageActionRow => {
  switch (control.kind) {
    case 'button':
      return {
        type: ComponentType.Button,
        style: buttonStyles[control.style],
        label: shown(control.label, labelMax),
        custom_id: control.customId,
        disabled: control.disabled === true,
      };
    case 'select':
      return {
        type: ComponentType.StringSelect,
        custom_id: control.customId,
        placeholder: shown(control.placeholder, placeholderMax),
        options: control.choices.slice(0, choicesMax).map(choiceBody),
      };
  }
};

const noParsing: readonly never[] = [];

/**
 * A reply as Discord takes it: cut to every limit, free of deceptive characters, pinging only whom it names. The files
 * of its drawings go with it as attachments, in their order.
 */
export const messageBody = (reply: Reply, drawings: readonly Drawing[] = []): MessageBody => {
  const content = reply.content === undefined ? '' : truncate(clean(reply.content), contentMax);
  const embeds = reply.embeds === undefined ? [] : embedBodies(reply.embeds, drawings);
  const components = (reply.rows ?? [])
    .filter((row) => row.length > 0)
    .slice(0, rowsMax)
    .map((row) => ({
      type: ComponentType.ActionRow as const,
      components: row.slice(0, buttonsMax).map(controlBody),
    }));
  const empty = content.trim() === '' && embeds.length === 0;
  return {
    content: empty ? nothing : content,
    embeds,
    components,
    attachments: drawings.map(({ alternative }, place) => ({
      id: String(place),
      filename: pictureName(place),
      description: shown(alternative, alternativeMax),
    })),
    allowed_mentions: { parse: noParsing, users: [...new Set(reply.mentions)].slice(0, mentionsMax) },
  };
};

/** A form as Discord takes it. */
export const modalBody = ({ modal }: Modal): APIModalInteractionResponseCallbackData => ({
  custom_id: modal.customId,
  title: shown(modal.title, modalTitleMax),
  components: modal.fields.slice(0, modalFieldsMax).map((field) => ({
    type: ComponentType.Label,
    label: shown(field.label, modalTitleMax),
    component: {
      type: ComponentType.TextInput,
      custom_id: field.name,
      style: field.charactersMax > oneLineMax ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required: field.required,
      max_length: Math.min(field.charactersMax, modalTextMax),
      ...(field.placeholder !== undefined && { placeholder: shown(field.placeholder, modalPlaceholderMax) }),
    },
  })),
});
