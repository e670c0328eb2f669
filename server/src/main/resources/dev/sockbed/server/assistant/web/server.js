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

/** Sends a file to peers: 'all' or their numbers. */
export async function sendFile(file, to) {
  const query = new URLSearchParams({ to: Array.isArray(to) ? to.join(',') : to, name: file.name });
  await checked(await fetch(`/api/file?${query}`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    body: file,
  }));
}

/** The whole transcript, as 'text' or 'json'. */
export async function transcript(format) {
  return (await checked(await fetch(`/api/transcript?format=${format}`, { headers }))).blob();
}

/**
 * Calls listener[event](data) for each event, for ever; lost(refused or null) when the stream broke,
 * found() when it is there again.
 */
export async function follow(listener, lost, found) {
  let last = 0;
  let pause = 250;
  for (;;) {
    try {
      const response = await checked(await fetch(`/api/events?after=${last}`, { headers }));
      found();
      pause = 250;
      for await (const [event, data] of eventsOf(response.body)) {
        if (event === 'rows') last = data[data.length - 1].number;
        listener[event](data);
      }
      continue;
    } catch (problem) {
      const refused = problem instanceof Refused ? problem : null;
      lost(refused);
      if (refused?.fault === 'token') return;
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 4000);
  }
}

async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
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
