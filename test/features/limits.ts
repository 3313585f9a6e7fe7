// What Discord takes in one answer. Source: developer documentation, embed limits and message components.
import type { Reply } from '../../src/kernel/reply.ts';
import type { Answered } from './table.ts';

const over = (text: string | undefined, max: number): boolean => text !== undefined && text.length > max;

/** What Discord would refuse in a reply; nothing where it takes it. */
export const discordRefuses = (reply: Reply): readonly string[] => {
  const problems: string[] = [];
  if (over(reply.content, 2_000)) problems.push('content');
  let embedCharacters = 0;
  for (const embed of reply.embeds ?? []) {
    const fields = embed.fields ?? [];
    if (over(embed.title, 256) || over(embed.description, 4_096) || over(embed.footer, 2_048)) problems.push('embed');
    if (fields.length > 25) problems.push('fields');
    for (const { name, value } of fields) {
      if (name.length === 0 || value.length === 0 || over(name, 256) || over(value, 1_024))
        problems.push(`field ${name}`);
      embedCharacters += name.length + value.length;
    }
    embedCharacters += [embed.title, embed.description, embed.footer].join('').length;
  }
  if (embedCharacters > 6_000) problems.push('embeds');
  const rows = reply.rows ?? [];
  const controls = rows.flat();
  if (rows.length > 5 || rows.some((row) => row.length === 0 || row.length > 5)) problems.push('rows');
  if (new Set(controls.map((control) => control.customId)).size !== controls.length) problems.push('equal ids');
  for (const control of controls) {
    if (control.customId.length > 100) problems.push('id');
    if (control.kind === 'button' && (control.label.length === 0 || over(control.label, 80))) problems.push('label');
    if (control.kind === 'select' && (control.choices.length === 0 || control.choices.length > 25))
      problems.push('choices');
  }
  return problems;
};

/** The same of an answer, which may be a form. */
export const answerRefused = ({ reply, modal }: Answered): readonly string[] => {
  if (!modal) return discordRefuses(reply);
  const { title, customId, fields } = modal;
  const fit = title.length <= 45 && customId.length <= 100 && fields.length >= 1 && fields.length <= 5;
  return fit && fields.every(({ label }) => label.length >= 1 && label.length <= 45) ? [] : ['form'];
};
