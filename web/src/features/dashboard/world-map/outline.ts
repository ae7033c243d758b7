/** Collects a projected outline as a short path: whole units, relative steps, nothing that would not be seen. */
import type { GeoContext } from "d3-geo";

/** Rings with fewer corners enclose nothing. */
const MIN_CORNERS = 3;

export class Outline implements GeoContext {
  #rings: string[] = [];
  #corners: Array<readonly [number, number]> = [];

  moveTo(x: number, y: number): void {
    this.#endRing();
    this.#corners = [[Math.round(x), Math.round(y)]];
  }

  lineTo(x: number, y: number): void {
    const corner = [Math.round(x), Math.round(y)] as const;
    const last = this.#corners.at(-1);
    if (last === undefined || last[0] !== corner[0] || last[1] !== corner[1]) this.#corners.push(corner);
  }

  closePath(): void {
    this.#endRing();
  }

  /** Points are not drawn. */
  arc(): void {}

  beginPath(): void {
    this.#rings = [];
    this.#corners = [];
  }

  /** The path so far. */
  get path(): string {
    this.#endRing();
    return this.#rings.join("");
  }

  #endRing(): void {
    const [first, ...rest] = this.#corners;
    this.#corners = [];
    if (first === undefined || rest.length + 1 < MIN_CORNERS) return;
    let [x, y] = first;
    let ring = `M${x},${y}l`;
    for (const [nextX, nextY] of rest) {
      ring += `${nextX - x},${nextY - y} `;
      [x, y] = [nextX, nextY];
    }
    this.#rings.push(`${ring.trimEnd()}z`);
  }
}
