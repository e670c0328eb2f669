// Puts the page together.

import { command, follow, transcript, Refused, Unread } from './server.js';
import { applyWords, onLanguage, said, switchLanguage, word } from './words.js';
import { addRows, cleared, startTranscript, tellState } from './transcript.js';
import { startSession, tellHello, tellSession } from './session.js';
import { startPeers, tellPeers } from './peers.js';
import { startCompose, tellCompose } from './compose.js';
import { startRules, tellRules } from './rules.js';

const problem = document.getElementById('problem');
const linkLost = document.getElementById('link-lost');
const live = document.getElementById('live');

// What is wrong, as functions that tell it, so that a switch of language translates it too.
let wrong = () => '';
let wrongWithLink = () => '';

function complain(tellIt) {
  wrong = tellIt;
  drawProblems();
  problem.hidden = false;
}

function drawProblems() {
  document.getElementById('problem-text').textContent = wrong();
  linkLost.textContent = wrongWithLink();
}

/** Runs a task; whether it went well. What went wrong is shown until the next one goes well. */
async function attempt(task, button = null) {
  if (button) button.disabled = true;
  try {
    await task();
    problem.hidden = true;
    return true;
  } catch (error) {
    complain(() => error instanceof Refused ? said(error.message)
      : error instanceof Unread ? word('fileUnread')(error.message) : word('lost'));
    if (!(error instanceof Refused || error instanceof Unread || error instanceof TypeError)) throw error;
    return false;
  } finally {
    if (button) button.disabled = false;
  }
}

let state = null;

function tell(now) {
  state = now;
  cleared(now.clearedUpTo);
  tellSession(now.session);
  tellPeers(now.peers);
  tellCompose(now);
  tellRules(now.rules);
  tellState(now);
  document.getElementById('totals').textContent = word('totals')(now.totals);
}

// Screen readers hear what arrived at most every two seconds, since a flood can't be read aloud.
let unheard = 0;
let lastText = '';
function tellRows(rows) {
  addRows(rows);
  for (const row of rows) {
    if (row.kind === 'received') {
      unheard++;
      lastText = row.text;
    }
  }
}
setInterval(() => {
  if (unheard) live.textContent = word('arrived')(unheard, lastText.slice(0, 80));
  unheard = 0;
}, 2000);

async function save(format) {
  const blob = await transcript(format);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `sockbed-${new Date().toISOString().slice(0, 19).replace(/:/g, '')}.${format === 'json' ? 'jsonl' : 'txt'}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function startTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const current = () => localStorage.getItem('theme') ?? (dark.matches ? 'dark' : 'light');
  useTheme(current());
  dark.addEventListener('change', () => useTheme(current()));
  document.getElementById('theme').addEventListener('click', () => {
    localStorage.setItem('theme', current() === 'dark' ? 'light' : 'dark');
    useTheme(current());
  });
}

function startKeys() {
  document.addEventListener('keydown', event => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === '/' && !typing) {
      event.preventDefault();
      document.getElementById('search').focus();
    } else if (event.key === 'Escape' && event.target.id === 'search') {
      event.target.value = '';
      event.target.dispatchEvent(new Event('input'));
    }
  });
}

startTheme();
startTranscript();
startSession(attempt, complain);
startPeers(attempt);
startCompose(attempt, complain);
startRules(attempt);
startKeys();
document.getElementById('language').addEventListener('click', switchLanguage);
document.getElementById('problem-close').addEventListener('click', () => { problem.hidden = true; });
document.getElementById('save-text').addEventListener('click', () => attempt(() => save('text')));
document.getElementById('save-json').addEventListener('click', () => attempt(() => save('json')));
document.getElementById('reset-counts').addEventListener('click', () => attempt(() => command('reset-counts')));
document.getElementById('clear').addEventListener('click', () => attempt(() => command('clear')));
onLanguage(() => {
  if (state) tell(state);
  drawProblems();
});
applyWords();
follow(
  { hello: tellHello, state: tell, rows: tellRows },
  refused => {
    wrongWithLink = () => refused ? (refused.fault === 'token' ? word('noToken') : said(refused.message)) : word('lost');
    drawProblems();
    linkLost.hidden = false;
  },
  () => { linkLost.hidden = true; },
);
