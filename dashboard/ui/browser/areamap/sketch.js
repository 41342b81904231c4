/** The surface that is being drawn, as corners [lon, lat]; knows nothing of screens. */

const FEWEST = 3;
const MOST = 500;
const DECIMALS = 6;

const written = ([lon, lat]) => [Number(lon.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];

export class Sketch {
  corners = [];
  isClosed = false;

  get isBegun() {
    return this.corners.length > 0 && !this.isClosed;
  }

  get canClose() {
    return !this.isClosed && this.corners.length >= FEWEST;
  }

  /** As Python knows it: the corners of a whole surface, or null. */
  get said() {
    return this.isClosed ? this.corners : null;
  }

  adopt(corners) {
    this.corners = corners.map((corner) => [...corner]);
    this.isClosed = corners.length > 0;
  }

  add(corner) {
    if (!this.isClosed && this.corners.length < MOST) this.corners.push(written(corner));
  }

  move(index, corner) {
    this.corners[index] = written(corner);
  }

  takeBack() {
    if (!this.isClosed) this.corners.pop();
  }

  /** True when there was enough to close. */
  close() {
    const can = this.canClose;
    if (can) this.isClosed = true;
    return can;
  }

  clear() {
    this.adopt([]);
  }
}
