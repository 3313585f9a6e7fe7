import { handleCallback } from '../interactions/callback.ts';
import { deleteWebhookMessage, editWebhookMessage, followUp, getWebhookMessage } from '../interactions/webhook.ts';
import { refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import type { RestRequest, RestRoute } from './route.ts';

const isOurs = (simulator: Simulator, request: RestRequest): boolean =>
  request.params['application'] === simulator.world.applicationId;

const webhookRequest = (request: RestRequest) => ({
  token: request.params['token'] ?? '',
  messageId: request.params['message'],
  body: request.body,
  files: request.files,
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
  {
    method: 'POST',
    path: '/webhooks/:application/:token',
    isOpen: true,
    handle: (simulator, request) =>
      isOurs(simulator, request) ? followUp(simulator, webhookRequest(request)) : refusals.unknownWebhook,
  },
  {
    method: 'GET',
    path: '/webhooks/:application/:token/messages/:message',
    isOpen: true,
    handle: (simulator, request) =>
      isOurs(simulator, request) ? getWebhookMessage(simulator, webhookRequest(request)) : refusals.unknownWebhook,
  },
  {
    method: 'PATCH',
    path: '/webhooks/:application/:token/messages/:message',
    isOpen: true,
    handle: (simulator, request) =>
      isOurs(simulator, request) ? editWebhookMessage(simulator, webhookRequest(request)) : refusals.unknownWebhook,
  },
  {
    method: 'DELETE',
    path: '/webhooks/:application/:token/messages/:message',
    isOpen: true,
    handle: (simulator, request) =>
      isOurs(simulator, request) ? deleteWebhookMessage(simulator, webhookRequest(request)) : refusals.unknownWebhook,
  },
];
