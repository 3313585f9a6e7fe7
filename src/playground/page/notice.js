import { find } from './elements.js';

/** Shows one line about what was just done: `kind` is `busy`, `done` or `error`. An empty text takes it away. */
export const notice = (text, kind = 'done') => {
  const line = find('notice');
  line.textContent = text;
  line.className = kind;
};

const attempt = async (work, given) => {
  try {
    await work(...given);
  } catch (error) {
    notice(error.message, 'error');
  }
};

/** Makes a listener of a piece of work: what goes wrong in it is shown. */
export const safely =
  (work) =>
  (...given) => {
    void attempt(work, given);
  };
