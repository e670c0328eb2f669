// The page's words in English and Chinese. Elements name theirs in data-word (their text),
// data-label (their aria-label) or data-hint (their placeholder).

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
  transcript: 'Transcript', search: 'Search', searchHint: 'Search ( / )', view: 'Show bytes as',
  text: 'Text', hex: 'Hex', both: 'Both', pause: 'Pause', resume: 'Resume', saveText: 'Save text',
  saveJson: 'Save JSON', clear: 'Clear', toEnd: 'Newest ↓', closeDetail: 'Close details',
  send: 'Send', sendTo: 'Send to', sendAs: 'Send as', sendHint: 'Text with \\n \\x41 escapes; Enter sends, Shift+Enter is a new line',
  hexHint: '48 65 6c 6c 6f, or 0x48 0x65 …; Enter sends', asTyped: 'As typed', ending: 'Line end',
  endingNone: 'none', every: 'every', repeat: 'Repeat', stopRepeat: 'Stop repeating', sendFile: 'Send file…',
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
  faults: {}, notes: {},
  repeating: r => `${r.times} sent` + (r.missed ? `, ${r.missed} missed` : ''),
  fileUnread: name => `${name} can’t be read`, fileTooLong: 'At most 16 MiB can be sent from the page; use the console for more.',
  arrived: (n, text) => `${n} received, last: ${text}`,
  badNumber: 'Port and limit must be whole numbers.',
};

const CHINESE = {
  skip: '跳到发送', assistant: '网络调试助手', theme: '主题', dismiss: '关闭提示',
  session: '会话', mode: '模式', localAddress: '本地地址', remoteAddress: '服务器地址',
  port: '端口', receiveLimit: '单次接收上限（字节）', open: '打开', connect: '连接', close: '关闭会话',
  peerAddress: '对端地址', add: '添加',
  peers: '连接', udpPeers: '对端', all: '全部', noPeers: '还没有连接。', closePeer: '断开', resetPeer: '复位 (RST)', forgetPeer: '移除',
  rules: '自动回复', when: '收到的内容', whenAny: '任意', whenExact: '完全等于', whenContains: '包含',
  whenRegex: '匹配正则', pattern: '比较内容', reply: '回复', replyPrefix: '文本 + 收到的内容', replyText: '文本',
  replyHex: '十六进制', replyEcho: '原样返回', value: '文本', addRule: '添加规则', remove: '删除',
  transcript: '收发记录', search: '搜索', searchHint: '搜索 ( / )', view: '显示方式',
  text: '文本', hex: '十六进制', both: '两者', pause: '暂停', resume: '继续', saveText: '存为文本',
  saveJson: '存为 JSON', clear: '清空', toEnd: '最新 ↓', closeDetail: '关闭详情',
  send: '发送', sendTo: '发送给', sendAs: '发送方式', sendHint: '文本，可用 \\n \\x41 转义；回车发送，Shift+回车换行',
  hexHint: '48 65 6c 6c 6f 或 0x48 0x65 …；回车发送', asTyped: '原样', ending: '行尾', endingNone: '无',
  every: '每', repeat: '循环发送', stopRepeat: '停止循环', sendFile: '发送文件…', stop: '停止',
  closed: '未打开', listening: 'TCP 服务器', connected: 'TCP 客户端', udp: 'UDP',
  everybody: n => `全部 ${n} 个`, picked: n => `选中的 ${n} 个`, nobody: '无',
  totals: t => `收 ${t.bytesIn} 字节 / ${t.receives} 次 · 发 ${t.bytesOut} 字节 / ${t.sends} 次`
    + (t.cut ? ` · 截断 ${t.cut}` : '') + (t.unsent ? ` · 未发 ${t.unsent}` : '')
    + (t.withheld ? ` · 未自动回复 ${t.withheld}` : '') + (t.refused ? ` · 拒绝 ${t.refused}` : ''),
  counts: p => `收 ${p.bytesIn} 字节 / ${p.messagesIn} · 发 ${p.bytesOut} 字节 / ${p.messagesOut}`,
  since: '自', waiting: n => `对方未读取 ${n} 字节`, closing: '正在关闭',
  dropped: n => `更早的 ${n} 行已丢弃`, paused: n => `继续（${n} 条新记录）`, gap: n => `${n} 行来得太快，未显示`,
  empty: '选择 TCP Server、TCP Client 或 UDP，然后打开。\n收到的内容显示在这里，每次接收一行。',
  emptyOpen: '还没有收到任何内容。', nothingFound: '没有匹配的行。',
  cut: '截断', cutLong: '该数据报超过单次接收上限，其余部分已丢失。',
  more: n => `… 还有 ${n} 字节`, bytes: n => `${n} 字节`, lost: '助手没有响应，正在重试…',
  noToken: '地址中缺少令牌，或助手已重新启动。请打开 ./sockbed assistant 打印的地址。',
  kinds: { opened: '已打开', closed: '已关闭', connected: '已连接', disconnected: '已断开', file: '文件', note: '提示', error: '错误', received: '收到', sent: '发送' },
  faults: {
    'not-open': '没有打开的会话', 'already-open': '已经打开了一个会话', nobody: '没有可发送的对象',
    'peer-gone': '该对端已经不在', 'not-reading': '对方没有读取数据', 'bad-input': '输入有误',
    'remote-not-allowed': '该地址可被其他机器访问，需加 --allow-remote 启动', busy: '正在进行，请稍候',
    file: '文件错误', network: '网络错误', viewers: '打开的页面太多',
  },
  notes: {
    'closed by the peer': '对方关闭', closed: '本端关闭', 'closed with the session': '随会话关闭', reset: '本端复位',
    'reset by the peer': '对方复位', 'it did not read': '对方一直不读取', 'automatic reply': '自动回复',
    'the connection ended': '连接已结束', forgotten: '已移除',
  },
  repeating: r => `已发 ${r.times} 次` + (r.missed ? `，错过 ${r.missed} 次` : ''),
  fileUnread: name => `无法读取 ${name}`, fileTooLong: '页面最多发送 16 MiB 的文件；更大的请用控制台。',
  arrived: (n, text) => `收到 ${n} 条，最新：${text}`,
  badNumber: '端口和上限必须是整数。',
};

const stored = localStorage.getItem('language');
let language = stored ?? (navigator.languages.some(l => l.startsWith('zh')) && !navigator.languages[0].startsWith('en') ? 'zh' : 'en');
const changed = [];

export function word(name) {
  return (language === 'zh' ? CHINESE : ENGLISH)[name] ?? ENGLISH[name] ?? name;
}

/** A note of the transcript, translated if it is a known one. */
export function note(text) {
  return word('notes')[text] ?? text;
}

/** A refusal as the person reads it: what kind it is, then what the assistant says. */
export function fault(problem) {
  const kind = word('faults')[problem.fault];
  return kind ? `${kind}：${problem.message}` : problem.message;
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
