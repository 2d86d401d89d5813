// What is to be faxed, as pages of a fax: TIFF (class F, T.6) of 204 × 196 points an inch, 1728 across.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { inBackground } from "../shared/background.ts";
import { CallboxError } from "../shared/errors.ts";

/** Longer documents are refused: at five seconds a page they hold a line for a quarter of an hour. */
export const mostPages = 200;
const timeoutMs = 60_000;
/** Widths that a fax has: A4, B4 and A3 at 204 points an inch. */
const widths: readonly number[] = [1728, 2048, 2432];

/**
 * Writes a document's pages to a file: a PDF by Ghostscript, in its safe mode; a TIFF as it is, where it is a fax already.
 * @throws ERR_FAX_DOCUMENT for anything else, what cannot be read, has no page, or too many
 */
export async function writePages(document: Uint8Array, file: string): Promise<number> {
  const start = Buffer.from(document.subarray(0, 1024)).toString("latin1");
  try {
    if (start.includes("%PDF-")) await fromPdf(document, file);
    else if (/^(II\*\0|MM\0\*)/u.test(start)) await writeFile(file, document, { mode: 0o640 });
    else throw new Error("neither PDF nor TIFF");
    return await countPages(file);
  } catch (cause) {
    throw new CallboxError("ERR_FAX_DOCUMENT", {
      cause,
      detail: cause instanceof Error ? cause.message : "",
    });
  }
}

async function fromPdf(document: Uint8Array, file: string): Promise<void> {
  const source = `${file}.pdf`;
  await writeFile(source, document, { mode: 0o640 });
  await run("gs", [
    ...["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffg4", "-r204x196"],
    ...["-sPAPERSIZE=a4", "-dFIXEDMEDIA", "-dPDFFitPage", `-dLastPage=${mostPages + 1}`],
    ...[`-sOutputFile=${file.replaceAll("%", "%%")}`, source],
  ]);
  // A broken PDF may give no page and no error.
  if (
    !(await readFile(file).then(
      (bytes) => bytes.length > 0,
      () => false,
    ))
  )
    throw new Error("a PDF without a page");
}

/** Each page black and white, and as wide as a fax is. */
async function countPages(file: string): Promise<number> {
  const told = await run("tiffinfo", [file]);
  const pages = told.split(/^TIFF Directory/mu).slice(1);
  if (pages.length === 0 || pages.length > mostPages) throw new Error(`${pages.length} pages`);
  for (const page of pages) {
    const width = Number(/Image Width: (\d+)/u.exec(page)?.[1]);
    const bits = Number(/Bits\/Sample: (\d+)/u.exec(page)?.[1] ?? 1);
    if (!widths.includes(width) || bits !== 1) throw new Error(`a page of ${width} points and ${bits} bits`);
  }
  return pages.length;
}

function run(program: string, options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(...inBackground(program, options), { timeout: timeoutMs }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} cannot read it`, { cause: error }));
    });
  });
}

/** Makes a PDF of a TIFF, beside it. */
export async function writePdf(tiff: string, pdf: string): Promise<void> {
  await run("tiff2pdf", ["-o", pdf, tiff]);
}
