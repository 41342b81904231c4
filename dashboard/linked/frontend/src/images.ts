/** Pictures that travel inside an answer or a specification. */

/** Decode a `data:` address as an image: asked of the image loader, since a strict policy may forbid fetching it. */
export async function decoded(address: string): Promise<ImageBitmap> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return createImageBitmap(image, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
}
