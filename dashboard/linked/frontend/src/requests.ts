/** Questions to the application's own routes: with the ticket, from the cache where nothing changed, and patient. */

export const TICKET_HEADER = "X-Samsyn-Ticket";
const MOST_KEPT = 24;
const WAITS_MS = [1000, 2000, 4000, 8000];
const RENEW_MS = 10_000;
/** The ticket ran out, or the address is one of older data: either way Python knows the new one. */
const RENEWED: readonly number[] = [401, 404];

/** The server understood, and said no; `message` is its reason in words. */
export class Refused extends Error {}

export interface Surroundings {
  fetch: (address: string, options: RequestInit) => Promise<Response>;
  /** Ask Python for a new ticket. */
  renew: (times: number) => void;
  /** The server stopped or began to answer. */
  away: (isAway: boolean) => void;
  waitsMs?: readonly number[];
}

interface Kept {
  etag: string;
  body: unknown;
}

export class Requests {
  private ticket = "";
  private renewals = 0;
  private isAway = false;
  private readonly kept = new Map<string, Kept>();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly around: Surroundings) {}

  useTicket(ticket: string): void {
    if (ticket === this.ticket) return;
    this.ticket = ticket;
    this.wake();
  }

  /** Ask again at once where an answer is waited for. */
  wake(): void {
    for (const resolve of this.waiting) resolve();
  }

  /** Answer as JSON; waits and asks again while the server is away or wants a new ticket. */
  async json<T>(address: string, signal: AbortSignal): Promise<T> {
    for (let failures = 0; ; ) {
      const ticket = this.ticket;
      const response = await this.sent(address, ticket, signal);
      if (response && response.status < 500) this.reached();
      if (response && RENEWED.includes(response.status)) {
        await this.renewed(ticket, signal);
        continue;
      }
      const body = response && response.status < 500 ? await this.read(address, response, signal) : undefined;
      if (body !== undefined) return body as T;
      this.lost();
      const waits = this.around.waitsMs ?? WAITS_MS;
      await this.pause(waits[Math.min(failures, waits.length - 1)] ?? 0, signal);
      failures += 1;
    }
  }

  private async sent(address: string, ticket: string, signal: AbortSignal): Promise<Response | null> {
    const headers: Record<string, string> = { [TICKET_HEADER]: ticket };
    const kept = this.kept.get(address);
    if (kept) headers["If-None-Match"] = kept.etag;
    try {
      // Our own cache asks and answers; the browser's would hide the 304.
      return await this.around.fetch(address, { headers, signal, cache: kept ? "no-store" : "default", credentials: "same-origin" });
    } catch (problem) {
      signal.throwIfAborted();
      if (!(problem instanceof TypeError)) throw problem;
      return null;
    }
  }

  /** What an answer holds; undefined when it broke off on the way. */
  private async read(address: string, response: Response, signal: AbortSignal): Promise<unknown> {
    const kept = this.kept.get(address);
    if (response.status === 304 && kept) return this.keep(address, kept);
    if (!response.ok) {
      const said = (await response.json().catch(() => ({}))) as { reason?: string };
      throw new Refused(said.reason ?? `${response.status}`);
    }
    const body: unknown = await response.json().catch(() => undefined);
    signal.throwIfAborted();
    const etag = response.headers.get("ETag");
    return etag && body !== undefined ? this.keep(address, { etag, body }) : body;
  }

  /** Remember an answer as the newest; the one not asked for the longest is forgotten. */
  private keep(address: string, kept: Kept): unknown {
    this.kept.delete(address);
    this.kept.set(address, kept);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return kept.body;
  }

  private async renewed(refused: string, signal: AbortSignal): Promise<void> {
    if (this.ticket !== refused) return;
    this.around.renew((this.renewals += 1));
    await this.pause(RENEW_MS, signal);
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  private lost(): void {
    if (!this.isAway) this.around.away((this.isAway = true));
  }

  private reached(): void {
    if (this.isAway) this.around.away((this.isAway = false));
  }
}
