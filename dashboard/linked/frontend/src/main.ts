/** What Streamlit calls for every run of a component: the first call builds, later ones bring news. */
import { Linked } from "./linked";
import type { Component } from "./types";

const instances = new WeakMap<Node, Linked>();

export default function linked(component: Component): () => void {
  const { parentElement } = component;
  const instance = instances.get(parentElement) ?? new Linked(component);
  instances.set(parentElement, instance);
  instance.update(component);
  return () => {
    instance.finalize();
    instances.delete(parentElement);
  };
}
