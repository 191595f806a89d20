// A hub on ws, as its documentation writes a broadcast: /events follows, /publish is brought to all who follow.
'use strict';

const http = require('node:http');
const { WebSocketServer, WebSocket } = require('ws');

const [host, port] = process.argv[2].split(':');
const server = http.createServer((_, answer) => answer.end());
const hub = new WebSocketServer({ server, perMessageDeflate: false });
const following = new Set();

hub.on('connection', (socket, request) => {
  socket.on('error', () => socket.terminate());
  if (request.url === '/events') {
    following.add(socket);
    socket.on('close', () => following.delete(socket));
    return;
  }
  socket.on('message', (text) => {
    for (const line of following) {
      if (line.readyState === WebSocket.OPEN) line.send(text, { binary: false });
    }
  });
});

server.listen(Number(port), host);
