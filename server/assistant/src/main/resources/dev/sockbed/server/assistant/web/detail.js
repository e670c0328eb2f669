// All that is known of one row: its text in full, and its bytes sixteen a line.

import { onLanguage, said, word } from './words.js';

const panel = document.getElementById('detail');
let shown = null;

onLanguage(() => { if (shown) showDetail(shown); });

export function showDetail(row) {
  shown = row;
  const title = [`#${Math.floor(row.number)}`, word('kinds')[row.kind], row.address, row.length ? word('bytes')(row.length) : ''];
  document.getElementById('detail-title').textContent = title.filter(Boolean).join(' · ');
  const lines = [];
  if (row.cut) lines.push(word('cutLong'), '');
  if (row.note) lines.push(said(row.note), '');
  if (row.text) lines.push(row.text, '');
  lines.push(...dump(row.hex));
  const left = row.length - row.hex.length / 2;
  if (left > 0 && row.length) lines.push(word('more')(left));
  document.getElementById('detail-bytes').textContent = lines.join('\n').trimEnd();
  panel.hidden = false;
}

export function hideDetail() {
  shown = null;
  panel.hidden = true;
}

function dump(hex) {
  const lines = [];
  for (let at = 0; at < hex.length; at += 32) {
    const pairs = hex.slice(at, at + 32).match(/../g);
    const text = pairs.map(pair => {
      const code = parseInt(pair, 16);
      return code >= 32 && code < 127 ? String.fromCharCode(code) : '.';
    }).join('');
    lines.push(`${(at / 2).toString(16).padStart(4, '0')}  ${pairs.join(' ').padEnd(47)}  ${text}`);
  }
  return lines;
}
