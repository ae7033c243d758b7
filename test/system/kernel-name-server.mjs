/** Answers the first TCP connection to port 53 with given bytes, inside a namespace. Argument: JSON { address, hex }. */
import net from "node:net";

const { address, hex } = JSON.parse(process.argv[2] ?? "{}");
const server = net.createServer((socket) => {
  server.close();
  socket.on("error", () => {});
  socket.on("close", () => process.exit());
  socket.end(Buffer.from(hex, "hex"));
});
server.listen(53, address);
setTimeout(() => process.exit(), 4000);
