/** The allowlist and the denylist. */
import {
  confirmationOfferSchema,
  considerationsSchema,
  exportInputSchema,
  exportOutputSchema,
  fileBeginSchema,
  fileBegunSchema,
  fileEndSchema,
  filePieceSchema,
  fileReportSchema,
  listAddedSchema,
  listAdditionSchema,
  listCountsSchema,
  listEditedSchema,
  listEditSchema,
  listFoundSchema,
  listLookSchema,
  listRemovalSchema,
  removalQuestionSchema,
  removeAllSchema,
  removedSchema,
  restorationSchema,
  restoredSchema,
} from "@sipprot/shared/list-desk";
import { listPageInput, listPageOutput } from "@sipprot/shared/list-page";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { operator, viewer } from "../trpc.ts";

export const lists = {
  page: viewer
    .input(listPageInput)
    .output(listPageOutput)
    .query(({ ctx, input }) => ctx.services.lists.page(input)),
  counts: viewer.output(listCountsSchema).query(({ ctx }) => ctx.services.lists.counts()),
  find: viewer
    .input(listLookSchema)
    .output(listFoundSchema)
    .query(({ ctx, input }) => ctx.services.lists.find(input)),
  consider: operator
    .input(listLookSchema)
    .output(considerationsSchema)
    .query(({ ctx, input }) => ctx.services.lists.consider(input, ctx.actor)),
  add: operator
    .input(listAdditionSchema)
    .output(listAddedSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.add(input, ctx.actor)),
  edit: operator
    .input(listEditSchema)
    .output(listEditedSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.edit(input, ctx.actor)),
  remove: operator
    .input(listRemovalSchema)
    .output(removedSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.remove(input, ctx.actor)),
  restore: operator
    .input(restorationSchema)
    .output(restoredSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.restore(input, ctx.actor)),
  offerRemoveAll: operator
    .input(removalQuestionSchema)
    .output(confirmationOfferSchema)
    .query(({ ctx, input }) => ctx.services.lists.offerRemoveAll(input, ctx.actor)),
  removeAll: operator
    .input(removeAllSchema)
    .output(removedSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.removeAll(input, ctx.actor)),
  template: viewer.output(z.string()).query(({ ctx }) => ctx.services.lists.template()),
  export: viewer
    .input(exportInputSchema)
    .output(exportOutputSchema)
    .query(({ ctx, input }) => ctx.services.lists.exportPiece(input.list, input.place)),
  fileBegin: operator
    .input(fileBeginSchema)
    .output(fileBegunSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.files.begin(input.list, input.purpose, ctx.actor)),
  filePush: operator
    .input(filePieceSchema)
    .output(fileReportSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.files.push(input, ctx.actor)),
  fileEnd: operator
    .input(fileEndSchema)
    .output(fileReportSchema)
    .mutation(({ ctx, input }) => ctx.services.lists.files.end(input.file, ctx.actor)),
} satisfies TRPCRouterRecord;
