// Talks to the assistant: commands by POST, events by a stream that is asked for again when it ends.

const token = location.hash.slice(1);
const headers = { 'X-Sockbed-Token': token };

/** A command or file that was refused: {fault, message}. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.message);
    this.fault = problem.fault;
  }
}

/** A file of the person's that can't be read; the message is its name. */
export class Unread extends Error {}

async function checked(response) {
  if (response.ok) return response;
  let problem = { fault: 'http', message: `HTTP ${response.status}` };
  try {
    problem = await response.json();
  } catch { /* an answer that is not ours has no more to say */ }
  throw new Refused(problem);
}

/** Has the assistant do something. */
export async function command(what, details = {}) {
  await checked(await fetch('/api/command', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ do: what, ...details }),
  }));
}

/** Sends a file's bytes to peers: 'all' or their numbers. */
export async function sendFile(name, content, to) {
  const query = new URLSearchParams({ to: Array.isArray(to) ? to.join(',') : to, name });
  await checked(await fetch(`/api/file?${query}`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    body: content,
  }));
}

/** The whole transcript, as 'text' or 'json'. */
export async function transcript(format) {
  return (await checked(await fetch(`/api/transcript?format=${format}`, { headers }))).blob();
}

// The assistant says something every two seconds at least; a stream that is silent so long is broken,
// even if nobody has closed it (a computer that slept, a tunnel that lost its way).
const LONGEST_SILENCE = 7000;

/**
 * Calls listener[event](data) for each event, for ever; lost(refused or null) when the stream broke,
 * found() when it is there again. A page that nobody sees does not listen: a browser has few
 * connections for each server, and other tabs need them.
 */
export async function follow(listener, lost, found) {
  let last = 0;
  let pause = 250;
  for (;;) {
    await untilSeen();
    const stream = new AbortController();
    const hide = () => { if (document.hidden) stream.abort('hidden'); };
    let silence = setTimeout(() => stream.abort('silent'), LONGEST_SILENCE);
    document.addEventListener('visibilitychange', hide);
    try {
      const response = await checked(await fetch(`/api/events?after=${last}`, { headers, signal: stream.signal }));
      found();
      pause = 250;
      for await (const [event, data] of eventsOf(response.body, heard)) {
        if (event === 'rows') last = data[data.length - 1].number;
        listener[event](data);
      }
      continue;
    } catch (problem) {
      if (stream.signal.reason === 'hidden') continue;
      const refused = problem instanceof Refused ? problem : null;
      lost(refused);
      if (refused?.fault === 'token') return;
    } finally {
      clearTimeout(silence);
      document.removeEventListener('visibilitychange', hide);
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 4000);

    function heard() {
      clearTimeout(silence);
      silence = setTimeout(() => stream.abort('silent'), LONGEST_SILENCE);
    }
  }
}

async function untilSeen() {
  while (document.hidden) {
    await new Promise(resolve => document.addEventListener('visibilitychange', resolve, { once: true }));
  }
}

async function* eventsOf(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    text += value;
    let end;
    while ((end = text.indexOf('\n\n')) >= 0) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const event = lines.find(line => line.startsWith('event: '))?.slice(7);
      const data = lines.find(line => line.startsWith('data: '))?.slice(6);
      if (event && data) yield [event, JSON.parse(data)];
    }
  }
}
