// Who is there, and who of them is picked. Each tab picks for itself.

import { command } from './server.js';
import { word, onLanguage } from './words.js';
import { sessionMode } from './session.js';
import { clock, drawAddress } from './transcript.js';

const list = document.getElementById('peers');
const all = document.getElementById('pick-all');
const buttons = document.getElementById('peer-buttons');

let peers = [];
let everybody = true;
const picked = new Set();
const elements = new Map();

/** Whom to send to: 'all', or numbers. */
export function target() {
  return everybody ? 'all' : [...picked];
}

export function tellPeers(now) {
  peers = now;
  const there = new Set(peers.map(peer => peer.number));
  for (const number of picked) if (!there.has(number)) picked.delete(number);
  draw();
}

function draw() {
  for (const [number, element] of elements) {
    if (!peers.some(peer => peer.number === number)) {
      element.remove();
      elements.delete(number);
    }
  }
  for (const peer of peers) drawPeer(elements.get(peer.number) ?? create(peer), peer);
  all.checked = everybody;
  document.getElementById('peer-count').textContent = peers.length;
  document.getElementById('no-peers').hidden = peers.length > 0;
  buttons.hidden = !peers.length;
  const udp = sessionMode() === 'udp';
  document.querySelector('#peers-title [data-word]').textContent = word(udp ? 'udpPeers' : 'peers');
  document.getElementById('close-picked').textContent = word(udp ? 'forgetPeer' : 'closePeer');
  document.getElementById('reset-picked').hidden = udp;
  document.getElementById('send-to').textContent = !peers.length ? word('nobody')
    : everybody ? word('everybody')(peers.length)
    : picked.size === 1 ? peers.find(peer => picked.has(peer.number)).address.replace(/^\w+:\/\//, '')
    : word('picked')(picked.size);
}

function create(peer) {
  const item = document.createElement('li');
  const label = item.appendChild(document.createElement('label'));
  const box = label.appendChild(document.createElement('input'));
  box.type = 'checkbox';
  box.addEventListener('change', () => pick(peer.number, box.checked));
  for (const name of ['address', 'since', 'counts']) {
    label.appendChild(document.createElement('span')).className = name;
  }
  item.dataset.peer = peer.number;
  elements.set(peer.number, item);
  return list.appendChild(item);
}

function drawPeer(item, peer) {
  const [box, address, since, counts] = item.firstChild.children;
  box.checked = everybody || picked.has(peer.number);
  item.classList.toggle('picked', box.checked);
  drawAddress(address, peer.number, peer.address);
  address.title = peer.address;
  since.textContent = peer.state === 'connected' ? clock(peer.since).slice(0, 8) : word('closing');
  since.title = `${word('since')} ${new Date(peer.since).toLocaleString()}`;
  counts.textContent = word('counts')(peer) + (peer.waitingBytes ? ` · ${word('waiting')(peer.waitingBytes)}` : '');
  counts.classList.toggle('waiting', peer.waitingBytes > 0);
}

function pick(number, on) {
  if (everybody) {
    // From all to one: a click on a peer picks it, and nobody else.
    everybody = false;
    picked.clear();
    picked.add(number);
  } else if (on) {
    picked.add(number);
  } else {
    picked.delete(number);
  }
  draw();
}

export function startPeers(attempt) {
  all.addEventListener('change', () => {
    everybody = all.checked;
    picked.clear();
    draw();
  });
  const end = reset => attempt(() => command('close-peers', { to: target(), reset }));
  document.getElementById('close-picked').addEventListener('click', () => end(false));
  document.getElementById('reset-picked').addEventListener('click', () => end(true));
  onLanguage(draw);
}
