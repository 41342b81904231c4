/** The component itself: holds the question, asks the route, paints the answer, and tells Python when it is quiet. */
import { el } from "./dom";
import { type Writer, writer } from "./format";
import { Page } from "./page";
import { mark } from "./painted";
import { EVERYTHING, type Selection, isSame, readQuery, viewsAddress, writeQuery } from "./query";
import { Refused, Requests } from "./requests";
import type { Shapes } from "./shapes";
import { EXPORTED, type Exported } from "./table";
import styles from "./style.css";
import { Tooltip } from "./tooltip";
import type { Answer, Component, LinkedData, Mount } from "./types";

const QUIET_MS = 400;

export class Linked {
  private readonly root = el("div", { class: "linked", "data-state": "loading" });
  private readonly banner = el("p", { class: "banner", role: "status", hidden: true });
  private readonly live = el("p", { class: "unseen", "aria-live": "polite" });
  private readonly waiting = el("p", { class: "waiting", role: "status" });
  private readonly tooltip = new Tooltip();
  private readonly requests: Requests;
  private component: Component;
  private data: LinkedData;
  private page: Page | null = null;
  private words: Writer;
  private selection: Selection = EVERYTHING;
  private layer = "";
  private epoch = NaN;
  private serial = 0;
  private mounted = "";
  private mounting = new AbortController();
  private asking = new AbortController();
  private quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(component: Component) {
    this.component = component;
    this.data = component.data;
    this.words = writer(component.data.lang, component.data.words ?? {});
    this.requests = new Requests({
      fetch: (address, options) => fetch(address, options),
      renew: (times) => this.component.setTriggerValue("renew", times),
      away: (isAway) => this.serverIs(isAway),
    });
    this.waiting.textContent = this.words.word("loading");
    this.root.append(el("style", {}, styles), el("div", { class: "busy" }), this.banner, this.waiting, this.live, this.tooltip.root);
    this.root.addEventListener(EXPORTED, (event) => {
      const taken = (event as CustomEvent<Exported>).detail;
      this.component.setTriggerValue("exported", { ...taken, query: writeQuery(this.selection) });
    });
    component.parentElement.append(this.root);
    addEventListener("online", this.wake);
  }

  /** Streamlit ran: take over what is new. */
  update(component: Component): void {
    this.component = component;
    this.data = component.data;
    this.requests.useTicket(this.data.ticket);
    this.root.dataset["export"] = this.data.can_export ? "open" : "closed";
    this.root.dataset["screen"] = this.data.is_shown ? "shared" : "own";
    const isAnother = this.data.epoch !== this.epoch;
    if (isAnother) this.adopt();
    if (this.data.mount !== this.mounted) void this.build();
    else if (isAnother) void this.ask();
  }

  finalize(): void {
    removeEventListener("online", this.wake);
    clearTimeout(this.quiet);
    this.mounting.abort();
    this.asking.abort();
    this.page?.finalize();
    this.root.remove();
  }

  private readonly wake = (): void => this.requests.wake();

  private adopt(): void {
    this.epoch = this.data.epoch;
    this.selection = readQuery(this.data.query);
    this.layer = this.data.layer;
    clearTimeout(this.quiet);
    this.serial += 1;
  }

  /** Fetch the mount document and build the page from it; the map stays where it was while its districts do. */
  private async build(): Promise<void> {
    this.mounted = this.data.mount;
    this.mounting.abort();
    this.mounting = new AbortController();
    const { signal } = this.mounting;
    this.state = "loading";
    await this.guarded(async () => {
      const mount = await this.requests.json<Mount>(this.address(this.data.mount), signal);
      const before = this.page;
      const isSame = before?.mount.map?.documents.districts === mount.map?.documents.districts;
      const kept = isSame ? (before?.kept ?? null) : null;
      before?.finalize();
      this.words = writer(mount.locale, { ...this.data.words, ...mount.words });
      this.dress(mount);
      this.page = new Page(mount, this.words, {
        change: (change, event) => this.changed(change(this.selection), this.layer, event),
        layer: (name, event) => this.changed(this.selection, name, event),
        say: (words) => (this.live.textContent = words),
        tooltip: this.tooltip,
      });
      this.waiting.remove();
      this.root.append(this.page.root);
      const map = this.page.loadMap((path) => this.requests.json<Shapes>(this.address(path), signal), kept);
      await Promise.all([this.ask(), map]);
    });
  }

  private changed(selection: Selection, layer: string, event: Event): void {
    if (layer === this.layer && isSame(selection, this.selection)) return;
    const hasNewAreas = selection.areaSet !== this.selection.areaSet;
    this.selection = selection;
    this.layer = layer;
    this.serial += 1;
    mark("click", this.serial, event.timeStamp);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.tell(), hasNewAreas ? 0 : QUIET_MS);
    // Another set of districts needs another mount document, which Python names.
    if (hasNewAreas) this.state = "working";
    else void this.ask();
  }

  private async ask(): Promise<void> {
    const { serial, page } = this;
    if (!page) return;
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.root.dataset["serial"] = String(serial);
    page.chooseLayer(this.layer);
    if (this.state === "ready") this.state = "working";
    await this.guarded(async () => {
      const answer = await this.requests.json<Answer>(this.question(), signal);
      mark("answer", serial);
      this.banner.hidden = true;
      await page.paint(answer, serial, this.selection.areaSet);
      if (serial !== this.serial) return;
      if (this.root.dataset["painted"]) this.live.textContent = page.summary(answer);
      this.root.dataset["painted"] = String(serial);
      this.state = "ready";
    });
  }

  /** Overtaken work ends in silence; a refusal is said, and the picture stays. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === "AbortError") return;
      const reason = problem instanceof Error ? problem.message : String(problem);
      this.say(this.words.word("failed", { reason }));
      this.state = "ready";
      if (!(problem instanceof Refused)) throw problem;
    }
  }

  private tell(): void {
    this.component.setStateValue("asked", { query: writeQuery(this.selection), layer: this.layer, serial: this.serial });
  }

  private serverIs(isAway: boolean): void {
    if (isAway) this.say(this.data.words?.["server_away"] ?? this.words.word("server_away"));
    else this.banner.hidden = true;
    this.state = isAway ? "away" : "working";
  }

  private say(words: string): void {
    this.banner.textContent = words;
    this.banner.hidden = false;
  }

  private question(): string {
    const { layer, data } = this;
    return viewsAddress(this.address(data.views), this.selection, { layer, lang: data.lang, mode: data.mode });
  }

  /** Paths count from the application's root, wherever that lies. */
  private address(path: string): string {
    return new URL(path.replace(/^\//, ""), document.baseURI).href;
  }

  private dress(mount: Mount): void {
    for (const [name, colour] of Object.entries(mount.look)) {
      if (typeof colour === "string") this.root.style.setProperty(`--${name.replaceAll("_", "-")}`, colour);
    }
    this.root.dataset["mode"] = mount.mode;
    this.root.lang = mount.language;
  }

  private get state(): string {
    return this.root.dataset["state"] ?? "loading";
  }

  private set state(name: "loading" | "ready" | "working" | "away") {
    this.root.dataset["state"] = name;
  }
}
