/** What went wrong with a form: said above it, focused when it appears, and at the field it is about. */
"use client";
import { Alert } from "@mantine/core";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useEffect, useRef } from "react";
import { readError } from "../trpc/read-error.ts";
import { type ErrorText, useErrorText } from "./error-text.ts";

/** Shows the error of a mutation; nothing while there is none. */
export function FormError({ error }: { readonly error: unknown }) {
  const place = useRef<HTMLDivElement>(null);
  const word = useErrorText();
  const isThere = error !== null && error !== undefined;
  useEffect(() => {
    if (isThere) place.current?.focus();
  }, [isThere]);
  if (!isThere) return null;
  const { text, remedy } = word(error);
  return (
    <Alert ref={place} tabIndex={-1} role="alert" color="red" icon={<TriangleAlert aria-hidden />} title={text}>
      {remedy}
    </Alert>
  );
}

/** What of a form is used; every form of @mantine/form fits. */
export interface FieldErrors {
  readonly setFieldError: (field: never, error: string) => void;
}

/**
 * Puts an error at the inputs it is about: by the field the server names, or by those whose shape it refused.
 * `names` says which input a server field is. Returns false when no input was found: then show FormError.
 */
export function useFieldErrors(): (
  form: FieldErrors,
  error: unknown,
  names: Readonly<Record<string, string>>,
) => boolean {
  const word = useErrorText();
  return (form, error, names) => {
    const failure = readError(error);
    const said: ErrorText = word(error);
    const fields = failure.facts.field === undefined ? failure.fields : [failure.facts.field, ...failure.fields];
    const inputs = fields.flatMap((field) => names[field] ?? []);
    const text = said.remedy === undefined ? said.text : `${said.text} ${said.remedy}`;
    for (const input of inputs) form.setFieldError(input as never, text);
    return inputs.length > 0;
  };
}
