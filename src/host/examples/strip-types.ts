import { transformSync } from "@swc/wasm-typescript";

/**
 * Takes the types out of TypeScript and leaves every line where it is. `transform` also rewrites what is more than types
 * (enums, parameter properties), which moves lines: for modules, where no line is reported.
 */
export function stripTypes(
  code: string,
  fallback: "transform" | null = null,
): { code: string } | { message: string; line: number } {
  try {
    return { code: transformSync(code, { mode: "strip-only", module: true }).code };
  } catch (caught) {
    if (fallback !== null && isFailure(caught) && caught.code === "UnsupportedSyntax") return transformed(code);
    return failureOf(caught);
  }
}

function transformed(code: string): { code: string } | { message: string; line: number } {
  try {
    return { code: transformSync(code, { mode: "transform", module: true }).code };
  } catch (caught) {
    return failureOf(caught);
  }
}

interface Failure {
  code: string;
  message: string;
  startLine: number;
}

function isFailure(caught: unknown): caught is Failure {
  return typeof caught === "object" && caught !== null && "startLine" in caught && "message" in caught;
}

/** The stripper is WebAssembly: a defect of it ends in a trap, which is an error of another form. */
function failureOf(caught: unknown): { message: string; line: number } {
  if (isFailure(caught)) return { message: caught.message, line: caught.startLine };
  return { message: "TypeScript that its types cannot be taken out of", line: 1 };
}
