// The one table of error codes. A test fails when a code is raised that is missing here, or listed here
// and raised nowhere. Kept in alphabetical order, so that rooms add lines without meeting.
export const errorCodes = {
  ERR_AGENT_LOGGED_OUT: {
    message: "The agent is not logged in",
    remedy: "Log the agent in first, at a phone or from the console.",
  },
  ERR_AGENT_NO_CALL: {
    message: "The agent has had no call",
    remedy: "Say what a call was about during it or after it.",
  },
  ERR_AGENT_SEAT: {
    message: "The agent may log in only at another telephone",
    remedy: "Log in at the agent's own telephone, or take it out of the agent's settings.",
  },
  ERR_AGENT_UNKNOWN: {
    message: "There is no such agent",
    remedy: "Add the agent to the settings, or correct the number.",
  },
  ERR_ARGUMENT: {
    message: "A call of the addon was given something it does not take",
    remedy: "Report this with the log: it is a fault of the program.",
  },
  ERR_ARGUMENTS: {
    message: "What the command was called with is not valid",
    remedy: "See scripts/run --help for what it takes.",
  },
  ERR_AUDIO_FORMAT: {
    message: "The file is no recording that can be played",
    remedy: "Convert it to WAV: A-law, µ-law or linear PCM, 1 to 192 kHz.",
  },
  ERR_AUDIO_LONG: {
    message: "The recording is longer than ten minutes",
    remedy: "Use a shorter one; music in a loop belongs to the music classes.",
  },
  ERR_CALLER_WITHHELD: {
    message: "There is no caller's number to block",
    remedy: "Turn away callers without a number at the trunk group or the incoming number.",
  },
  ERR_CALL_UNKNOWN: {
    message: "There is no such call",
    remedy: "It may have ended just now; look at the list of live calls.",
  },
  ERR_CAPTURE_FORMAT: {
    message: "The file is no capture of a D-channel",
    remedy: "Give a pcap or pcapng file of link type LAPD or Linux LAPD, as `callbox trace` writes it.",
  },
  ERR_CHANGE_NONE: {
    message: "No change of lines waits to be confirmed",
    remedy: "It was confirmed or taken back already; look at the lines as they are now.",
  },
  ERR_CHANGE_PENDING: {
    message: "Another change of lines waits to be confirmed",
    remedy: "Confirm it or take it back first; it is taken back by itself when its time is over.",
  },
  ERR_CHANNEL_BUSY: {
    message: "The channel is open already",
    remedy: "Let whoever has it open close it first; a channel has one holder.",
  },
  ERR_CHANNEL_MISSING: {
    message: "The driver has no such channel any more",
    remedy: "Check that the card is there and that its spans are configured (/etc/dahdi/system.conf).",
  },
  ERR_CLOSED: {
    message: "This is closed already",
    remedy: "Open it again before using it.",
  },
  ERR_CONSOLE_NOT_BUILT: {
    message: "The console's files are missing",
    remedy: "Start Callbox with scripts/run, which builds them.",
  },
  ERR_DIGIT: {
    message: "There is no such DTMF digit",
    remedy: "Use 0-9, A-D, *, # and the comma for a pause.",
  },
  ERR_DISK_LOW: {
    message: "The disk is almost full",
    remedy: "Free space: keep recordings for fewer days, or move old ones away.",
  },
  ERR_DRIVER: {
    message: "The telephony driver refused",
    remedy: "The detail names the call and the reason; the kernel's log (dmesg) may say more.",
  },
  ERR_DRIVER_MISSING: {
    message: "The telephony driver is not loaded",
    remedy: "Load it and configure its spans, or use the simulated board.",
  },
  ERR_EXTENSION_UNKNOWN: {
    message: "There is no such extension",
    remedy: "Add the extension to the settings, or correct the number.",
  },
  ERR_FAX_DOCUMENT: {
    message: "The document cannot be faxed",
    remedy: "Give a PDF of at most 200 pages, or a black and white TIFF as wide as a fax (1728 points).",
  },
  ERR_FAX_NUMBER: {
    message: "This is no number to fax to",
    remedy: "Give the digits that a telephone would dial, with the digit that gets a line.",
  },
  ERR_FAX_OUTBOX_FULL: {
    message: "Too many faxes wait to be sent",
    remedy: "Clear those that were sent or failed, and send again.",
  },
  ERR_FAX_UNKNOWN: {
    message: "There is no such fax",
    remedy: "The call brought no page, or its document was removed.",
  },
  ERR_FLOW_INVALID: {
    message: "A flow is not valid",
    remedy: "Correct the named place in the named file; the flow that ran before still runs.",
  },
  ERR_FLOW_IN_USE: {
    message: "The flow is still used",
    remedy: "Send the calls named in the detail elsewhere first.",
  },
  ERR_FLOW_UNKNOWN: {
    message: "There is no such flow",
    remedy: "Use the name of a flow in the list of flows.",
  },
  ERR_FORBIDDEN: {
    message: "This user may not do that",
    remedy: "Ask an admin to do it, or to change the user's role.",
  },
  ERR_INTERNAL: {
    message: "Something went wrong inside",
    remedy: "Try again; if it happens again, report what the log says at this time.",
  },
  ERR_JOURNAL_EVENT: {
    message: "What was given to the journal is no event",
    remedy: "This is a fault of the program: report it with the detail.",
  },
  ERR_LINE_BUSY: {
    message: "No line is free",
    remedy: "Wait until a call ends, or add lines to the trunk group.",
  },
  ERR_LINE_DOWN: {
    message: "The line is out of order",
    remedy: "Look at the span's alarms and its cable; calls pass again when they clear.",
  },
  ERR_LINE_DROPPED: {
    message: "The line of this call did not outlive the program's end",
    remedy: "The call is over; whoever was in it may dial again.",
  },
  ERR_LINE_IN_SERVICE: {
    message: "The line is in service",
    remedy: "Take it out of service first: the test needs it for itself.",
  },
  ERR_LINE_NO_AUDIO: {
    message: "No audio comes from the line",
    remedy: "Look at the span's alarms and at the card; measure again when it is in order.",
  },
  ERR_LINE_NO_BITS: {
    message: "This line has no timeslot of its own",
    remedy: "Bit errors are counted on B-channels of E1 and BRI spans.",
  },
  ERR_LINE_UNKNOWN: {
    message: "There is no such line",
    remedy: "Use a line or trunk group that the list of lines shows.",
  },
  ERR_LOCAL_SOCKET: {
    message: "The socket of the command `callbox` cannot be opened",
    remedy:
      "End the other Callbox, or set CALLBOX_SOCKET to a path (at most 107 octets) in a folder that can be written.",
  },
  ERR_MEDIA_CONFERENCES: {
    message: "All conferences are in use",
    remedy: "End conferences or stop listening to calls; the engine carries 256 at a time.",
  },
  ERR_MEDIA_EVENTS_LOST: {
    message: "JavaScript was blocked so long that digits were lost",
    remedy: "Find what blocks the main thread for seconds; audio itself went on.",
  },
  ERR_MEDIA_LATE: {
    message: "The machine stood still, and calls had a gap",
    remedy:
      "Look for what holds its processors: another program, a failing disk, a host shared by virtual machines.",
  },
  ERR_MEDIA_NOT_REALTIME: {
    message: "The media thread may not run with real-time priority",
    remedy:
      "Start Callbox from its service, or grant CAP_SYS_NICE (LimitRTPRIO=40); until then audio may stutter under load.",
  },
  ERR_MEDIA_PORTS: {
    message: "All media ports are in use",
    remedy: "End calls; the engine carries 1,024 ports at a time.",
  },
  ERR_MESSAGE_UNKNOWN: {
    message: "There is no such message",
    remedy: "It was deleted; load the list again.",
  },
  ERR_NOT_FOUND: {
    message: "There is nothing at this address",
    remedy: "Check the address.",
  },
  ERR_NOT_SIGNED_IN: {
    message: "Nobody is signed in",
    remedy: "Sign in first.",
  },
  ERR_ORIGIN_FOREIGN: {
    message: "The request comes from another site",
    remedy: "Use the console of the box itself.",
  },
  ERR_OUT_OF_SERVICE: {
    message: "It is out of service together with something larger",
    remedy: "Put the span or trunk group named back into service; its lines come with it.",
  },
  ERR_PASSWORD_MUST_CHANGE: {
    message: "The first password must be changed",
    remedy: "Choose a password of your own; then everything else is open.",
  },
  ERR_PASSWORD_SAME: {
    message: "The new password is the old one",
    remedy: "Choose another.",
  },
  ERR_PASSWORD_WRONG: {
    message: "The present password is wrong",
    remedy: "Try again; an admin can set a new password.",
  },
  ERR_PAUSE_REASON: {
    message: "There is no such reason for a pause",
    remedy: "Choose one of the reasons in the settings.",
  },
  ERR_PHONE_UNANSWERED: {
    message: "The telephone was not answered",
    remedy: "Lift it when it rings, and hold it until all is said.",
  },
  ERR_PROFILE_INVALID: {
    message: "A board profile is not valid",
    remedy: "Correct the named file in board-profiles/; its schema is schema.json beside it.",
  },
  ERR_PROMPT_MANY: {
    message: "There are as many prompts as the box keeps",
    remedy: "Record in the place of one that is there.",
  },
  ERR_PROMPT_NAME: {
    message: "A prompt cannot be called so",
    remedy: "Use small letters, digits and hyphens, at most 48, and the language en, zh or ko.",
  },
  ERR_PROMPT_SILENT: {
    message: "Nobody speaks in the recording",
    remedy: "Speak closer to the microphone, or choose another file.",
  },
  ERR_PROMPT_UNKNOWN: {
    message: "There is no such recording of a prompt",
    remedy: "Look at the list of prompts again: it may have been replaced meanwhile.",
  },
  ERR_RECORDING_DENIED: {
    message: "The rule for recordings does not allow this",
    remedy:
      "Calls of the rule always are paused, not stopped; those of the rule never are not recorded at all.",
  },
  ERR_RECORDING_FAILED: {
    message: "Calls cannot be recorded",
    remedy: "Look at the disk: the detail names the reason. Calls go on without a recording.",
  },
  ERR_RECORDING_STATE: {
    message: "The call is not recorded now, or is so already",
    remedy: "Look at the call's mark again: it may have changed meanwhile.",
  },
  ERR_RECORDING_UNKNOWN: {
    message: "There is no such recording",
    remedy: "It may have been removed because its time to be kept is over.",
  },
  ERR_RECORD_NO_AGENT: {
    message: "No agent spoke in this call",
    remedy: "Only calls that an agent handled are scored.",
  },
  ERR_RECORD_UNKNOWN: {
    message: "There is no record of such a call",
    remedy: "Use a call of the list of records.",
  },
  ERR_REPORTS_BUSY: {
    message: "Two reports are being made already",
    remedy: "Wait until one of them is there.",
  },
  ERR_REQUESTS_TOO_MANY: {
    message: "Too many requests from this address",
    remedy: "Wait a minute.",
  },
  ERR_REQUEST_INVALID: {
    message: "The request is not of the form described",
    remedy: "See /api/v1/openapi.json and the places named.",
  },
  ERR_REQUEST_TOO_LARGE: {
    message: "The request is too large",
    remedy: "Send at most one megabyte.",
  },
  ERR_SETTINGS_CONFLICT: {
    message: "The settings were changed by somebody else meanwhile",
    remedy: "Read them again and make the change once more.",
  },
  ERR_SETTINGS_INVALID: {
    message: "The settings are wrong",
    remedy: "Correct the places that the detail names; until then the settings in force stay.",
  },
  ERR_SETTINGS_SYNTAX: {
    message: "The settings file is no valid JSON",
    remedy: "Correct the file at the line and column named, or copy the last good copy beside it over it.",
  },
  ERR_SETTINGS_UNREADABLE: {
    message: "The settings file cannot be read",
    remedy: "Check that it exists and that Callbox may read it.",
  },
  ERR_SETTINGS_UNWRITABLE: {
    message: "The settings file cannot be written",
    remedy: "Check the free space of the disk and that Callbox may write to the file's folder.",
  },
  ERR_SETTINGS_VERSION: {
    message: "The settings file is of another version",
    remedy: "Install the Callbox that wrote it, or copy the last good copy beside it over it.",
  },
  ERR_SHIFTS: {
    message: "The plan of shifts cannot be read",
    remedy: "Give CSV of agent, from, to, as 301,2026-11-30 09:00,2026-11-30 17:00; the plan is as it was.",
  },
  ERR_SIGN_IN: {
    message: "Name or password is wrong",
    remedy: "Try again; an admin can set a new password.",
  },
  ERR_SPAN_ALARM: {
    message: "A line is in alarm",
    remedy: "Check cable and far end of the spans named.",
  },
  ERR_SPAN_NO_DCHANNEL: {
    message: "The span has no D-channel to trace",
    remedy: "Name a span with ISDN lines (E1 or BRI).",
  },
  ERR_SPAN_UNKNOWN: {
    message: "There is no such span",
    remedy: "Use a span number that the board has.",
  },
  ERR_SPEECH_FAILED: {
    message: "A text could not be spoken",
    remedy: "Install espeak-ng, or record the prompt.",
  },
  ERR_SPOKEN: {
    message: "This cannot be said in words",
    remedy: "Numbers to 999,999,999,999,999, days of the years 1000 to 2999, amounts of a known currency.",
  },
  ERR_SPOKEN_RULES: {
    message: "A language's rules for numbers cannot be used",
    remedy: "The detail names the rule, or the number that no rule is for.",
  },
  ERR_STATION_UNKNOWN: {
    message: "There is no such rehearsal station",
    remedy: "Use a station of the list; there are none with cards.",
  },
  ERR_STORAGE_CORRUPT: {
    message: "The database is damaged",
    remedy: "Move the file away and restore it from the last backup; the recordings are not affected.",
  },
  ERR_STORAGE_FULL: {
    message: "The disk is full",
    remedy: "Free space on the disk (old recordings first). Events wait in memory until then.",
  },
  ERR_STORAGE_LOST: {
    message: "Events were lost because the disk failed for too long",
    remedy: "Repair the disk, then restart; the reports of this time lack them.",
  },
  ERR_STORAGE_UNUSABLE: {
    message: "The database cannot be used",
    remedy: "Check that its folder exists, is writable for Callbox, and that no other Callbox uses it.",
  },
  ERR_STORAGE_VERSION: {
    message: "The database was written by a newer Callbox",
    remedy: "Install that version again, or restore the backup made before the update.",
  },
  ERR_SUPERVISION: {
    message: "The call cannot be supervised like this",
    remedy:
      "Check that the supervisor's phone is free and in service; to take a call over, listen to it first.",
  },
  ERR_TONE: {
    message: "A tone is not valid",
    remedy: "Give each part up to two frequencies, a level and a length of 0 or more milliseconds.",
  },
  ERR_UNREACHABLE: {
    message: "The box does not answer",
    remedy: "Check the network and that the box is running; the console tries again by itself.",
  },
  ERR_UNSUPPORTED: {
    message: "This port cannot do that",
    remedy: "Use it only on ports and cards that can; the detail names what was asked.",
  },
  ERR_WEB_PORT: {
    message: "The console's port cannot be used",
    remedy: "Choose another in the settings (web.port), or end the program that uses it.",
  },
  ERR_WRAP_UP_CODE: {
    message: "There is no such wrap-up code for calls of this queue",
    remedy: "Choose one of the codes in the settings.",
  },
} as const satisfies Record<string, { readonly message: string; readonly remedy: string }>;

export type ErrorCode = keyof typeof errorCodes;
