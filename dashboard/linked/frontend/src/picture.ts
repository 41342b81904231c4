/** A view as a PNG on the page's colour, with its title and unit. */
import type { Chart } from "./chart";
import type { Legend, LegendRow, Mount } from "./types";

const SCALE = 2;
const HEAD_PX = 34;
const MARGIN_PX = 12;

export async function chartPicture(chart: Chart, look: Mount["look"]): Promise<Blob> {
  return framed(await chart.picture(SCALE), chart.mount.title, chart.mount.unit, look, SCALE);
}

/** `drawn` has `scale` pixels per pixel of the screen. */
export function framed(drawn: HTMLCanvasElement, title: string, unit: string, look: Mount["look"], scale: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const margin = MARGIN_PX * scale;
  const head = HEAD_PX * scale;
  canvas.width = drawn.width + 2 * margin;
  canvas.height = drawn.height + 2 * margin + head;
  const ink = canvas.getContext("2d");
  if (!ink) return Promise.reject(new Error("no canvas"));
  const font = (weight: number, px: number): string => `${weight} ${px * scale}px "Source Sans", "Segoe UI", Roboto, Arial, sans-serif`;
  ink.fillStyle = String(look["page"]);
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.textBaseline = "middle";
  ink.fillStyle = String(look["text"]);
  ink.font = font(600, 16);
  ink.fillText(title, margin, margin + head / 2 - 4 * scale);
  const after = margin + ink.measureText(`${title} `).width + 4 * scale;
  ink.fillStyle = String(look["muted"]);
  ink.font = font(400, 13);
  ink.fillText(unit, after, margin + head / 2 - 4 * scale);
  ink.drawImage(drawn, margin, margin + head);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

const ROW_PX = 19;
const LEGEND_PX = 240;

/** Write a legend of classes into the lower right corner of a picture. */
export function drawLegend(canvas: HTMLCanvasElement, legend: Legend, look: Mount["look"], scale: number): void {
  const ink = canvas.getContext("2d");
  if (!ink) return;
  const rows = legend.rows ?? gradientRows(legend);
  const [width, height] = [LEGEND_PX, (rows.length + 2) * ROW_PX + 12];
  ink.setTransform(scale, 0, 0, scale, canvas.width - (width + 8) * scale, canvas.height - (height + 8) * scale);
  Object.assign(ink, { fillStyle: look["page"], strokeStyle: look["line"], lineWidth: 1, textBaseline: "middle" });
  ink.fillRect(0, 0, width, height);
  ink.strokeRect(0, 0, width, height);
  const write = (text: string, x: number, row: number, colour: string, weight: number): void => {
    Object.assign(ink, { fillStyle: look[colour], font: `${weight} 13px "Source Sans", "Segoe UI", Roboto, Arial, sans-serif` });
    ink.fillText(text, x, 6 + (row + 0.5) * ROW_PX);
  };
  write(legend.title, 10, 0, "text", 600);
  write(legend.unit, 10, 1, "muted", 400);
  rows.forEach((row, i) => {
    ink.fillStyle = row.colour;
    ink.fillRect(10, 10 + (i + 2) * ROW_PX, 16, 12);
    ink.strokeRect(10, 10 + (i + 2) * ROW_PX, 16, 12);
    write(row.text, 34, i + 2, "text", 400);
    if (row.count) write(row.count, width - 10 - ink.measureText(row.count).width, i + 2, "muted", 400);
  });
}

function gradientRows({ gradient = [], low = "", high = "" }: Legend): LegendRow[] {
  const last = gradient.length - 1;
  return gradient.map((colour, i) => ({ colour, text: i === 0 ? low : i === last ? high : "" }));
}
