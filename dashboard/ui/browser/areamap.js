/** A map to choose districts on and to draw a surface on. Python holds what is chosen and drawn; this says what the person did. */

import { Camera } from "./areamap/camera.js";
import { ARROWS, Districts } from "./areamap/districts.js";
import { el, svg } from "./areamap/dom.js";
import { Furniture } from "./areamap/furniture.js";
import { backdropPaths, fetchOnce } from "./areamap/geometry.js";
import { Labels } from "./areamap/labels.js";
import { Pen } from "./areamap/pen.js";
import { listen } from "./areamap/pointer.js";
import { Surface } from "./areamap/surface.js";

const RETRY_MS = 3000;
const REFUSED = 401;

class AreaMap {
  #said = 0;
  #tool = "choose";
  #chosen = new Set();
  #districts = new Districts();
  #surface = new Surface();
  #labels = new Labels();
  #town = svg("g", { class: "town" });
  #plane = svg("g", {}, this.#town, this.#districts.group);
  #map = svg("svg", { class: "map", role: "group" }, this.#plane, this.#labels.group, this.#surface.group);
  #camera;
  #pen;
  #furniture;
  #root;

  constructor(component) {
    this.component = component;
    this.#furniture = new Furniture(component.data.words, {
      use: (tool) => this.#use(tool),
      remove: () => this.#remove(),
      zoom: (factor) => this.#camera.zoom(factor),
      whole: () => this.#camera.showWhole(),
    });
    const { tools, zoom, legend, bar, tip, hint, problem } = this.#furniture;
    const place = el("div", { class: "place" }, tools, this.#map, tip, zoom, legend, bar);
    place.style.height = `${component.data.height}px`;
    this.#root = el("div", { class: "areamap" }, place, problem, hint);
    component.parentElement.append(this.#root);
    this.#camera = new Camera(place, () => this.#moved());
    this.#pen = new Pen(this.#camera, { changed: () => this.#show(), done: () => this.#say(), left: () => this.#use("choose") });
    this.#listen();
  }

  /** Take what Python gives; what the person has done since Python last listened stays. */
  update(component) {
    this.component = component;
    const { colours, now, mode, words } = component.data;
    for (const [name, colour] of Object.entries(colours)) this.#root.style.setProperty(`--${name.replaceAll("_", "-")}`, colour);
    this.#root.dataset.mode = mode;
    this.#map.setAttribute("aria-label", words.label);
    if (now.n >= this.#said) {
      this.#said = now.n;
      this.#chosen = new Set(now.areas);
      if (!this.#pen.sketch.isBegun) this.#pen.sketch.adopt(now.corners);
    }
    this.#load();
    this.#show();
  }

  end() {
    this.#camera.end();
    clearTimeout(this.retry);
  }

  async #load() {
    const { documents, ticket, bounds, districts, words } = this.component.data;
    const wanted = JSON.stringify([documents, districts]);
    if (this.wanted === wanted) return;
    this.wanted = wanted;
    this.#root.dataset.state = words.loading;
    try {
      const [areas, town] = await Promise.all([fetchOnce(documents.districts, ticket), fetchOnce(documents.backdrop, ticket)]);
      if (this.wanted !== wanted) return;
      delete this.#root.dataset.state;
      this.#camera.lookAt(bounds);
      this.#draw(areas, town);
    } catch (problem) {
      if (this.wanted === wanted) this.#away(problem);
    }
  }

  #away(problem) {
    this.wanted = undefined;
    this.#root.dataset.state = this.component.data.words.away;
    if (problem.status === REFUSED) this.component.setTriggerValue("renew", true);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.#load(), RETRY_MS);
  }

  #draw(areas, town) {
    const { plane } = this.#camera;
    const paths = backdropPaths(town, plane);
    this.#town.replaceChildren(...paths.map(({ kind, d }) => svg("path", { d, "data-kind": kind })));
    // Where the land is drawn, the sea lies under it.
    this.#map.classList.toggle("sea", paths.some(({ kind }) => kind === "land"));
    this.#districts.show(areas, this.component.data.districts, plane);
    this.#moved();
    this.#show();
  }

  /* What the person does */

  #listen() {
    listen(this.#map, {
      tap: (...given) => this.#tap(...given),
      pan: (dx, dy) => this.#camera.pan(dx, dy),
      zoom: (factor, place) => this.#camera.zoom(factor, place),
      hover: (place, target) => this.#hover(place, target),
      grab: (target) => (this.#isDrawing ? this.#pen.grab(target) : null),
    });
    this.#map.onkeydown = (event) => this.#key(event);
    this.#map.addEventListener("focusin", ({ target }) => this.#focus(target.matches(":focus-visible") ? this.#districts.of(target) : undefined));
    this.#map.addEventListener("focusout", () => this.#focus(undefined));
  }

  #use(tool) {
    this.#tool = tool;
    this.#pen.lift();
    this.#show();
    if (this.#isDrawing) this.#map.focus();
  }

  #tap(place, target, isSecond) {
    if (!this.#isDrawing) return this.#toggle(this.#districts.of(target));
    this.#map.focus();
    return this.#pen.tap(place, target, isSecond);
  }

  #toggle(one) {
    if (!one) return;
    if (!this.#chosen.delete(one.code)) this.#chosen.add(one.code);
    this.#say();
  }

  #remove() {
    this.#pen.remove();
    (this.#isDrawing ? this.#map : this.#furniture.draw).focus();
  }

  #hover(place, target) {
    this.#pen.hover(place);
    if (this.#isDrawing) this.#drawSurface();
    this.#name(this.#isDrawing ? undefined : this.#districts.of(target), place);
  }

  #focus(one) {
    this.#districts.markFocused(one);
    this.#name(one, one && this.#camera.screen(one.x, one.y));
  }

  #name(one, place) {
    const { roles, legend } = this.component.data;
    const role = one && roles[one.code];
    this.#furniture.point(role ? `${one.name} \u2013 ${legend[role]}` : one?.name, place, this.#camera.size.width);
  }

  #key(event) {
    if (event.altKey || ((event.ctrlKey || event.metaKey) && event.key !== "z")) return;
    const isTaken = this.#isDrawing ? this.#pen.key(event) : this.#keyChoosing(event);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #keyChoosing({ key, target }) {
    const from = this.#districts.of(target);
    if (!from) return false;
    if (key === " " || key === "Enter") this.#toggle(from);
    else if (key in ARROWS) this.#goTo(this.#districts.beside(from, key));
    else return false;
    return true;
  }

  #goTo(one) {
    if (!one) return;
    this.#camera.reveal(one);
    this.#districts.focus(one);
  }

  #say() {
    this.#said += 1;
    this.component.setStateValue("drawn", { n: this.#said, areas: [...this.#chosen], corners: this.#pen.sketch.said });
    this.#show();
  }

  /* What is seen */

  get #isDrawing() {
    return this.#tool === "draw";
  }

  #show() {
    const { roles, legend } = this.component.data;
    this.#root.dataset.tool = this.#tool;
    this.#map.setAttribute("tabindex", this.#isDrawing ? 0 : -1);
    this.#furniture.show(this.component.data, { tool: this.#tool, sketch: this.#pen.sketch });
    this.#districts.mark(this.#chosen, roles, legend, !this.#isDrawing);
    this.#drawSurface();
  }

  #drawSurface() {
    if (!this.#camera.view) return;
    const isRefused = this.#pen.sketch.isClosed && Boolean(this.component.data.problem);
    this.#surface.draw(this.#pen, (corner) => this.#camera.at(corner), { isDrawing: this.#isDrawing, isRefused });
  }

  #moved() {
    const { view, size } = this.#camera;
    if (!view) return;
    this.#plane.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
    this.#labels.draw(this.#districts.all, view, size);
    this.#furniture.measure(view);
    this.#name(undefined);
    this.#drawSurface();
  }
}

const maps = new WeakMap();

export default function (component) {
  const host = component.parentElement;
  if (!maps.has(host)) maps.set(host, new AreaMap(component));
  maps.get(host).update(component);
  return () => {
    maps.get(host)?.end();
    maps.delete(host);
  };
}
