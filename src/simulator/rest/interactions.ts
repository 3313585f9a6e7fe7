import { handleCallback } from '../interactions/callback.ts';
import {
  deleteWebhookMessage,
  editWebhookMessage,
  followUp,
  getWebhookMessage,
  type WebhookRequest,
} from '../interactions/webhook.ts';
import { refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import type { RestRequest, RestRoute } from './route.ts';

const isOurs = (simulator: Simulator, request: RestRequest): boolean =>
  request.params['application'] === simulator.world.applicationId;

const messagePath = '/webhooks/:application/:token/messages/:message';

const webhookRoute = (
  method: RestRoute['method'],
  path: string,
  handle: (simulator: Simulator, request: WebhookRequest) => ReturnType<RestRoute['handle']>,
): RestRoute => ({
  method,
  path,
  isOpen: true,
  handle: (simulator, request) =>
    isOurs(simulator, request)
      ? handle(simulator, {
          token: request.params['token'] ?? '',
          messageId: request.params['message'],
          body: request.body,
          files: request.files,
        })
      : refusals.unknownWebhook,
});

/** Answers to interactions. Their paths carry a secret, so they need no `Authorization`. */
export const interactionRoutes: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    isOpen: true,
    handle: (simulator, request) =>
      handleCallback(simulator, {
        id: request.params['interaction'] ?? '',
        token: request.params['token'] ?? '',
        withResponse: request.query['with_response'] === 'true',
        body: request.body,
        files: request.files,
      }),
  },
  webhookRoute('POST', '/webhooks/:application/:token', followUp),
  webhookRoute('GET', messagePath, getWebhookMessage),
  webhookRoute('PATCH', messagePath, editWebhookMessage),
  webhookRoute('DELETE', messagePath, deleteWebhookMessage),
];
