import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Requests, TICKET_HEADER } from "../../../dashboard/linked/frontend/src/requests";

interface Sent {
  address: string;
  ticket: string | null;
  tag: string | null;
}

type Reply = (sent: Sent) => Response | Error;

/** A server that answers with the given replies in turn, the last one for ever. */
function serverOf(...replies: Reply[]): { requests: Requests; sent: Sent[]; away: boolean[]; renewals: number[] } {
  const [sent, away, renewals]: [Sent[], boolean[], number[]] = [[], [], []];
  const requests = new Requests({
    waitsMs: [1, 2],
    away: (isAway) => away.push(isAway),
    renew: (times) => renewals.push(times),
    fetch: (address, options) => {
      options.signal?.throwIfAborted();
      const headers = new Headers(options.headers);
      const one = { address, ticket: headers.get(TICKET_HEADER), tag: headers.get("If-None-Match") };
      sent.push(one);
      const reply = (replies[sent.length - 1] ?? replies.at(-1))?.(one) ?? new Error("no reply");
      return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
    },
  });
  requests.useTicket("first");
  return { requests, sent, away, renewals };
}

const json = (body: unknown, init: ResponseInit = {}): Reply => () => new Response(JSON.stringify(body), init);
const status = (code: number): Reply => () => new Response(null, { status: code });
const open = (): AbortSignal => new AbortController().signal;

test("an answer comes with the ticket and is remembered by its tag", async () => {
  const { requests, sent } = serverOf(json({ n: 1 }, { headers: { ETag: '"a"' } }), status(304), json({ n: 2 }, { headers: { ETag: '"b"' } }));
  assert.deepEqual(await requests.json("/v", open()), { n: 1 });
  assert.deepEqual(await requests.json("/v", open()), { n: 1 });
  assert.deepEqual(await requests.json("/v", open()), { n: 2 });
  assert.deepEqual(sent.map(({ ticket, tag }) => [ticket, tag]), [["first", null], ["first", '"a"'], ["first", '"a"']]);
});

test("answers asked for long ago are forgotten", async () => {
  const { requests, sent } = serverOf(({ address }) => new Response("{}", { headers: { ETag: `"${address}"` } }));
  for (let i = 0; i < 30; i++) await requests.json(`/${i}`, open());
  await requests.json("/0", open());
  await requests.json("/29", open());
  assert.deepEqual(sent.slice(-2).map(({ tag }) => tag), [null, '"/29"']);
});

test("a server that is away is asked again until it answers, and both turns are told once", async () => {
  const { requests, sent, away } = serverOf(status(503), () => new TypeError("no connection"), status(502), json({ n: 1 }));
  assert.deepEqual(await requests.json("/v", open()), { n: 1 });
  assert.equal(sent.length, 4);
  assert.deepEqual(away, [true, false]);
});

test("an answer that breaks off on the way is asked for again", async () => {
  const { requests } = serverOf(() => new Response('{"n":'), json({ n: 1 }));
  assert.deepEqual(await requests.json("/v", open()), { n: 1 });
});

test("a ticket that ran out is renewed by Python, then the question is asked again", async () => {
  const { requests, sent, renewals, away } = serverOf(status(401), json({ n: 1 }));
  const answer = requests.json("/v", open());
  setTimeout(() => requests.useTicket("second"), 5);
  assert.deepEqual(await answer, { n: 1 });
  assert.deepEqual([renewals, away], [[1], []]);
  assert.deepEqual(sent.map(({ ticket }) => ticket), ["first", "second"]);
});

test("a ticket that was exchanged in the meantime needs no renewal", async () => {
  const { requests, renewals } = serverOf(() => (requests.useTicket("second"), new Response(null, { status: 401 })), json({}));
  await requests.json("/v", open());
  assert.deepEqual(renewals, []);
});

test("a refusal gives the server's reason and is not asked again", async () => {
  const { requests, sent } = serverOf(json({ reason: "hours = 200" }, { status: 400 }));
  await assert.rejects(requests.json("/v", open()), (error) => error instanceof Refused && error.message === "hours = 200");
  assert.equal(sent.length, 1);
});

test("an overtaken question ends, also while it waits for the server to come back", async () => {
  const { requests } = serverOf(status(503));
  const control = new AbortController();
  const answer = requests.json("/v", control.signal);
  setTimeout(() => control.abort(), 5);
  await assert.rejects(answer, { name: "AbortError" });
});
