/** Addresses without a page: answered with 404, and said within the frame. */
import { notFound } from "next/navigation";

export default function MissingPage(): never {
  notFound();
}
