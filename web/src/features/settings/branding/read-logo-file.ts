/** Reads a picture that was chosen: its bytes for the server, an address to show it by, and whether it can be seen. */
import type { Scheme } from "../../../theme/color-roles.ts";
import { findPlates } from "./logo-visibility.ts";

/** Wide enough to judge a logo by, small enough to be quick. */
const JUDGED_SIDE = 64;

export interface ChosenLogo {
  readonly name: string;
  /** base64 */
  readonly file: string;
  /** `data:` address. */
  readonly shownAs: string;
  readonly plates: readonly Scheme[];
}

/** Undefined for what the browser cannot draw. */
export async function readLogoFile(file: File): Promise<ChosenLogo | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, JUDGED_SIDE / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    picture.close();
    const shownAs = await readAddress(file);
    return { name: file.name, file: shownAs.slice(shownAs.indexOf(",") + 1), shownAs, plates: findPlates(pixels) };
  } catch {
    return undefined;
  }
}

function readAddress(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
