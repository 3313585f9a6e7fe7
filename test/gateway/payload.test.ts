import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { messageBody, modalBody } from '../../src/gateway/payload.ts';
import { clean, truncate } from '../../src/gateway/words.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import type { Button, Embed, Reply, Select } from '../../src/kernel/reply.ts';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Every kind of text: empty, blank, of any script, very long. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', ' ', '\u200B', '\u202E', '👨‍👩‍👧', '@everyone'),
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3_000 }))
    .map(([text, times]) => text.repeat(times)),
);
/** Absent and not undefined, as the contract has it. */
const record = <T extends object>(shape: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<T> =>
  fc
    .record(shape)
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) as T);
const anyField = fc.record({ name: anyText, value: anyText, inline: fc.boolean() });
const anyEmbed = record<Embed>({
  title: optional(anyText),
  description: optional(anyText),
  fields: optional(fc.array(anyField, { maxLength: 30 })),
  footer: optional(anyText),
});
const anyButton: fc.Arbitrary<Button> = fc.record({
  kind: fc.constant('button' as const),
  label: anyText,
  style: fc.constantFrom('primary', 'danger'),
  customId: fc.constant('g1~core.help~1~{}'),
});
const anySelect: fc.Arbitrary<Select> = fc.record({
  kind: fc.constant('select' as const),
  placeholder: anyText,
  customId: fc.constant('g1~core.help~1~{}'),
  choices: fc.array(fc.record({ label: anyText, value: fc.constant('v'), description: anyText }), {
    minLength: 1,
    maxLength: 30,
  }),
});
const anyReply = record<Reply>({
  private: fc.boolean(),
  content: optional(anyText),
  embeds: optional(fc.array(anyEmbed, { maxLength: 12 })),
  rows: optional(fc.array(fc.oneof(fc.array(anyButton, { maxLength: 7 }), fc.tuple(anySelect)), { maxLength: 7 })),
  mentions: optional(fc.array(fc.constant('1'.repeat(18) as MemberId), { maxLength: 200 })),
});

const within = (text: string | undefined, max: number): void => {
  if (text === undefined) return;
  expect(text.length).toBeGreaterThan(0);
  expect(text.trim()).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(max);
  expect(text.isWellFormed()).toBe(true);
};

describe('a message', () => {
  property.prop([anyReply])('of any texts whatever keeps every limit of Discord', (reply) => {
    const body = messageBody(reply);
    expect(body.content.length).toBeLessThanOrEqual(2_000);
    expect(body.content.trim() === '' && body.embeds.length === 0).toBe(false);
    expect(body.embeds.length).toBeLessThanOrEqual(10);
    let total = 0;
    for (const embed of body.embeds) {
      const texts = [embed.title, embed.description, embed.footer?.text];
      for (const field of embed.fields ?? []) texts.push(field.name, field.value);
      expect(texts.some((text) => text !== undefined)).toBe(true);
      total += texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
      expect(embed.fields?.length ?? 0).toBeLessThanOrEqual(25);
      for (const field of embed.fields ?? []) {
        within(field.name, 256);
        within(field.value, 1_024);
      }
      within(embed.title, 256);
      within(embed.description, 4_096);
      within(embed.footer?.text, 2_048);
    }
    expect(total).toBeLessThanOrEqual(6_000);
    expect(body.components.length).toBeLessThanOrEqual(5);
    for (const row of body.components) {
      expect(row.components.length).toBeGreaterThan(0);
      expect(row.components.length).toBeLessThanOrEqual(5);
      for (const control of row.components) {
        if ('options' in control) {
          within(control.placeholder, 150);
          expect(control.options.length).toBeLessThanOrEqual(25);
          for (const option of control.options) {
            within(option.label, 100);
            within(option.description, 100);
          }
        } else if ('label' in control) within(control.label, 80);
      }
    }
    expect(JSON.stringify(body)).not.toMatch(/[\u202E\u200B\u2066]/);
    expect(body.allowed_mentions.parse).toEqual([]);
    expect(new Set(body.allowed_mentions.users).size).toBe(body.allowed_mentions.users.length);
  });

  test('says what it was given', () => {
    const body = messageBody({
      private: false,
      content: 'Hello 👨‍👩‍👧 नमस्ते می‌خواهم',
      embeds: [{ title: 'T', color: 255, fields: [{ name: 'Wallet', value: '1,000' }], footer: 'F' }],
      mentions: ['123456789012345678' as MemberId],
    });
    expect(body).toEqual({
      content: 'Hello 👨‍👩‍👧 नमस्ते می‌خواهم',
      embeds: [
        { title: 'T', color: 255, fields: [{ name: 'Wallet', value: '1,000', inline: false }], footer: { text: 'F' } },
      ],
      components: [],
      attachments: [],
      allowed_mentions: { parse: [], users: ['123456789012345678'] },
    });
  });
});

test('a form keeps the limits', () => {
  const long = 'x'.repeat(500);
  const body = modalBody({
    modal: {
      title: long,
      customId: 'id',
      fields: [{ name: 'a', label: long, placeholder: long, charactersMax: 10_000, required: true }],
    },
  });
  expect(body.title.length).toBe(45);
  expect(JSON.stringify(body)).toContain('"max_length":4000');
});

describe('words', () => {
  test.each([
    ['pay\u202Egpj.exe', 'paygpj.exe'],
    ['a\u200Bb\uFEFFc\u2060d', 'abcd'],
    ['a\u200Db', 'ab'],
    ['line\nbreak\ttab\u0000\u0007', 'line\nbreak\ttab'],
    ['👩🏽‍🚀 👨‍👩‍👧 ❤️‍🔥', '👩🏽‍🚀 👨‍👩‍👧 ❤️‍🔥'],
    ['half \uD83D', 'half \uFFFD'],
  ])('%j is shown as %j', (text, expected) => expect(clean(text)).toBe(expected));

  property.prop([fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 20 })])(
    'cutting keeps the beginning, the limit and whole characters',
    (text, max) => {
      const cut = truncate(text, max);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(cut.isWellFormed()).toBe(true);
      expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
    },
  );
});
