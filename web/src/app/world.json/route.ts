/** The drawn world, made when the pages are built; the map asks for it when it is shown. */
import { drawWorld } from "../../features/dashboard/world-map/draw-world.ts";

export const dynamic = "force-static";

export function GET(): Response {
  return Response.json(drawWorld(), { headers: { "Cache-Control": "public, max-age=86400" } });
}
