/** The schema of a role; apart from the roles themselves, which pages need without a schema library. */
import { z } from "zod";
import { roles } from "./role.ts";

export const roleSchema = z.enum(roles);
