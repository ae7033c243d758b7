/** What a picture file is by its own bytes: its type and size. Nothing is decoded; what does not read well is refused. Pure. */
import type { LogoType } from "@sipprot/shared/branding";

export interface Picture {
  readonly type: LogoType;
  readonly width: number;
  readonly height: number;
}

/** The picture, or undefined for what is none of the types that are taken. */
export function readPicture(file: Buffer): Picture | undefined {
  return readPng(file) ?? readJpeg(file) ?? readWebp(file);
}

const PNG_SIGN = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The first chunk is IHDR (PNG 3, 11.2.1), and the last IEND: one that was cut off is refused. */
function readPng(file: Buffer): Picture | undefined {
  const isPng = file.length >= 45 && file.subarray(0, 8).equals(PNG_SIGN) && file.toString("latin1", 12, 16) === "IHDR";
  if (!isPng || file.toString("latin1", file.length - 8, file.length - 4) !== "IEND") return undefined;
  return { type: "image/png", width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** Segments until the frame that says the size (ITU-T T.81 B.1.1.3, B.2.2). */
function readJpeg(file: Buffer): Picture | undefined {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    // C4, C8 and CC are tables, not frames.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { type: "image/jpeg", height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
    const length = file.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/** RIFF with one of three kinds of picture (RFC 9649 2.4 to 2.7). */
function readWebp(file: Buffer): Picture | undefined {
  if (file.length < 30 || file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WEBP") {
    return undefined;
  }
  const type = "image/webp";
  switch (file.toString("latin1", 12, 16)) {
    case "VP8X":
      return { type, width: 1 + file.readUIntLE(24, 3), height: 1 + file.readUIntLE(27, 3) };
    case "VP8 ":
      return { type, width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = file.readUInt32LE(21);
      return { type, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    default:
      return undefined;
  }
}
