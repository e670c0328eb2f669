// Automatic replies.

import { command } from './server.js';
import { word, onLanguage } from './words.js';

const list = document.getElementById('rules');
const when = document.getElementById('rule-when');
const pattern = document.getElementById('rule-pattern');
const reply = document.getElementById('rule-reply');
const value = document.getElementById('rule-value');
const WHEN = { any: 'whenAny', exact: 'whenExact', contains: 'whenContains', regex: 'whenRegex' };
const REPLY = { prefix: 'replyPrefix', bytes: 'replyText', echo: 'replyEcho' };

let rules = [];
let drawn = '';
let attempt;

export function tellRules(now) {
  rules = now;
  draw();
}

function draw() {
  const wanted = word('remove') + JSON.stringify(rules);
  if (wanted === drawn) return;
  drawn = wanted;
  document.getElementById('rule-count').textContent = rules.length;
  list.replaceChildren(...rules.map((rule, index) => {
    const item = document.createElement('li');
    const code = document.createElement('code');
    code.textContent = `${rule.when === 'any' ? '' : `“${rule.pattern}” `}→ ${rule.reply === 'echo' ? '' : `“${rule.value}”`}`;
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'quiet';
    remove.textContent = '✕';
    remove.setAttribute('aria-label', `${word('remove')} ${index + 1}`);
    remove.addEventListener('click', () => set(rules.filter((_, other) => other !== index)));
    item.append(`${word(WHEN[rule.when])} `, code, ` ${word(REPLY[rule.reply])} `, remove);
    return item;
  }));
}

function set(wanted) {
  // What the assistant tells of a rule's bytes is text with escapes; a new rule may bring hex.
  return attempt(() => command('rules', { rules: wanted.map(rule => ({ as: 'escaped', ...rule })) }));
}

export function startRules(attemptIt) {
  attempt = attemptIt;
  const enable = () => {
    pattern.disabled = when.value === 'any';
    value.disabled = reply.value === 'echo';
  };
  when.addEventListener('change', enable);
  reply.addEventListener('change', enable);
  document.getElementById('rule-form').addEventListener('submit', event => {
    event.preventDefault();
    const hex = reply.value === 'hex';
    set([...rules, {
      when: when.value,
      pattern: when.value === 'any' ? '' : pattern.value,
      reply: hex ? 'bytes' : reply.value,
      value: reply.value === 'echo' ? '' : value.value,
      as: hex ? 'hex' : 'escaped',
    }]);
  });
  onLanguage(draw);
}
