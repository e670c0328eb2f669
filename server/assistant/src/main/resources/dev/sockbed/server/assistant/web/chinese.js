// The page's words in Chinese, and what the assistant says.

export const CHINESE = {
  skip: '跳到发送', assistant: '网络调试助手', theme: '主题', dismiss: '关闭提示',
  session: '会话', mode: '模式', localAddress: '本地地址', remoteAddress: '服务器地址',
  port: '端口', receiveLimit: '单次接收上限（字节）', open: '打开', connect: '连接', close: '关闭会话',
  peerAddress: '对端地址', add: '添加',
  peers: '连接', udpPeers: '对端', all: '全部', noPeers: '还没有连接。', closePeer: '断开', resetPeer: '复位 (RST)', forgetPeer: '移除',
  rules: '自动回复', when: '收到的内容', whenAny: '任意', whenExact: '完全等于', whenContains: '包含',
  whenRegex: '匹配正则', pattern: '比较内容', reply: '回复', replyPrefix: '文本 + 收到的内容', replyText: '文本',
  replyHex: '十六进制', replyEcho: '原样返回', value: '文本', addRule: '添加规则', remove: '删除',
  transcript: '收发记录', time: '时间', peer: '对端', length: '字节', content: '内容', search: '搜索', searchHint: '搜索 ( / )', view: '显示方式',
  text: '文本', hex: '十六进制', both: '两者', pause: '暂停', resume: '继续', saveText: '存为文本',
  saveJson: '存为 JSON', clear: '清空', resetCounts: '计数清零', toEnd: '最新 ↓', closeDetail: '关闭详情',
  send: '发送', sendTo: '发送给', sendAs: '发送方式', sendHint: '文本，可用 \\n \\x41 转义；回车发送，Shift+回车换行',
  hexHint: '48 65 6c 6c 6f 或 0x48 0x65 …；回车发送', asTyped: '原样', ending: '行尾', endingNone: '无',
  checksum: '校验', checksumNone: '无', checksumSum: '累加和', checksumXor: '异或',
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
  repeating: r => `已发 ${r.times} 次` + (r.missed ? `，错过 ${r.missed} 次` : ''),
  fileUnread: name => `无法读取 ${name}`, fileTooLong: '页面最多发送 16 MiB 的文件；更大的请用控制台。',
  arrived: (n, text) => `收到 ${n} 条，最新：${text}`,
  badNumber: '端口和上限必须是整数。',
};

const CALLS = {
  connect: '连接', bind: '绑定', listen: '监听', accept: '接受连接', 'accept on': '接受连接', send: '发送到',
  'send to': '发送到', sendto: '发送到', receive: '接收', 'receive from': '接收', resolve: '解析', socket: '创建套接字',
};

const ERRORS = {
  ECONNREFUSED: '被拒绝，没有程序在监听', ETIMEDOUT: '超时', ENETUNREACH: '不可达，没有路由', EBADF: '已被本端关闭',
  ECONNRESET: '连接被对方复位', EADDRINUSE: '地址已被其他套接字占用', EADDRNOTAVAIL: '本机没有该地址，或端口已用尽',
  EACCES: '权限不足', EMSGSIZE: '消息超过数据报的最大长度', EMFILE: '描述符或缓冲区不足', EAI_NONAME: '未知的主机名',
};

const REGEX_FAULTS = {
  'missing closing )': '缺少右括号', 'unexpected )': '多余的右括号', 'missing closing ]': '缺少右方括号',
  'missing argument to repetition operator': '重复符前面没有内容', 'invalid nested repetition operator': '重复符不能连用',
  'invalid repeat count': '重复次数有误', 'invalid character class range': '字符范围有误', 'invalid escape sequence': '转义写法有误',
  'trailing backslash at end of expression': '结尾的反斜杠后面没有字符', 'invalid named capture': '命名分组写法有误',
  'invalid or unsupported Perl syntax': '不支持的写法',
};

// What the assistant says: how it begins and ends, and how that is said in Chinese. A test goes through them.
const SAYINGS = [
  [/^closed by the peer$/, () => '对方关闭'],
  [/^closed$/, () => '本端关闭'],
  [/^closed with the session$/, () => '随会话关闭'],
  [/^reset$/, () => '本端复位'],
  [/^reset by the peer$/, () => '对方复位'],
  [/^it did not read$/, () => '对方一直不读取'],
  [/^interrupted$/, () => '被中断'],
  [/^automatic reply$/, () => '自动回复'],
  [/^the connection ended$/, () => '连接已结束'],
  [/^forgotten$/, () => '已移除'],
  [/^forgotten: there are (\d+) others$/, n => `已移除：另有 ${n} 个对端`],
  [/^refused: there are (\d+) connections already$/, n => `已拒绝：已有 ${n} 个连接`],
  [/^sent (.*), (\d+) of (\d+) bytes$/, (name, sent, all) => `已发送 ${name}，${sent} / ${all} 字节`],
  [/^stopped: (.*), (\d+) of (\d+) bytes$/, (name, sent, all) => `已停止：${name}，${sent} / ${all} 字节`],
  [/^not sent: (.*) \(it does not read\)$/, name => `未发送：${name}（对方没有读取）`],
  [/^not sent: (.*)$/, why => `未发送：${inChinese(why)}`],
  [/^can't read (.*?): (.*)$/, (name, why) => `无法读取 ${name}：${why}`],
  [/^(\d+) messages that waited were not sent$/, n => `有 ${n} 条等待中的消息未发送`],

  [/^nothing is open; open a session first$/, () => '没有打开的会话，请先打开'],
  [/^close (.*) first; one session is open at a time$/, setup => `请先关闭 ${setup}；同一时间只能打开一个会话`],
  [/^(.*) can be reached from other machines; start the assistant with (--allow-remote) .*$/,
    (host, flag) => `${host} 可被其他机器访问；确实需要的话，请用 ${flag} 启动助手`],
  [/^nobody is connected, .*$/, () => '还没有连接，没有可发送的对象'],
  [/^nobody is picked; .*$/, () => '没有选中任何对端；请选一个，或选全部'],
  [/^peer (\d+) is not there any more; nothing was sent$/, n => `对端 ${n} 已经不在；什么也没有发送`],
  [/^a peer that is meant is just being closed; nothing was sent$/, () => '选中的对端正在关闭；什么也没有发送'],
  [/^not sent to peer \[(.*)\], which does not read .*; sent to (\d+) others$/,
    (peers, n) => `没有发送给对端 ${peers}，它还没有读取之前的数据；已发送给另外 ${n} 个`],
  [/^a message is at most (\d+) bytes, not (\d+); .*$/, (most, n) => `一条消息最多 ${most} 字节，这条有 ${n} 字节；请改为发送文件`],
  [/^the interval must be at least 1 ms$/, () => '间隔至少为 1 毫秒'],
  [/^(.*) is being sent; wait for it or stop it$/, name => `正在发送 ${name}；请等待或停止它`],
  [/^there are at most (\d+) rules$/, n => `最多 ${n} 条规则`],
  [/^only a UDP session has peers that can be added$/, () => '只有 UDP 会话可以添加对端'],
  [/^at most (\d+) MiB can be sent from the page$/, n => `页面最多发送 ${n} MiB`],
  [/^there are (\d+) viewers already; close a tab$/, n => `已有 ${n} 个页面打开；请关闭一个`],

  [/^a byte has two hexadecimal digits, but there is only (.*) at position (\d+)$/,
    (what, at) => `每个字节要有两位十六进制数字，但第 ${at} 个字符处只有 ${what === 'nothing' ? '空白' : what}`],
  [/^(.*) at position (\d+) is not a hexadecimal digit$/s, (what, at) => `第 ${at} 个字符 ${what} 不是十六进制数字`],
  [/^a backslash at the end at position (\d+) .*$/, at => `第 ${at} 个字符：末尾只有一个反斜杠（反斜杠本身写作 \\\\）`],
  [/^an incomplete escape at position (\d+) .*$/, at => `第 ${at} 个字符：转义不完整（写作 \\x41 或 \\u{4e2d}）`],
  [/^an unknown escape (.*) at position (\d+) \(known are (.*)\)$/s, (what, at, known) => `第 ${at} 个字符：未知的转义 ${what}（可用 ${known}）`],
  [/^something that is no character at position (\d+)$/, at => `第 ${at} 个字符：不是有效字符`],
  [/^the regular expression is wrong at '(.*)': (.*)$/s, (at, why) => `正则表达式在“${at}”处有误：${REGEX_FAULTS[why] ?? why}`],

  [/^the receive limit must be 1 to (\d+) bytes, not (.*)$/, (most, n) => `单次接收上限须为 1 到 ${most} 字节，而不是 ${n}`],
  [/^bad address '(.*)': (.*)$/, (address, why) => `地址 ${address} 有误：${inChinese(why)}`],
  [/^the port must be 0 to 65535$/, () => '端口须为 0 到 65535'],
  [/^port 0 is for listening; .*$/, () => '端口 0 只用于监听；请写对方的端口'],
  [/^the wildcard is for listening; .*$/, () => '通配地址只用于监听；请写对方的地址'],
  [/^the host is missing$/, () => '缺少主机'],
  [/^'(.*)' is not an (IPv[46]) address.*$/, (host, kind) => `“${host}”不是 ${kind} 地址`],
  [/^'(.*)' is not a host name.*$/, host => `“${host}”不是主机名`],
  [/^'(.*)' is an IPv4 address: write (.*)$/, (host, plain) => `“${host}”是 IPv4 地址，请写 ${plain}`],
  [/^the scope after '%' must name an interface$/, () => '“%”之后须为接口名'],

  // A socket's call: connect tcp://127.0.0.1:9: refused: nothing listens there (ECONNREFUSED)
  [/^(connect|bind|listen|accept on|accept|sendto|send to|send|receive from|receive|resolve|socket) (\S+?)(?: .*?)?: (.*) \((E\w+)\)$/s,
    (call, where, why, error) => `${CALLS[call]} ${where} 失败：${ERRORS[error] ?? why} (${error})`],
];

/** A sentence of the assistant in Chinese; one that is not known stays as it is. */
export function inChinese(text) {
  for (const [english, chinese] of SAYINGS) {
    const found = english.exec(text);
    if (found) return chinese(...found.slice(1));
  }
  return text;
}
