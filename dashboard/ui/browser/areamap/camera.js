/** Which part of the map is on the screen, and how large. */

import { fitted, planeAround, zoomed } from "./plane.js";

export class Camera {
  plane = null;
  view = null;
  #isTouched = false;
  #watch;

  /** `onMoved` is called when what is on the screen has moved. */
  constructor(place, onMoved) {
    this.place = place;
    this.onMoved = onMoved;
    this.#watch = new ResizeObserver(() => this.#resized());
    this.#watch.observe(place);
  }

  lookAt(bounds) {
    this.plane = planeAround(bounds);
    this.showWhole();
  }

  end() {
    this.#watch.disconnect();
  }

  pan(dx, dy) {
    if (this.view) this.#move({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
  }

  zoom(factor, place = this.middle) {
    if (this.view) this.#move(zoomed(this.view, fitted(this.plane.box, this.size), factor, place));
  }

  showWhole() {
    this.#isTouched = false;
    if (!this.plane || !this.size.width) return;
    this.view = fitted(this.plane.box, this.size);
    this.onMoved();
  }

  /** Bring a place of the plane into sight. */
  reveal({ x, y }) {
    const [left, top] = this.screen(x, y);
    const { width, height } = this.size;
    if (left < 0 || top < 0 || left > width || top > height) this.pan(width / 2 - left, height / 2 - top);
  }

  get size() {
    return { width: this.place.clientWidth, height: this.place.clientHeight };
  }

  get middle() {
    return [this.size.width / 2, this.size.height / 2];
  }

  screen(x, y) {
    return [x * this.view.scale + this.view.x, y * this.view.scale + this.view.y];
  }

  /** [lon, lat] on the screen, to a tenth of a pixel. */
  at([lon, lat]) {
    return this.screen(this.plane.x(lon), this.plane.y(lat)).map((value) => Number(value.toFixed(1)));
  }

  lonLat([x, y]) {
    return [this.plane.lon((x - this.view.x) / this.view.scale), this.plane.lat((y - this.view.y) / this.view.scale)];
  }

  #move(view) {
    this.#isTouched = true;
    this.view = view;
    this.onMoved();
  }

  #resized() {
    if (!this.#isTouched) this.showWhole();
    else if (this.view) this.onMoved();
  }
}
