/** Mouse, pen and fingers over the map: a tap, a drag, two fingers, the wheel. */

const STILL_PX = 6;
const SECOND_MS = 350;
const WHEEL_PX_PER_DOUBLE = 240;
const LINE_PX = 16;

/**
 * `on`: tap(place, target, isSecond), pan(dx, dy), zoom(factor, place), hover(place, target) with null for away,
 * grab(target) which gives a function that is told where what was grabbed is dragged to, or nothing.
 */
export function listen(surface, on) {
  const down = new Map();
  let drag = null;
  let isMoving = false;
  let lastTap = { at: 0, place: [0, 0] };

  const placeOf = (event) => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const far = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);

  surface.onpointerdown = (event) => {
    if (event.button > 0) return;
    surface.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    down.set(event.pointerId, { first: place, last: place, target: event.target });
    if (down.size > 1) isMoving = true;
    else [isMoving, drag] = [false, on.grab(event.target)];
    if (drag) event.preventDefault();
  };

  surface.onpointermove = (event) => {
    const place = placeOf(event);
    const finger = down.get(event.pointerId);
    if (!finger) return on.hover(place, event.target);
    const before = finger.last;
    if (!isMoving && far(place, finger.first) < STILL_PX) return undefined;
    isMoving = true;
    finger.last = place;
    if (drag) return drag(place, false);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return on.pan(place[0] - before[0], place[1] - before[1]);
    const middle = (a) => [(a[0] + other.last[0]) / 2, (a[1] + other.last[1]) / 2];
    const [from, to] = [middle(before), middle(place)];
    on.pan(to[0] - from[0], to[1] - from[1]);
    return on.zoom(Math.max(far(place, other.last), 1) / Math.max(far(before, other.last), 1), to);
  };

  surface.onpointerup = (event) => {
    const finger = down.get(event.pointerId);
    if (!finger) return;
    down.delete(event.pointerId);
    const place = placeOf(event);
    if (drag && isMoving) drag(place, true);
    else if (!isMoving) tap(place, finger.target);
    if (!down.size) [drag, isMoving] = [null, false];
  };

  surface.onpointercancel = (event) => {
    const finger = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (finger && drag && isMoving) drag(finger.last, true);
    if (!down.size) [drag, isMoving] = [null, false];
  };

  surface.onpointerleave = () => on.hover(null, null);

  surface.onwheel = (event) => {
    event.preventDefault();
    const px = event.deltaY * (event.deltaMode ? LINE_PX : 1);
    on.zoom(2 ** (-px / WHEEL_PX_PER_DOUBLE), placeOf(event));
  };

  function tap(place, target) {
    const at = performance.now();
    const isSecond = at - lastTap.at < SECOND_MS && far(place, lastTap.place) < STILL_PX * 2;
    lastTap = { at: isSecond ? 0 : at, place };
    on.tap(place, target, isSecond);
  }
}
