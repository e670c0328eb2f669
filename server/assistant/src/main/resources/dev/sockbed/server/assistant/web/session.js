// What is open: the form that opens and closes it.

import { command } from './server.js';
import { word, onLanguage } from './words.js';

const form = document.getElementById('session-form');
const fields = document.getElementById('session-fields');
const button = document.getElementById('open');
const status = document.getElementById('status');
const host = document.getElementById('host');
const port = document.getElementById('port');
const limit = document.getElementById('limit');
const addPeer = document.getElementById('add-peer');
const NAMES = { 'tcp-server': 'listening', 'tcp-client': 'connected', udp: 'udp' };

let session = null;
let told = false;

function mode() {
  return form.elements.mode.value;
}

export function sessionMode() {
  return session?.mode ?? mode();
}

function fill(setup) {
  form.elements.mode.value = setup.mode;
  host.value = setup.host;
  port.value = setup.port;
  limit.value = setup.receiveLimit;
}

/** The machine's addresses, and what the form begins with. */
export function tellHello(hello) {
  document.getElementById('hosts').replaceChildren(...hello.addresses
    .filter(address => address.loopback || hello.allowRemote)
    .map(address => new Option(`${address.host} (${address.interface})`, address.host)));
  if (hello.preset && !told) fill(hello.preset);
  told = true;
}

export function tellSession(now) {
  const was = session;
  session = now;
  if (now && !was) fill(now);
  // Port 0 asked for any free one; this is the one that was picked.
  if (now && now.mode !== 'tcp-client') port.value = now.local.slice(now.local.lastIndexOf(':') + 1);
  draw();
}

function draw() {
  const asClient = mode() === 'tcp-client';
  fields.disabled = session !== null;
  document.getElementById('host-label').textContent = word(asClient ? 'remoteAddress' : 'localAddress');
  button.textContent = word(session ? 'close' : asClient ? 'connect' : 'open');
  button.classList.toggle('stop', session !== null);
  form.classList.toggle('opened', session !== null);
  status.classList.toggle('open', session !== null);
  status.textContent = session
    ? `${word(NAMES[session.mode])} ${session.local.replace(/^\w+:\/\//, '')}`
    : word('closed');
  addPeer.hidden = session?.mode !== 'udp';
}

function number(field) {
  return /^\d{1,5}$/.test(field.value.trim()) ? Number(field.value) : NaN;
}

/** Wires the form; attempt(task) runs a task and shows what went wrong. */
export function startSession(attempt, complain) {
  form.addEventListener('change', draw);
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (session) {
      attempt(() => command('close'), button);
      return;
    }
    const setup = { mode: mode(), host: host.value, port: number(port), receiveLimit: number(limit) };
    if (Number.isNaN(setup.port) || Number.isNaN(setup.receiveLimit)) complain(() => word('badNumber'));
    else attempt(() => command('open', setup), button);
  });
  addPeer.addEventListener('submit', event => {
    event.preventDefault();
    const peerPort = number(document.getElementById('peer-port'));
    if (Number.isNaN(peerPort)) complain(() => word('badNumber'));
    else attempt(() => command('add-peer', { host: document.getElementById('peer-host').value.trim(), port: peerPort }));
  });
  onLanguage(draw);
  draw();
}
