import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll } from "@jest/globals";
import { selfSigned } from "./certificate.ts";

/** An HTTPS server on the loopback interface. */
export interface TestServer {
  readonly port: number;
  /** The certificate that it shows, to be trusted. */
  readonly ca: string;
  /** `METHOD path` of each request, with its headers. */
  readonly requests: { readonly line: string; readonly headers: IncomingMessage["headers"] }[];
}

/** Answers a request; one that it does not answer stays open. */
export type Answer = (request: IncomingMessage, response: ServerResponse, server: TestServer) => void;

const stops: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Starts a server that is stopped when the test file is done. It shows a certificate for `names`. */
export async function startServer(names: readonly string[], answer: Answer): Promise<TestServer> {
  const { key, cert } = selfSigned(names, ["127.0.0.1"]);
  const requests: TestServer["requests"] = [];
  const started = createServer({ key, cert }, (request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    response.on("error", () => undefined);
    answer(request, response, server);
  });
  started.on("tlsClientError", () => undefined);
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  const server: TestServer = { port: (started.address() as AddressInfo).port, ca: cert, requests };
  stops.push(async () => {
    started.closeAllConnections();
    await new Promise((done) => started.close(done));
  });
  return server;
}
