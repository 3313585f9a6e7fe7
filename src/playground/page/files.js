// A file for an option of a command: picked, sent to the local Discord, and named in the chip.
import { make, makeButton } from './elements.js';

const bytesMax = 10 * 1024 * 1024;

const sizeText = (bytes) => (bytes < 1_024 ? `${bytes} bytes` : `${(bytes / 1_024).toFixed(1)} KB`);

/** Gives the bytes to the local Discord; resolves with the attachment. Throws with a sentence where that fails. */
const upload = async (member, file) => {
  const query = new URLSearchParams({ name: file.name, ...(file.type && { type: file.type }) });
  const response = await fetch(`/sim/users/${member}/files?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => {
    throw new Error('The local Discord does not answer. Is it still running?');
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
};

/**
 * The chip of an option that takes a file; like `optionChip`. `left()` is called on Backspace while there is no file,
 * `done()` when one was picked.
 */
export const fileChip = (pane, { name, description, required }, { left, done }) => {
  const picker = make('input', { type: 'file', tabIndex: -1, ariaHidden: 'true', hidden: true });
  const field = makeButton(
    {
      className: 'pick',
      textContent: 'Choose a file',
      ariaLabel: `${name}${required ? ', required' : ''}: ${description}. Choose a file`,
      title: description,
    },
    () => picker.click(),
  );
  field.dataset.option = name;
  const element = make('span', { className: 'chip' }, make('span', { textContent: name }), picker, field);
  let problem;
  let attachment;
  let sending = 0;

  const show = (text) => {
    field.textContent = text;
    field.ariaLabel = `${name}${required ? ', required' : ''}: ${description}. ${text}`;
    element.classList.toggle('wrong', problem !== undefined);
  };
  const forget = () => {
    sending += 1;
    attachment = undefined;
    problem = undefined;
    picker.value = '';
    show('Choose a file');
  };
  const take = async (file) => {
    forget();
    const mine = sending;
    show(`${file.name}…`);
    try {
      if (file.size > bytesMax) throw new Error('Your files are too powerful. The maximum file size is 10 MB.');
      problem = 'The file is still on its way';
      const sent = await upload(pane.place.member, file);
      // Another one may have been picked meanwhile.
      if (mine !== sending) return;
      problem = undefined;
      attachment = sent;
      show(`${file.name}, ${sizeText(file.size)}`);
      done();
    } catch (error) {
      if (mine !== sending) return;
      problem = error.message;
      show(`${file.name}: ${problem}`);
    }
  };
  picker.addEventListener('change', () => picker.files[0] && void take(picker.files[0]));
  for (const kind of ['dragover', 'drop']) {
    element.addEventListener(kind, (event) => {
      event.preventDefault();
      if (kind === 'drop' && event.dataTransfer.files[0]) void take(event.dataTransfer.files[0]);
    });
  }
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Backspace') return;
    event.preventDefault();
    if (attachment || problem) forget();
    else left();
  });

  return {
    name,
    element,
    field,
    isEmpty: () => attachment === undefined,
    read: () => attachment?.id,
    problem: () => problem ?? (required && !attachment ? 'This option is required. Choose a file' : undefined),
  };
};
