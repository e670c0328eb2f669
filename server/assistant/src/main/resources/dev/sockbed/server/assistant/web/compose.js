// Sending: text, hex, again and again, a file.

import { command, sendFile, Unread } from './server.js';
import { word, onLanguage } from './words.js';
import { target } from './peers.js';

const form = document.getElementById('send-form');
const text = document.getElementById('send-text');
const repeat = document.getElementById('repeat');
const file = document.getElementById('file');
const ENDINGS = { '': '', lf: '\n', crlf: '\r\n' };
const MOST_FILE_BYTES = 16 << 20;
const MOST_REMEMBERED = 50;

let repeating = false;
const sent = [];
let recalled = 0;

function message() {
  const checksum = document.getElementById('checksum').value;
  return {
    to: target(),
    text: text.value,
    as: form.elements.as.value,
    ending: ENDINGS[document.getElementById('ending').value],
    ...(checksum && { checksum }),
  };
}

export function tellCompose(state) {
  repeating = state.repeat !== null;
  drawRepeat(state.repeat);
  const progress = document.getElementById('file-progress');
  progress.hidden = state.file === null;
  document.getElementById('file-stop').hidden = state.file === null;
  document.getElementById('file-text').textContent = state.file ? state.file.name : '';
  if (state.file) progress.value = state.file.totalBytes ? state.file.sentBytes / state.file.totalBytes : 1;
}

function drawRepeat(now) {
  repeat.setAttribute('aria-pressed', repeating);
  repeat.textContent = repeating ? `${word('stopRepeat')} (${word('repeating')(now)})` : word('repeat');
}

function remember(value) {
  if (value && sent.at(-1) !== value) sent.push(value);
  if (sent.length > MOST_REMEMBERED) sent.shift();
  recalled = sent.length;
}

function recall(step) {
  const at = recalled + step;
  if (at < 0 || at > sent.length) return;
  recalled = at;
  text.value = sent[at] ?? '';
}

function drawHint() {
  text.placeholder = word(form.elements.as.value === 'hex' ? 'hexHint' : 'sendHint');
}

export function startCompose(attempt, complain) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const sending = message();
    // What was refused stays, to be mended, and so does what was typed meanwhile.
    if (await attempt(() => command('send', sending))) {
      remember(sending.text);
      if (text.value === sending.text) text.value = '';
    }
    text.focus();
  });
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      recall(event.key === 'ArrowUp' ? -1 : 1);
    }
  });
  repeat.addEventListener('click', () => {
    const interval = document.getElementById('interval').value.trim();
    if (repeating) attempt(() => command('repeat-off'));
    else if (!/^\d{1,7}$/.test(interval)) complain(() => word('badNumber'));
    else attempt(() => command('repeat', { ...message(), intervalMs: Number(interval) }));
  });
  document.getElementById('send-file').addEventListener('click', () => file.click());
  document.getElementById('file-stop').addEventListener('click', () => attempt(() => command('file-off')));
  file.addEventListener('change', () => {
    const [picked] = file.files;
    if (!picked) return;
    if (picked.size > MOST_FILE_BYTES) complain(() => word('fileTooLong'));
    else attempt(async () => sendFile(picked.name, await read(picked), target()));
    file.value = '';
  });
  form.addEventListener('change', drawHint);
  onLanguage(() => {
    drawHint();
    if (!repeating) drawRepeat(null);
  });
}

/** The file's bytes; read before they are sent, since a request that can't read them does not say why. */
async function read(picked) {
  try {
    return await picked.arrayBuffer();
  } catch {
    throw new Unread(picked.name);
  }
}
