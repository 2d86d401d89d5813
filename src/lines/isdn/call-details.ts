// What ISDN says of a call beside its numbers, as a leg's listeners take it.
import type { CallDetails } from "../../shared/call-details.ts";
import { optional } from "./machine-options.ts";
import type { CallIndication, Octets, Subaddress, UserUser } from "../../signalling/isdn/types.ts";

/** ITU-T X.213: authority and format identifier of an NSAP whose other octets are IA5 characters. */
const ia5Nsap = 0x50;
/** Q.931 table 4-26: protocol discriminator of IA5 characters. */
const ia5Protocol = 4;

/** @returns `undefined` when the message says nothing of that kind */
export function detailsOf(indication: CallIndication): CallDetails | undefined {
  const details: CallDetails = {
    ...(indication.type === "SetupIndication" && {
      ...diverted(indication.redirecting),
      ...optional("callingSubaddress", subaddress(indication.callingSubaddress)),
      ...optional("calledSubaddress", subaddress(indication.calledSubaddress)),
    }),
    ...(indication.type === "SetupConfirm" && {
      ...optional("connected", shown(indication.connected)),
      ...optional("connectedSubaddress", subaddress(indication.connectedSubaddress)),
    }),
    ...("userUser" in indication && optional("userToUser", userToUser(indication.userUser))),
  };
  return Object.keys(details).length === 0 ? undefined : details;
}

type Setup = CallIndication & { readonly type: "SetupIndication" };
type Confirm = CallIndication & { readonly type: "SetupConfirm" };

function diverted(number: Setup["redirecting"]): CallDetails {
  if (number === undefined) return {};
  return { ...optional("divertedFrom", shown(number)), divertedBecause: number.reason };
}

/** A number that is withheld is nobody's business, whatever the exchange sends. */
function shown(number: Setup["redirecting"] | Confirm["connected"]): string | undefined {
  return number?.presentation === "allowed" && number.digits !== "" ? number.digits : undefined;
}

function subaddress(address: Subaddress | undefined): string | undefined {
  if (address === undefined || address.octets.length === 0) return undefined;
  const [first, ...rest] = address.octets;
  if (address.type === "nsap" && first === ia5Nsap) return characters(rest) ?? hexadecimal(address.octets);
  return hexadecimal(address.octets);
}

function userToUser(given: UserUser | undefined): string | undefined {
  if (given === undefined || given.octets.length === 0) return undefined;
  const text = given.protocol === ia5Protocol ? characters(given.octets) : undefined;
  return text ?? hexadecimal(given.octets);
}

/** `undefined` where one is no printable character: what comes from a line commands no terminal. */
function characters(octets: Octets): string | undefined {
  const text = String.fromCharCode(...octets);
  return /^[ -~]+$/u.test(text) ? text : undefined;
}

const hexadecimal = (octets: Octets): string =>
  octets.map((octet) => octet.toString(16).padStart(2, "0")).join(" ");
