// A right echo server over TCP and UDP by Node.

import dgram from 'node:dgram';
import net from 'node:net';

const LIMIT = 128;

const tcp = net.createServer({allowHalfOpen: true, noDelay: true}, (caller) => {
  caller.on('error', () => caller.destroy());
  caller.pipe(caller); // It ends its side when it has written all that came.
});

tcp.listen(0, '127.0.0.1', () => {
  const port = tcp.address().port;
  const udp = dgram.createSocket('udp4');
  udp.on('message', (received, peer) => {
    if (peer.port >= 1024) {
      udp.send(received.subarray(0, LIMIT), peer.port, peer.address, () => {});
    }
  });
  udp.bind(port, '127.0.0.1', () => console.log('listening', port));
});
