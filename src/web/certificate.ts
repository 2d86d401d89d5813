// The box's own certificates: an authority that a person may install once, and a server certificate that it signs.
import { X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { writeDurably } from "../config/file-adapter.ts";
import { codeOf } from "../shared/errors.ts";

export interface Certificate {
  readonly key: string;
  /** The server's certificate and the authority's. */
  readonly cert: string;
  /** The authority's alone, to be installed in a browser. */
  readonly ca: string;
  readonly notAfter: number;
}

const day = 86_400_000;
// Browsers refuse server certificates that are good for longer.
const serverDays = 397;
const authorityDays = 3650;
export const renewBeforeMs = 30 * day;

interface Pair {
  readonly key: string;
  readonly cert: string;
}

/**
 * The certificate in `folder`, made anew when there is none, when it soon ends, or when it does not name the
 * box as it is reached now. @param now wall clock, milliseconds
 */
export async function loadCertificate(
  folder: string,
  now: number,
  names: readonly string[] = ownNames(),
): Promise<Certificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await keptOrMade(
    folder,
    "ca",
    (pair) => isGood(pair, now, 90 * day),
    () => makeAuthority(now),
  );
  const server = await keptOrMade(
    folder,
    "server",
    (pair) =>
      isGood(pair, now, renewBeforeMs) && namesAll(pair.cert, names) && isSignedBy(pair.cert, authority.cert),
    () => makeServer(authority, names, now),
  );
  return {
    key: server.key,
    cert: `${server.cert}\n${authority.cert}`,
    ca: authority.cert,
    notAfter: Date.parse(new X509Certificate(server.cert).validTo),
  };
}

/** Names and addresses under which a browser may reach this machine. */
export function ownNames(): readonly string[] {
  const host = hostname().toLowerCase();
  const addresses = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ address }) => !address.startsWith("fe80"))
    .map(({ address }) => address);
  return [
    ...new Set([
      "localhost",
      host,
      ...(host.includes(".") ? [] : [`${host}.local`]),
      "127.0.0.1",
      ...addresses,
    ]),
  ];
}

async function keptOrMade(
  folder: string,
  name: string,
  good: (pair: Pair) => boolean,
  make: () => Promise<Pair>,
): Promise<Pair> {
  const paths = { key: join(folder, `${name}.key`), cert: join(folder, `${name}.crt`) };
  const read = async (path: string): Promise<string> =>
    readFile(path, "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return "";
      throw error;
    });
  const kept = { key: await read(paths.key), cert: await read(paths.cert) };
  if (good(kept)) return kept;
  const made = await make();
  await writeDurably(paths.key, made.key);
  await writeDurably(paths.cert, made.cert);
  return made;
}

function isGood({ key, cert }: Pair, now: number, margin: number): boolean {
  try {
    const parsed = new X509Certificate(cert);
    return key !== "" && Date.parse(parsed.validFrom) <= now && Date.parse(parsed.validTo) > now + margin;
  } catch {
    return false;
  }
}

function isSignedBy(cert: string, authority: string): boolean {
  return new X509Certificate(cert).checkIssued(new X509Certificate(authority));
}

function namesAll(cert: string, names: readonly string[]): boolean {
  const parsed = new X509Certificate(cert);
  return names.every(
    (name) => (isAddress(name) ? parsed.checkIP(name) : parsed.checkHost(name)) !== undefined,
  );
}

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(":");

const common = (now: number, days: number) =>
  ({
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    // A box without a clock battery starts in the past: be good from a day before.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now - day + days * day),
  }) as const;

/** Loaded only when a certificate is to be made, about once a year: it takes eight megabytes. */
const generator = async () => (await import("selfsigned")).generate;

async function makeAuthority(now: number): Promise<Pair> {
  const generate = await generator();
  const made = await generate([{ name: "commonName", value: `Callbox ${hostname()} authority` }], {
    ...common(now, authorityDays),
    extensions: [
      { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

async function makeServer(authority: Pair, names: readonly string[], now: number): Promise<Pair> {
  const generate = await generator();
  const made = await generate([{ name: "commonName", value: hostname() }], {
    ...common(now, serverDays),
    ca: authority,
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: names.map((name) => (isAddress(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
