// The page's words in English and Chinese. Elements name theirs in data-word (their text),
// data-label (their aria-label) or data-hint (their placeholder).

import { CHINESE, inChinese } from './chinese.js';

const ENGLISH = {
  skip: 'Skip to sending', assistant: 'assistant', theme: 'Theme', dismiss: 'Dismiss',
  session: 'Session', mode: 'Mode', localAddress: 'Local address', remoteAddress: 'Server’s address',
  port: 'Port', receiveLimit: 'Receive limit, bytes', open: 'Open', connect: 'Connect', close: 'Close session',
  peerAddress: 'Peer’s address', add: 'Add',
  peers: 'Connections', udpPeers: 'Peers', all: 'all', noPeers: 'Nobody is connected.', closePeer: 'Close', resetPeer: 'Reset',
  forgetPeer: 'Forget',
  rules: 'Automatic replies', when: 'When it', whenAny: 'is anything', whenExact: 'is exactly',
  whenContains: 'contains', whenRegex: 'matches (regex)', pattern: 'Pattern', reply: 'Reply with',
  replyPrefix: 'text + received', replyText: 'text', replyHex: 'hex', replyEcho: 'received (echo)',
  value: 'Text', addRule: 'Add rule', remove: 'Remove',
  transcript: 'Transcript', time: 'Time', peer: 'Peer', length: 'Bytes', content: 'Content', search: 'Search', searchHint: 'Search ( / )', view: 'Show bytes as',
  text: 'Text', hex: 'Hex', both: 'Both', pause: 'Pause', resume: 'Resume', saveText: 'Save text',
  saveJson: 'Save JSON', clear: 'Clear', resetCounts: 'Reset counts', toEnd: 'Newest ↓', closeDetail: 'Close details',
  send: 'Send', sendTo: 'Send to', sendAs: 'Send as', sendHint: 'Text with \\n \\x41 escapes; Enter sends, Shift+Enter is a new line',
  hexHint: '48 65 6c 6c 6f, or 0x48 0x65 …; Enter sends', asTyped: 'As typed', ending: 'Line end',
  endingNone: 'none', checksum: 'Checksum', checksumNone: 'none', checksumSum: 'sum', checksumXor: 'XOR',
  every: 'every', repeat: 'Repeat', stopRepeat: 'Stop repeating', sendFile: 'Send file…',
  stop: 'Stop',
  closed: 'Nothing is open', listening: 'TCP Server', connected: 'TCP Client', udp: 'UDP',
  everybody: n => `all ${n}`, picked: n => `${n} picked`, nobody: 'nobody',
  totals: t => `in ${t.bytesIn} B / ${t.receives} · out ${t.bytesOut} B / ${t.sends}`
    + (t.cut ? ` · cut ${t.cut}` : '') + (t.unsent ? ` · unsent ${t.unsent}` : '')
    + (t.withheld ? ` · withheld ${t.withheld}` : '') + (t.refused ? ` · refused ${t.refused}` : ''),
  counts: p => `in ${p.bytesIn} B / ${p.messagesIn} · out ${p.bytesOut} B / ${p.messagesOut}`,
  since: 'since', waiting: n => `${n} B not read yet`, closing: 'closing',
  dropped: n => `${n} older rows dropped`, paused: n => `Resume (${n} new)`, gap: n => `${n} rows came too fast to show`,
  empty: 'Choose TCP Server, TCP Client or UDP, then open it.\nWhat arrives appears here, one row for each receive.',
  emptyOpen: 'Nothing has arrived yet.', nothingFound: 'No row contains that.',
  cut: 'cut', cutLong: 'The datagram was longer than the receive limit; its rest is lost.',
  more: n => `… ${n} more bytes`, bytes: n => `${n} bytes`, lost: 'The assistant does not answer; trying again …',
  noToken: 'This address lacks its token, or the assistant was started anew. Open the address that ./sockbed assistant printed.',
  kinds: { opened: 'opened', closed: 'closed', connected: 'connected', disconnected: 'gone', file: 'file', note: 'note', error: 'error', received: 'received', sent: 'sent' },
  repeating: r => `${r.times} sent` + (r.missed ? `, ${r.missed} missed` : ''),
  fileUnread: name => `${name} can’t be read`, fileTooLong: 'At most 16 MiB can be sent from the page; use the console for more.',
  arrived: (n, text) => `${n} received, last: ${text}`,
  badNumber: 'Port and limit must be whole numbers.',
};

const stored = localStorage.getItem('language');
let language = stored ?? (navigator.languages.some(l => l.startsWith('zh')) && !navigator.languages[0].startsWith('en') ? 'zh' : 'en');
const changed = [];

export function word(name) {
  return (language === 'zh' ? CHINESE : ENGLISH)[name] ?? ENGLISH[name] ?? name;
}

/** What the assistant says of a refusal or a row, which it says in English, as the person reads it. */
export function said(text) {
  return language === 'zh' ? inChinese(text) : text;
}

export function onLanguage(callback) {
  changed.push(callback);
}

export function applyWords() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', word(element.dataset.label));
  for (const element of document.querySelectorAll('[data-hint]')) element.placeholder = word(element.dataset.hint);
  const button = document.getElementById('language');
  button.textContent = language === 'zh' ? 'English' : '中文';
  button.lang = language === 'zh' ? 'en' : 'zh';
  for (const callback of changed) callback();
}

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
  applyWords();
}
