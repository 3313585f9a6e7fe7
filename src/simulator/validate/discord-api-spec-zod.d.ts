// The package publishes these schemas without types; only what is used here is declared.
declare module 'discord-api-spec/zod' {
  export interface PublishedIssue {
    readonly code: string;
    readonly path: readonly (string | number)[];
    readonly origin?: string;
    readonly expected?: string;
    readonly format?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly values?: readonly unknown[];
    readonly errors?: readonly (readonly PublishedIssue[])[];
  }
  export interface PublishedSchema {
    readonly safeParse: (
      input: unknown,
    ) =>
      | { readonly success: true }
      | { readonly success: false; readonly error: { readonly issues: readonly PublishedIssue[] } };
  }
  export const ApplicationCommandCreateRequestSchema: PublishedSchema;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: PublishedSchema;
  export const IncomingWebhookInteractionRequestSchema: PublishedSchema;
  export const ModalInteractionCallbackRequestDataSchema: PublishedSchema;
}
