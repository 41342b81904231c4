// Fetches the program of the linked views, once per visit, from an address that names its content; until then there is one line of words.
const latest = new WeakMap();
const RETRY_MS = 3000;
let program;

function begin(component) {
  const host = component.parentElement;
  program ??= import(new URL(component.data.script.slice(1), document.baseURI).href);
  return program.then(
    (loaded) => {
      host.querySelector("[data-wait]")?.remove();
      const now = latest.get(host);
      if (now) now.cleanup = loaded.default(now.component);
    },
    () => {
      program = undefined;
      say(host, component.data.words.server_away);
      setTimeout(() => latest.has(host) && begin(latest.get(host).component), RETRY_MS);
    },
  );
}

function say(host, words) {
  let line = host.querySelector("[data-wait]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.wait = "";
    line.setAttribute("role", "status");
    host.append(line);
  }
  line.textContent = words;
}

export default function (component) {
  const host = component.parentElement;
  const isFirst = !latest.has(host);
  latest.set(host, { component, cleanup: latest.get(host)?.cleanup });
  if (isFirst && !program) say(host, component.data.words.loading);
  begin(component);
  return () => {
    const last = latest.get(host);
    latest.delete(host);
    last?.cleanup?.();
  };
}
