// Vega's parts ship without types of their own; the whole package's describe what they give.
declare module "vega-dataflow" {
  export { changeset, transforms } from "vega-typings";
}
declare module "vega-encode";
declare module "vega-parser" {
  export { parse } from "vega-typings";
}
declare module "vega-transforms";
declare module "vega-view" {
  export { View } from "vega-typings";
}
declare module "vega-view-transforms";
declare module "*.css" {
  const text: string;
  export default text;
}
