// The bare page: choose a server and a member, run a command, press a button. It asks /sim and nobody else.
import { act } from './actions.js';
import { ask } from './api.js';
import { mountCommandForm } from './command-form.js';
import { mountControls, readControls } from './controls.js';
import { find } from './elements.js';
import { follow } from './events.js';
import { followEnd, messageHappened, mountLog, readChannel } from './log.js';
import { notice, safely } from './notice.js';
import { mountPlaces, showPlaces } from './places.js';
import { direct, place } from './world.js';

const refresh = async () => {
  await readControls();
  await showPlaces();
};

const say = async (content) => {
  if (place.channel !== direct) return act('messages', { channel: place.channel, content });
  await ask('POST', `/users/${place.member}/messages`, { content });
  notice('');
};

mountLog();
mountPlaces();
mountCommandForm();
mountControls();
find('message-form').addEventListener(
  'submit',
  safely(async (event) => {
    event.preventDefault();
    const field = find('message');
    const content = field.value;
    field.value = '';
    followEnd();
    await say(content);
  }),
);
follow({ onConnect: refresh, onMessage: messageHappened, onReaction: readChannel, onWorld: refresh });
