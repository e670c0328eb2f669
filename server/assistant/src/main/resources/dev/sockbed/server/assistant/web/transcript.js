// The transcript: at most 10,000 rows are kept, and only those that can be seen are in the document.

import { onLanguage, said, word } from './words.js';
import { showDetail, hideDetail } from './detail.js';

const MOST_ROWS = 10000;
const OVERSCAN = 8;
const WAYS = { received: '←', sent: '→', error: '!', file: '→' };

const list = document.getElementById('list');
const space = document.getElementById('list-space');
const toEnd = document.getElementById('to-end');
const empty = document.getElementById('empty');
const droppedLine = document.getElementById('dropped');
const pauseButton = document.getElementById('pause');

let rows = [];
let shown = rows; // those that the search finds; rows itself when there is no search
let waiting = []; // what came while paused
let paused = false;
let search = '';
let view = 'text';
let chosen = 0; // the number of the chosen row
let atEnd = true;
let open = false;
let lastNumber = 0;
let drawing = false;
let rowHeight = 26;
const pool = [];

export function addRows(more) {
  const withGaps = [];
  for (const row of more) {
    if (lastNumber && row.number > lastNumber + 1) {
      withGaps.push({ number: row.number - 0.5, kind: 'note', gap: row.number - lastNumber - 1, time: row.time, peer: 0, address: '', length: 0, text: '', hex: '', note: '' });
    }
    lastNumber = row.number;
    withGaps.push(row);
  }
  if (paused) {
    waiting = waiting.concat(withGaps).slice(-MOST_ROWS);
    pauseButton.textContent = word('paused')(waiting.length);
    return;
  }
  take(withGaps);
}

function take(more) {
  rows = rows.concat(more);
  const surplus = Math.max(0, rows.length - MOST_ROWS);
  if (surplus) rows = rows.slice(surplus);
  if (search) {
    const oldest = rows.length ? rows[0].number : 0;
    shown = shown.filter(row => row.number >= oldest).concat(more.filter(found));
  } else {
    shown = rows;
  }
  draw();
}

/** Forgets the rows up to that number, which somebody cleared. */
export function cleared(upTo) {
  lastNumber = Math.max(lastNumber, upTo);
  if (!rows.length && !waiting.length) return;
  if ((rows[0] ?? waiting[0]).number > upTo) return;
  rows = rows.filter(row => row.number > upTo);
  waiting = waiting.filter(row => row.number > upTo);
  hideDetail();
  filter();
}

export function tellState(state) {
  open = state.session !== null;
  droppedLine.hidden = !state.dropped;
  droppedLine.textContent = state.dropped ? word('dropped')(state.dropped) : '';
  if (!shown.length) draw();
}

function found(row) {
  return `${row.text}\n${row.hex}\n${row.address}\n${row.note}\n${word('kinds')[row.kind]}`.toLowerCase().includes(search);
}

function filter() {
  shown = search ? rows.filter(found) : rows;
  draw();
}

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawNow();
  });
}

function drawNow() {
  space.style.height = `${shown.length * rowHeight}px`;
  list.setAttribute('aria-rowcount', shown.length);
  if (atEnd) list.scrollTop = list.scrollHeight;
  toEnd.hidden = atEnd || !shown.length;
  empty.textContent = shown.length ? '' : word(search ? 'nothingFound' : open ? 'emptyOpen' : 'empty');
  const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - OVERSCAN);
  const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + OVERSCAN);
  for (let i = 0; i < last - first; i++) drawRow(elementAt(i), shown[first + i], first + i);
  for (let i = Math.max(0, last - first); i < pool.length; i++) pool[i].hidden = true;
}

function elementAt(i) {
  if (!pool[i]) {
    const element = document.createElement('div');
    element.setAttribute('role', 'row');
    element.id = `row-${i}`;
    for (const name of ['time', 'way', 'peer', 'length', 'bytes']) {
      const cell = element.appendChild(document.createElement('span'));
      cell.className = name;
      cell.setAttribute('role', 'gridcell');
    }
    element.addEventListener('click', () => choose(Number(element.dataset.index)));
    pool[i] = space.appendChild(element);
  }
  return pool[i];
}

function drawRow(element, row, index) {
  const carries = row.kind === 'received' || row.kind === 'sent';
  element.hidden = false;
  element.className = `row ${carries || row.kind === 'error' ? row.kind : 'event'}${row.number === chosen ? ' chosen' : ''}`;
  element.setAttribute('aria-rowindex', index + 1);
  element.setAttribute('aria-selected', row.number === chosen);
  element.dataset.index = index;
  element.dataset.number = row.number;
  element.style.transform = `translateY(${index * rowHeight}px)`;
  const [time, way, peer, length, bytes] = element.children;
  time.textContent = clock(row.time);
  way.textContent = WAYS[row.kind] ?? '·';
  way.setAttribute('aria-label', word('kinds')[row.kind]);
  drawAddress(peer, row.peer, row.peer ? row.address : '');
  peer.title = row.address;
  length.textContent = carries ? row.length : '';
  bytes.replaceChildren(...contentOf(row, carries));
  if (row.number === chosen) list.setAttribute('aria-activedescendant', element.id);
}

function contentOf(row, carries) {
  if (row.gap) return [`… ${word('gap')(row.gap)}`];
  if (!carries) {
    const told = row.note ? said(row.note) : row.address;
    return [row.kind === 'error' ? told : `${word('kinds')[row.kind]} ${told}`];
  }
  const parts = [];
  if (row.cut) parts.push(span('tag', word('cut'), word('cutLong')));
  if (view !== 'hex') parts.push(row.text);
  if (view === 'both') parts.push(span('faint', `   ${spaced(row.hex)}`));
  if (view === 'hex') parts.push(spaced(row.hex));
  if (row.hex.length / 2 < row.length) parts.push(span('faint', ` ${word('more')(row.length - row.hex.length / 2)}`));
  if (row.note) parts.push(span('faint', `  ${said(row.note)}`));
  return parts;
}

function span(className, text, title = '') {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  element.title = title;
  return element;
}

function spaced(hex) {
  return hex.replace(/../g, '$& ').trimEnd();
}

/** Shows a peer: its number, if it has one, and its address without the transport. */
export function drawAddress(element, number, address) {
  const shown = address.replace(/^\w+:\/\//, '');
  element.replaceChildren(...number ? [span('number', number), shown] : [shown]);
}

export function clock(time) {
  const at = new Date(time);
  const two = n => String(n).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

function choose(index) {
  const row = shown[Math.max(0, Math.min(shown.length - 1, index))];
  if (!row) return;
  chosen = row.number;
  showDetail(row);
  const top = shown.indexOf(row) * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  draw();
}

function unchoose() {
  chosen = 0;
  list.removeAttribute('aria-activedescendant');
  hideDetail();
  draw();
}

function measure() {
  rowHeight = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row-height')) || 26;
  draw();
}

export function togglePause() {
  paused = !paused;
  pauseButton.setAttribute('aria-pressed', paused);
  pauseButton.textContent = word(paused ? 'resume' : 'pause');
  if (!paused) {
    const came = waiting;
    waiting = [];
    take(came);
  }
}

export function startTranscript() {
  list.addEventListener('scroll', () => {
    atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - rowHeight;
    draw();
  });
  list.addEventListener('keydown', event => {
    const at = shown.findIndex(row => row.number === chosen);
    const page = Math.floor(list.clientHeight / rowHeight) - 1;
    const moves = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page };
    if (event.key in moves) choose(at < 0 ? shown.length - 1 : at + moves[event.key]);
    else if (event.key === 'Home') choose(0);
    else if (event.key === 'End') choose(shown.length - 1);
    else if (event.key === 'Escape') unchoose();
    else return;
    event.preventDefault();
  });
  toEnd.addEventListener('click', () => {
    atEnd = true;
    draw();
  });
  pauseButton.addEventListener('click', togglePause);
  document.getElementById('search').addEventListener('input', event => {
    search = event.target.value.toLowerCase();
    filter();
  });
  document.getElementById('views').addEventListener('change', event => {
    view = event.target.value;
    draw();
  });
  document.getElementById('detail-close').addEventListener('click', unchoose);
  new ResizeObserver(measure).observe(list);
  onLanguage(() => {
    pauseButton.textContent = word(paused ? 'resume' : 'pause');
    measure();
  });
}
