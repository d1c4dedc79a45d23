import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import process from 'node:process';

// The calibration line: a bare server that sends back what it gets.
const server = createServer((request, response) => {
  request.pipe(response);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
