// The user side's call table of Q.931, written from §5, Table 9-2 and Annex A. Notation: notation.ts.

export const userRows = `
let ANSWERS = ALERTING, CALL PROCEEDING, PROGRESS pi 8, CONNECT, SETUP ACKNOWLEDGE
let HOLDING = HOLD, HOLD ACKNOWLEDGE, HOLD REJECT #29, RETRIEVE, RETRIEVE ACKNOWLEDGE, RETRIEVE REJECT #29
let REARRANGEMENT = SUSPEND, SUSPEND ACKNOWLEDGE, SUSPEND REJECT #29, RESUME, RESUME ACKNOWLEDGE, RESUME REJECT #85
let USER-TO-USER = USER INFORMATION, CONGESTION CONTROL
let GLOBAL = RESTART, RESTART ACKNOWLEDGE

let BEGIN = SetupRequest, ResumeRequest
let ANSWER = MoreInfoRequest, ProceedingRequest, ProgressRequest pi 8, AlertingRequest, SetupResponse
let HOLD-REQUESTS = HoldRequest, HoldResponse, RetrieveRequest, RetrieveResponse
let SUSPEND-REQUESTS = SuspendRequest, SuspendResponse, ResumeResponse
let SERVICES = HOLD-REQUESTS, SUSPEND-REQUESTS
let USER-REQUESTS = UserInfoRequest, CongestionRequest

// --- Every state but Null ---
let CALL = U2 T304 / U3 T310 / U4 T301 / U6 / U7 / U8 T313 / U9 / U10 / U15 T319 / U17 T318 / U25 T302
let SETUP-SENT = U1 T303
let CLEARING = U11 T305 here#16 / U12 peer#16 / U19 T308 here#16
SETUP-SENT / CALL / CLEARING | SETUP | same | | 5.8.3.2 e
SETUP-SENT / CALL / CLEARING | FACILITY | same | FacilityIndication | EN 300 196-1, FACILITY
SETUP-SENT / CALL / CLEARING | FACILITY charge | same | AocIndication units; FacilityIndication | EN 300 182-1
SETUP-SENT / CALL / CLEARING | STATUS ENQUIRY | same | #30 | 5.8.10
SETUP-SENT / CALL / CLEARING | octets 34 | same | #97 | 5.8.4
SETUP-SENT / CALL / CLEARING | GLOBAL | same | #101 | 5.8.4
SETUP-SENT / CALL | DISCONNECT #16 | U12 peer#16 | stop *; DisconnectIndication #16 | 5.3.4
SETUP-SENT / CALL | RELEASE #16 | U0 | RELEASE COMPLETE; stop *; ReleaseIndication #16 remote | 5.8.4
SETUP-SENT / CALL | octets 4d 08 02 82 90 1a 00 | U0 | RELEASE COMPLETE #99:1a; stop *; ReleaseIndication #16 remote | 5.8.7.1 b
SETUP-SENT / CALL | RELEASE COMPLETE #16 | U0 | stop *; ReleaseIndication #16 remote | 5.8.4
SETUP-SENT / CALL | STATUS #30 state 0 | U0 | stop *; ReleaseIndication #41 fault | 5.8.11 c
SETUP-SENT / CALL | restarted | U0 | stop *; ReleaseIndication #41 remote | 5.5.2
SETUP-SENT / CALL | channel-rejected | U19 T308 fault#6 | stop *; RELEASE #6; start T308 | 5.1.2
SETUP-SENT / CALL | BEGIN, ReleaseRequest, SuspendResponse, ResumeResponse | same | | Annex A: no such request there

// --- The states in which a call is neither new nor cleared ---
CALL | NOTIFY | same | NotifyIndication | 5.9
CALL | NotifyRequest | same | NOTIFY | 5.9
CALL | FacilityRequest | same | FACILITY | EN 300 196-1, FACILITY
CALL | StatusEnquiryRequest | same T322 | STATUS ENQUIRY; start T322 | 5.8.10
CALL + T322 | T322 | same retried | STATUS ENQUIRY; start T322 | 5.8.10
CALL + T322 retried | T322 | U11 T305 retried fault#41 | stop *; DISCONNECT #41; start T305 | 5.8.10
let NOT-OVERLAP = U3 T310 / U4 T301 / U6 / U7 / U8 T313 / U9 / U10 / U15 T319 / U17 T318
NOT-OVERLAP / U2 T304 | INFORMATION | same | InfoIndication | 5.1.3, 5.2.4
NOT-OVERLAP / U25 T302 | InfoRequest | same | INFORMATION to 4 | 5.1.3, 5.2.4
let NOT-ACTIVE = U2 T304 / U3 T310 / U4 T301 / U6 / U7 / U8 T313 / U9 / U15 T319 / U17 T318 / U25 T302
NOT-ACTIVE | link-down | U0 | stop *; ReleaseIndication #27 fault | 5.8.9 a
NOT-ACTIVE | HOLDING | same | #101 | 5.8.4
NOT-ACTIVE | SERVICES | same | | Annex A: no such request there
let ESTABLISHMENT = U6 / U7 / U8 T313 / U9 / U15 T319 / U17 T318
ESTABLISHMENT | link-up | same | | 5.8.8 c
let ANSWERED = U2 T304 / U3 T310 / U4 T301 / U7 / U8 T313 / U9 / U10 / U15 T319 / U17 T318 / U25 T302
ANSWERED | DisconnectRequest #17 | U11 T305 here#17 | stop *; DISCONNECT #17; start T305 | 5.3.3
SETUP-SENT / ANSWERED | RejectRequest #17 | same | | Annex A: no such request there
let UNTOLD = U2 T304 / U3 T310 / U6 / U8 T313 / U9 / U15 T319 / U17 T318 / U25 T302
SETUP-SENT / UNTOLD | USER-TO-USER | same | #101 | 5.8.4
SETUP-SENT / UNTOLD | USER-REQUESTS | same | | Annex A: no such request there

// --- A bus with several terminals ---
U6 | IgnoreRequest | U0 | | Annex E: another terminal's call
let NOT-PRESENT = U0 / U1 T303 / U2 T304 / U3 T310 / U4 T301 / U7 / U8 T313 / U9 / U10 / U15 T319 / U17 T318 / U25 T302
NOT-PRESENT / CLEARING | IgnoreRequest | same | | Annex E: answered already
NOT-PRESENT / U6 / CLEARING | not-selected | same | | 5.2.9: the network's to decide

// --- Timers that do not run in a state: an expiry that crossed its stop changes nothing ---
let FIVE-TO-NINE = T305, T306, T307, T308, T309
U0 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-2
U1 T303 | T301, T302, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-2
U2 T304 | T301, T302, T303, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2
U3 T310 | T301, T302, T303, T304, FIVE-TO-NINE, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2
U4 T301 | T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2
U6 / U7 / U9 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2
U8 T313 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2
U10 | T301, T302, T303, T304, T305, T306, T307, T308, T310, T313, T318, T319 | same | | Table 9-2
U11 T305 here#16 | T301, T302, T303, T304, T306, T307, T308, T309, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-2
U12 peer#16 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-2
U15 T319 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T-HOLD, T-RETRIEVE | same | | Table 9-2
U17 T318 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2
U19 T308 here#16 | T301, T302, T303, T304, T305, T306, T307, T309, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-2
U25 T302 | T301, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-2

// --- U0 Null ---
U0 | SetupRequest | U1 T303 | SETUP sc ch 7! to 123; start T303 | 5.1.1
U0 | SETUP sc | U6 | SetupIndication sc | 5.2.1
U0 | octets 05 70 03 81 31 32 | U0 | RELEASE COMPLETE #96:04 | 5.8.6.1: bearer capability missing
U0 | octets 05 04 01 90 70 03 81 31 32 | U0 | RELEASE COMPLETE #100:04 | 5.8.6.2: bearer capability cut short
U0 | octets 05 04 03 90 90 a3 0f 01 00 | U0 | RELEASE COMPLETE #96:0f | 5.8.7.1: unknown, comprehension required
U0 | octets 05 04 03 90 90 a3 1a 01 00 a1 | U6 | SetupIndication sc | 5.8.7.1: unknown, not required
U0 | AlertingRequest | U0 | | Annex A
U0 | ResumeRequest | U17 T318 | RESUME identity; start T318 | 5.6.4
U0 | ResumeRequest null | U17 T318 | RESUME; start T318 | 5.6.4: the null identity
U0 | ANSWER, RejectRequest #17, DisconnectRequest, ReleaseRequest, InfoRequest, NotifyRequest | same | | Annex A
U0 | StatusEnquiryRequest, FacilityRequest, USER-REQUESTS, SERVICES | same | | Annex A
U0 | ANSWERS, CONNECT ACKNOWLEDGE, HOLDING, REARRANGEMENT, USER-TO-USER | same | RELEASE COMPLETE #81 | 5.8.3.2 a
U0 | DISCONNECT #16, FACILITY, NOTIFY, INFORMATION, GLOBAL, octets 34 | same | RELEASE COMPLETE #81 | 5.8.3.2 a
U0 | RELEASE #16 | same | RELEASE COMPLETE #81 | 5.8.3.2 b
U0 | RELEASE COMPLETE #16 | same | | 5.8.3.2 c
U0 | STATUS #30 state 10 | same | RELEASE COMPLETE #101 | 5.8.11 a 2
U0 | STATUS #30 state 0 | same | | 5.8.11: in Null, about Null
U0 | STATUS ENQUIRY | same | STATUS #30 state 0 | 5.8.3.2 h, 5.8.10
U0 | link-up, link-down, restarted, channel-rejected | same | | there is no call

// --- U1 Call initiated ---
U1 T303 | SETUP ACKNOWLEDGE ch 7 | U2 T304 | stop T303; start T304; MoreInfoIndication | 5.1.3
U1 T303 | CALL PROCEEDING | U3 T310 | stop T303; start T310; ProceedingIndication | 5.1.5.1
U1 T303 | CALL PROCEEDING pi 8 | U3 | stop T303; ProceedingIndication inband | Table 9-2, T310
U1 T303 | ALERTING | U4 T301 | stop T303; start T301; AlertingIndication | 5.1.7
U1 T303 | ALERTING pi 8 | U4 T301 | stop T303; start T301; AlertingIndication inband | 5.1.7
U1 T303 | CONNECT | U10 | stop T303; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U1 T303 | RELEASE COMPLETE #17 | U0 | stop T303; ReleaseIndication #17 remote | 5.3.2 a
U1 T303 | RELEASE COMPLETE | U0 | stop T303; ReleaseIndication #31 remote | 5.8.6.1: cause missing
U1 T303 | RELEASE #34 | U0 | RELEASE COMPLETE; stop T303; ReleaseIndication #34 remote | 5.8.4
U1 T303 | DISCONNECT #34 | U12 peer#34 | stop T303; DisconnectIndication #34 | 5.3.4
U1 T303 | T303 | U1 T303 retried | SETUP; start T303 | 5.1.1, Table 9-2
U1 T303 retried | T303 | U0 retried | RELEASE COMPLETE #102; ReleaseIndication #102 fault | Table 9-2, T303 second expiry
U1 T303 | DisconnectRequest #16 | U11 T305 here#16 | stop T303; DISCONNECT #16; start T305 | 5.3.3
U1 T303 | channel-rejected | U19 T308 fault#6 | stop T303; RELEASE #6; start T308 | 5.1.2
U1 T303 | PROGRESS pi 8 | same | STATUS #101:03 state 1 | 5.8.4
U1 T303 | INFORMATION | same | InfoIndication | 5.1.3
U1 T303 | SETUP | same | | 5.8.3.2 e
U1 T303 | CONNECT ACKNOWLEDGE | same | STATUS #101:0f state 1 | 5.8.4
U1 T303 | octets 34 | same | STATUS #97:34 state 1 | 5.8.4: unrecognized message
U1 T303 | link-down | U0 | stop T303; ReleaseIndication #27 fault | 5.8.9 a
U1 T303 | link-up | same | | 5.8.8
U1 T303 | restarted | U0 | stop T303; ReleaseIndication #41 remote | 5.5.2
U1 T303 | T310 | same | | an expiry that crossed its stop
U1 T303 | AlertingRequest | same | | Annex A
U1 T303 | NOTIFY | same | NotifyIndication | 5.9
U1 T303 | HOLDING, REARRANGEMENT | same | #101 | 5.8.4
U1 T303 | STATUS #30 state 1 | same | StatusIndication #30 state 1 | 5.8.11
U1 T303 | ANSWER, SERVICES | same | | Annex A: no such request there
U1 T303 | InfoRequest, NotifyRequest, FacilityRequest, StatusEnquiryRequest | same | | 5.1.1: not before the network's first answer

// --- U2 Overlap sending ---
U2 T304 | InfoRequest | U2 T304 | INFORMATION to 4; start T304 | 5.1.3
U2 T304 | CALL PROCEEDING | U3 T310 | stop T304; start T310; ProceedingIndication | 5.1.5.2
U2 T304 | ALERTING | U4 T301 | stop T304; start T301; AlertingIndication | 5.1.7
U2 T304 | CONNECT | U10 | stop T304; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U2 T304 | PROGRESS pi 1 | same | ProgressIndication inband | 5.1.6
U2 T304 | SETUP ACKNOWLEDGE | same | STATUS #101:0d state 2 | 5.8.4
U2 T304 | T304 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T304
U2 T304 | DISCONNECT #28 | U12 peer#28 | stop T304; DisconnectIndication #28 | 5.3.4
U2 T304 | RELEASE #28 | U0 | RELEASE COMPLETE; stop T304; ReleaseIndication #28 remote | 5.8.4: RELEASE without DISCONNECT
U2 T304 | RELEASE COMPLETE #41 | U0 | stop T304; ReleaseIndication #41 remote | 5.8.4
U2 T304 | DisconnectRequest | U11 T305 here#16 | stop T304; DISCONNECT #16; start T305 | 5.3.3
U2 T304 | link-up | U11 T305 fault#41 | stop T304; DISCONNECT #41; start T305 | 5.8.8 a
U2 T304 | link-down | U0 | stop T304; ReleaseIndication #27 fault | 5.8.9 a
U2 T304 | CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U2 T304 | STATUS #30 state 2 | same | StatusIndication #30 state 2 | 5.8.11
U2 T304 | ANSWER | same | | Annex A: no such request there

// --- U3 Outgoing call proceeding ---
U3 T310 | ALERTING | U4 T301 | stop T310; start T301; AlertingIndication | 5.1.7
U3 T310 | CONNECT | U10 | stop T310; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U3 T310 | PROGRESS pi 8 | U3 | stop T310; ProgressIndication inband | 5.1.6, Table 9-2
U3 T310 | PROGRESS pi 2 | U3 | stop T310; ProgressIndication | 5.1.6
U3 T310 | PROGRESS | same | STATUS #96:1e state 3 | 5.8.6.1
U3 T310 | octets 03 1e 01 80 | same | STATUS #100:1e state 3 | 5.8.6.2
U3 T310 | T310 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T310
U3 T310 | DISCONNECT #17 | U12 peer#17 | stop T310; DisconnectIndication #17 | 5.3.4
U3 T310 | DISCONNECT #17 pi 8 | U12 peer#17 | stop T310; DisconnectIndication #17 inband | 5.3.4.1
U3 T310 | DISCONNECT | U12 peer#31 | stop T310; DisconnectIndication #31 | 5.8.6.1
U3 T310 | RELEASE #17 | U0 | RELEASE COMPLETE; stop T310; ReleaseIndication #17 remote | 5.8.4: RELEASE without DISCONNECT
U3 T310 | NOTIFY | same | NotifyIndication | 5.9
U3 T310 | CALL PROCEEDING | same | STATUS #101:02 state 3 | 5.8.4
U3 T310 | SETUP ACKNOWLEDGE | same | STATUS #101:0d state 3 | 5.8.4
U3 T310 | FACILITY | same | FacilityIndication | Q.932 6.1
U3 T310 | InfoRequest | same | INFORMATION to 4 | 5.1.3
U3 T310 | link-up | U3 T310 T322 | STATUS ENQUIRY; start T322 | 5.8.8 c, 5.8.10: its CONNECT may be lost
U3 T310 | link-down | U0 | stop T310; ReleaseIndication #27 fault | 5.8.9 a
U3 T310 | CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U3 T310 | STATUS #30 state 3 | same | StatusIndication #30 state 3 | 5.8.11
U3 T310 | ANSWER | same | | Annex A: no such request there

// --- U4 Call delivered ---
U4 T301 | CONNECT | U10 | stop T301; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U4 T301 | PROGRESS pi 8 | same | ProgressIndication inband | 5.1.6
U4 T301 | T301 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T301
U4 T301 | DISCONNECT #19 | U12 peer#19 | stop T301; DisconnectIndication #19 | 5.3.4
U4 T301 | ALERTING | same | STATUS #101:01 state 4 | 5.8.4
U4 T301 | DisconnectRequest #16 | U11 T305 here#16 | stop T301; DISCONNECT #16; start T305 | 5.3.3
U4 T301 | NOTIFY | same | NotifyIndication | 5.9
U4 T301 | link-up | U4 T301 T322 | STATUS ENQUIRY; start T322 | 5.8.8 c, 5.8.10: its CONNECT may be lost

U4 T301 | CALL PROCEEDING, SETUP ACKNOWLEDGE, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U4 T301 | USER INFORMATION more | same | UserInfoIndication more | EN 300 286-1, service 2
U4 T301 | CONGESTION CONTROL | same | CongestionIndication ready | EN 300 286-1, service 2
U4 T301 | UserInfoRequest | same | USER INFORMATION | EN 300 286-1, service 2
U4 T301 | CongestionRequest | same | CONGESTION CONTROL #31 | EN 300 286-1, service 2
U4 T301 | ANSWER | same | | Annex A: no such request there
U4 T301 T322 | STATUS #30 state 4 | U4 T301 | stop T322; StatusIndication #30 state 4 | 5.8.11
U4 T301 T322 | STATUS #30 state 10 | U11 T305 fault#101 | stop T322; stop T301; DISCONNECT #101; start T305 | 5.8.11: its CONNECT was lost
U4 T301 | STATUS #97 state 10 | same | StatusIndication #97 state 10 | 5.8.11: not asked for

// --- U6 Call present ---
U6 | MoreInfoRequest | U25 T302 | SETUP ACKNOWLEDGE ch 7!; start T302 | 5.2.4
U6 | ProceedingRequest | U9 | CALL PROCEEDING ch 7! | 5.2.5.1
U6 | ProceedingRequest pi 8 | U9 | CALL PROCEEDING ch 7! pi 8 | 5.2.6
U6 | AlertingRequest | U7 | ALERTING ch 7! | 5.2.5.1
U6 | AlertingRequest pi 8 | U7 | ALERTING ch 7! pi 8 | 5.2.6
U6 | SetupResponse | U8 T313 | CONNECT ch 7!; start T313 | 5.2.7
U6 | RejectRequest #17 | U0 | RELEASE COMPLETE #17; ReleaseConfirm #17 | 5.2.5.1
U6 | DisconnectRequest #21 | U0 | RELEASE COMPLETE #21; ReleaseConfirm #21 | 5.2.5.1
U6 | RELEASE #16 | U0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4: RELEASE without DISCONNECT
U6 | RELEASE COMPLETE #102 | U0 | ReleaseIndication #102 remote | 5.8.4
U6 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U6 | SETUP | U6 | | 5.8.3.2 e
U6 | ALERTING | U6 | STATUS #101:01 state 6 | 5.8.4
U6 | STATUS ENQUIRY | U6 | STATUS #30 state 6 | 5.8.10
U6 | ProgressRequest pi 8 | U6 | | Annex A
U6 | link-down | U0 | ReleaseIndication #27 fault | 5.8.9 a
U6 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U6 | STATUS #30 state 6 | same | StatusIndication #30 state 6 | 5.8.11

// --- U25 Overlap receiving ---
U25 T302 | INFORMATION | U25 T302 | start T302; InfoIndication | 5.2.4
U25 T302 | INFORMATION sc | U25 | stop T302; InfoIndication sc | 5.2.4
U25 T302 | T302 | U25 | TimeoutIndication | Table 9-2, T302
U25 T302 | ProceedingRequest | U9 | stop T302; CALL PROCEEDING | 5.2.5.1
U25 T302 | AlertingRequest | U7 | stop T302; ALERTING | 5.2.5.1
U25 T302 | SetupResponse | U8 T313 | stop T302; CONNECT; start T313 | 5.2.7
U25 T302 | DisconnectRequest #28 | U11 T305 here#28 | stop T302; DISCONNECT #28; start T305 | 5.3.3
U25 T302 | ProgressRequest pi 8 | same | PROGRESS pi 8 | 5.2.6
U25 T302 | DISCONNECT #16 | U12 peer#16 | stop T302; DisconnectIndication #16 | 5.3.4
U25 T302 | MoreInfoRequest | same | | Annex A
U25 T302 | link-up | U11 T305 fault#41 | stop T302; DISCONNECT #41; start T305 | 5.8.8 a
U25 T302 | link-down | U0 | stop T302; ReleaseIndication #27 fault | 5.8.9 a
U25 T302 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U25 T302 | STATUS #30 state 25 | same | StatusIndication #30 state 25 | 5.8.11

// --- U9 Incoming call proceeding ---
U9 | AlertingRequest | U7 | ALERTING | 5.2.5.1
U9 | SetupResponse | U8 T313 | CONNECT; start T313 | 5.2.7
U9 | ProgressRequest pi 8 | U9 | PROGRESS pi 8 | 5.2.6
U9 | DisconnectRequest #17 | U11 T305 here#17 | DISCONNECT #17; start T305 | 5.3.3
U9 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U9 | RELEASE #16 | U0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4: RELEASE without DISCONNECT
U9 | CALL PROCEEDING | U9 | STATUS #101:02 state 9 | 5.8.4
U9 | RejectRequest #17 | U9 | | Annex A
U9 | link-up | U9 | | 5.8.8 c
U9 | link-down | U0 | ReleaseIndication #27 fault | 5.8.9 a
U9 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U9 | STATUS #30 state 9 | same | StatusIndication #30 state 9 | 5.8.11
U9 | MoreInfoRequest, ProceedingRequest | same | | Annex A: no such request there

// --- U7 Call received ---
U7 | SetupResponse | U8 T313 | CONNECT; start T313 | 5.2.7
U7 | ProgressRequest pi 8 | U7 | PROGRESS pi 8 | 5.2.6
U7 | DisconnectRequest #17 | U11 T305 here#17 | DISCONNECT #17; start T305 | 5.3.3
U7 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U7 | RELEASE #26 | U0 | RELEASE COMPLETE; ReleaseIndication #26 remote | 5.8.4: RELEASE without DISCONNECT
U7 | CONNECT | U7 | STATUS #101:07 state 7 | 5.8.4
U7 | AlertingRequest | U7 | | Annex A
U7 | link-up | U7 | | 5.8.8 c
U7 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
U7 | STATUS #30 state 7 | same | StatusIndication #30 state 7 | 5.8.11
U7 | MoreInfoRequest, ProceedingRequest | same | | Annex A: no such request there
U7 | USER INFORMATION | same | UserInfoIndication | EN 300 286-1, service 2
U7 | CONGESTION CONTROL not ready | U7 congested | CongestionIndication not ready | EN 300 286-1, service 2
U7 | UserInfoRequest more | same | USER INFORMATION more | EN 300 286-1, service 2
U7 | CongestionRequest not ready | same | CONGESTION CONTROL #43 not ready | EN 300 286-1, service 2

// --- U8 Connect request ---
U8 T313 | CONNECT ACKNOWLEDGE | U10 | stop T313; SetupCompleteIndication | 5.2.8
U8 T313 | T313 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T313
U8 T313 | DISCONNECT #16 | U12 peer#16 | stop T313; DisconnectIndication #16 | 5.3.4
U8 T313 | RELEASE #26 | U0 | RELEASE COMPLETE; stop T313; ReleaseIndication #26 remote | 5.2.9: not selected
U8 T313 | DisconnectRequest #16 | U11 T305 here#16 | stop T313; DISCONNECT #16; start T305 | 5.3.3
U8 T313 | SetupResponse | same | | Annex A
U8 T313 | link-up | same | | 5.8.8 c
U8 T313 | link-down | U0 | stop T313; ReleaseIndication #27 fault | 5.8.9 a
U8 T313 | ANSWERS, REARRANGEMENT | same | #101 | 5.8.4
U8 T313 | ANSWER | same | | Annex A: no such request there

U8 T313 T322 | STATUS #30 state 10 | U8 T313 | stop T322; StatusIndication #30 state 10 | 5.8.11: CONNECT ACKNOWLEDGE is on the way
U8 T313 T322 | STATUS #30 state 8 | U8 T313 | stop T322; StatusIndication #30 state 8 | 5.8.11

// --- U10 Active ---
U10 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U10 | RELEASE #16 | U0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4
U10 | octets 4d | U0 | RELEASE COMPLETE; ReleaseIndication #31 remote | 5.8.6.1
U10 | octets 4d 08 02 82 90 0f 00 | U0 | RELEASE COMPLETE #96:0f; ReleaseIndication #16 remote | 5.8.7.1
U10 | octets 5a 08 02 82 90 0f 00 | U0 | ReleaseIndication #16 remote | 5.8.7.1
U10 | octets 45 | U12 peer#31 | DisconnectIndication #31 | 5.8.6.1
U10 | octets 7d 0f 00 | U10 | | 5.8.6.1: no STATUS about a STATUS
U10 | octets 05 | U10 | | 5.8.3.2 e, 5.8.6.1
U10 | RELEASE COMPLETE #41 | U0 | ReleaseIndication #41 remote | 5.8.4
U10 | DisconnectRequest | U11 T305 here#16 | DISCONNECT #16; start T305 | 5.3.3
U10 | DisconnectRequest #31 inband | U11 T305 here#31 | DISCONNECT #31; start T305 | 5.3.4.1: announcements are the network's
U10 | NOTIFY | U10 | NotifyIndication | 5.9
U10 | NotifyRequest | U10 | NOTIFY | 5.9
U10 | octets 6e | U10 | STATUS #96:27 state 10 | 5.8.6.1
U10 | INFORMATION | U10 | InfoIndication | 3.1.6, Annex A
U10 | InfoRequest | U10 | INFORMATION to 4 | 3.1.6, Annex A
U10 | CONNECT ACKNOWLEDGE | U10 | | 5.2.8: late
U10 | CONNECT | U10 | STATUS #101:07 state 10 | 5.8.4
U10 | SETUP | U10 | | 5.8.3.2 e
U10 | STATUS ENQUIRY | U10 | STATUS #30 state 10 | 5.8.10
U10 | StatusEnquiryRequest | U10 T322 | STATUS ENQUIRY; start T322 | 5.8.10
U10 T322 | STATUS #30 state 10 | U10 | stop T322; StatusIndication #30 state 10 | 5.8.10
U10 retried | StatusEnquiryRequest | U10 T322 | STATUS ENQUIRY; start T322 | 5.8.10
U10 T322 | STATUS #30 state 8 | U10 | stop T322; StatusIndication #30 state 8 | 5.8.11
U10 | octets 03 08 00 1e 02 80 88 | U10 | STATUS #101:03 state 10 | 5.8.7.2: bad contents, not mandatory here
U10 | octets 6e 10 00 27 01 80 | U10 | NotifyIndication | 5.8.7.1: 0x10 and up may be unknown
U10 T322 | STATUS #30 state 0 | U0 | stop T322; ReleaseIndication #41 fault | 5.8.11 c
U10 T322 | STATUS #30 state 3 | U11 T305 fault#101 | stop T322; DISCONNECT #101; start T305 | 5.8.11
U10 T322 | STATUS #30 state 12 | U10 | stop T322; StatusIndication #30 state 12 | 5.8.11: its clearing is on the way
U10 T322 | T322 | U10 T322 retried | STATUS ENQUIRY; start T322 | 5.8.10
U10 T322 retried | T322 | U11 T305 retried fault#41 | DISCONNECT #41; start T305 | 5.8.10
U10 | STATUS #101 state 10 | U10 | StatusIndication #101 state 10 | 5.8.11
U10 | STATUS #101 state 0 | U0 | ReleaseIndication #101 fault | 5.8.11 c
U10 | STATUS | U10 | | 5.8.6.1: no STATUS about a STATUS
U10 | link-down | U10 T309 | start T309 | 5.8.9 b
U10 T309 | link-down | same | | 5.8.9: not started again
U10 T322 | link-down | U10 T309 | stop T322; start T309 | 5.8.9 b
U10 T309 | link-up | U10 T322 | stop T309; STATUS ENQUIRY; start T322 | 5.8.9
U10 | link-up | U10 T322 | STATUS ENQUIRY; start T322 | 5.8.8 c, 5.8.10: our CONNECT may be lost
U10 T309 | T309 | U0 | ReleaseIndication #27 fault | 5.8.9, Table 9-2
U10 T309 | DisconnectRequest #16 | U0 | stop T309; ReleaseConfirm #16 | 5.8.9
U10 | restarted | U0 | ReleaseIndication #41 remote | 5.5.2
U10 | T308 | U10 | | an expiry that crossed its stop
U10 | SetupRequest | U10 | | Annex A
U10 | ANSWERS, REARRANGEMENT | same | #101 | 5.8.4
U10 | ANSWER | same | | Annex A: no such request there
U10 | USER INFORMATION | same | UserInfoIndication | EN 300 286-1, service 3
U10 | UserInfoRequest | same | USER INFORMATION | EN 300 286-1, service 3
U10 | CONGESTION CONTROL not ready | U10 congested | CongestionIndication not ready | EN 300 286-1, service 3
U10 | CONGESTION CONTROL not ready #43 | U10 congested | CongestionIndication #43 not ready | EN 300 286-1, service 3
U10 congested | UserInfoRequest | same | | EN 300 286-1, service 3: the network would drop it
U10 congested | CONGESTION CONTROL | U10 | CongestionIndication ready | EN 300 286-1, service 3
U10 | CongestionRequest | same | CONGESTION CONTROL #31 | EN 300 286-1, service 3
U10 | octets 20 | same | STATUS #96:7e state 10 | 5.8.6.1
U10 | octets 79 | same | STATUS #96:b0 state 10 | 5.8.6.1
U10 | octets 62 | same | STATUS #96:1c state 10 | 5.8.6.1

// Hold and retrieve: the auxiliary states
U10 | HoldRequest | U10 T-HOLD hold-request | HOLD; start T-HOLD | EN 300 196-1, hold
U10 T-HOLD hold-request | HOLD ACKNOWLEDGE | U10 call-held | stop T-HOLD; HoldConfirm | EN 300 196-1, hold
U10 T-HOLD hold-request | HOLD REJECT #29 | U10 | stop T-HOLD; HoldConfirm #29 | EN 300 196-1, hold
U10 T-HOLD hold-request | T-HOLD | U10 | HoldConfirm #102 | EN 300 196-1, hold
U10 T-HOLD hold-request | HOLD, RETRIEVE, RETRIEVE ACKNOWLEDGE, RETRIEVE REJECT #29 | same | #101 | 5.8.4
U10 T-HOLD hold-request | HoldRequest, HoldResponse, RetrieveRequest, RetrieveResponse, SuspendRequest | same | | EN 300 196-1, hold
U10 T-HOLD hold-request | DISCONNECT #16 | U12 peer#16 | stop T-HOLD; DisconnectIndication #16 | 5.3.4
U10 call-held | RetrieveRequest | U10 T-RETRIEVE retrieve-request | RETRIEVE ch 7?; start T-RETRIEVE | EN 300 196-1, retrieve
U10 T-RETRIEVE retrieve-request | RETRIEVE ACKNOWLEDGE | U10 | stop T-RETRIEVE; RetrieveConfirm | EN 300 196-1, retrieve
U10 T-RETRIEVE retrieve-request | RETRIEVE REJECT #34 | U10 call-held | stop T-RETRIEVE; RetrieveConfirm #34 | EN 300 196-1, retrieve
U10 T-RETRIEVE retrieve-request | T-RETRIEVE | U10 call-held | RetrieveConfirm #102 | EN 300 196-1, retrieve
U10 T-RETRIEVE retrieve-request | HOLD, RETRIEVE, HOLD ACKNOWLEDGE, HOLD REJECT #29 | same | #101 | 5.8.4
U10 | HOLD | U10 hold-indication | HoldIndication | EN 300 196-1, hold
U10 hold-indication | HoldResponse | U10 call-held | HOLD ACKNOWLEDGE | EN 300 196-1, hold
U10 hold-indication | HoldResponse #29 | U10 | HOLD REJECT #29 | EN 300 196-1, hold
U10 call-held | RETRIEVE | U10 retrieve-indication | RetrieveIndication | EN 300 196-1, retrieve
U10 retrieve-indication | RetrieveResponse | U10 | RETRIEVE ACKNOWLEDGE ch 7! | EN 300 196-1, retrieve
U10 retrieve-indication | RetrieveResponse #34 | U10 call-held | RETRIEVE REJECT #34 | EN 300 196-1, retrieve
U10 | HOLD ACKNOWLEDGE, HOLD REJECT #29, RETRIEVE, RETRIEVE ACKNOWLEDGE, RETRIEVE REJECT #29 | same | #101 | 5.8.4
U10 | HoldResponse, RetrieveRequest, RetrieveResponse | same | | EN 300 196-1, hold
U10 T309 call-held | T309 | U0 | ReleaseIndication #27 fault | 5.8.9

// Suspension
U10 | SuspendRequest | U15 T319 | SUSPEND identity; start T319 | 5.6.1
U10 | SuspendRequest null | U15 T319 | SUSPEND; start T319 | 5.6.1: the null identity

// --- U15 Suspend request ---
U15 T319 | SUSPEND ACKNOWLEDGE | U0 | stop T319; SuspendConfirm | 5.6.2
U15 T319 | SUSPEND REJECT #84 | U10 | stop T319; SuspendConfirm #84 | 5.6.3
U15 T319 | octets 21 | same | STATUS #96:08 state 15 | 5.8.6.1
U15 T319 | T319 | U10 | SuspendConfirm #102 | 5.6.3, Table 9-2
U15 T319 | ANSWERS, CONNECT ACKNOWLEDGE, SUSPEND, RESUME, RESUME ACKNOWLEDGE, RESUME REJECT #85 | same | #101 | 5.8.4
U15 T319 | STATUS #30 state 10 | same | StatusIndication #30 state 10 | 5.8.11
U15 T319 | ANSWER | same | | Annex A: no such request there

// --- U17 Resume request ---
U17 T318 | RESUME ACKNOWLEDGE | U10 | stop T318; ResumeConfirm | 5.6.4
U17 T318 | RESUME REJECT #85 | U0 | stop T318; ReleaseIndication #85 remote | 5.6.5
U17 T318 | octets 2e | same | STATUS #96:18 state 17 | 5.8.6.1
U17 T318 | T318 | U19 T308 fault#102 | RELEASE #102; start T308 | 5.6.5, Table 9-2
U17 T318 | ANSWERS, CONNECT ACKNOWLEDGE, SUSPEND, SUSPEND ACKNOWLEDGE, SUSPEND REJECT #29, RESUME | same | #101 | 5.8.4
U17 T318 | STATUS #30 state 17 | same | StatusIndication #30 state 17 | 5.8.11
U17 T318 | ANSWER | same | | Annex A: no such request there

// --- U11 Disconnect request ---
U11 T305 here#16 | RELEASE #16 | U0 here#16 | RELEASE COMPLETE; stop T305; ReleaseConfirm #16 | 5.3.3
U11 T305 here#16 | RELEASE COMPLETE #16 | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.4
U11 T305 fault#102 | RELEASE #102 | U0 fault#102 | RELEASE COMPLETE; stop T305; ReleaseIndication #102 fault | 5.3.3
U11 T305 | T305 | U19 T308 #31 | RELEASE #31; start T308 | 5.8.6.1: without a cause it is 31
U11 T305 here#16 | DISCONNECT #17 | U19 T308 here#16 | stop T305; RELEASE #16; start T308 | 5.3.5
U11 T305 here#16 | T305 | U19 T308 here#16 | RELEASE #16; start T308 | Table 9-2, T305
U11 T305 retried here#16 | T305 | U19 T308 here#16 | RELEASE #16; start T308 | Table 9-2: T308 counts anew
U11 T305 here#16 | StatusEnquiryRequest | same | | 5.8.10: it is over anyway
U11 T305 here#16 | INFORMATION | same | | 5.3.3
U11 T305 here#16 | ALERTING | same | STATUS #101:01 state 11 | 5.8.4
U11 T305 here#16 | NOTIFY | same | | 5.9
U11 T305 here#16 | CONNECT ACKNOWLEDGE | same | | 5.2.8: late
U11 T305 here#16 | STATUS #101 state 0 | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.11 c
U11 T305 here#16 | DisconnectRequest #17 | same | | Annex A
U11 T305 here#16 | link-up | same | | 5.8.8 b
U11 T305 here#16 | link-down | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.9 a
U11 T305 here#16 | restarted | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.5.2
U11 T305 here#16 | ANSWERS, HOLDING, REARRANGEMENT, USER-TO-USER | same | #101 | 5.8.4
U11 T305 here#16 | STATUS #30 state 10 | same | StatusIndication #30 state 10 | 5.8.11
U11 T305 here#16 | ReleaseRequest | U19 T308 here#16 | stop T305; RELEASE #16; start T308 | 5.3.3: without waiting for T305
U11 T305 here#16 | BEGIN, ANSWER, RejectRequest #17, InfoRequest, NotifyRequest, FacilityRequest | same | | Annex A
U11 T305 here#16 | SERVICES, USER-REQUESTS, channel-rejected | same | | Annex A

// --- U12 Disconnect indication ---
U12 peer#17 | ReleaseRequest | U19 T308 peer#17 | RELEASE #17; start T308 | 5.3.4
U12 peer#17 | ReleaseRequest #16 | U19 T308 peer#17 | RELEASE #16; start T308 | 5.3.4
U12 peer#17 | DisconnectRequest #16 | U19 T308 peer#17 | RELEASE #16; start T308 | 5.3.4
U12 peer#17 | RELEASE #17 | U0 peer#17 | RELEASE COMPLETE; ReleaseIndication #17 remote | 5.3.4
U12 peer#17 | RELEASE | U0 peer#17 | RELEASE COMPLETE; ReleaseIndication #17 remote | 5.3.4
U12 peer#17 | RELEASE COMPLETE | U0 peer#17 | ReleaseIndication #17 remote | 5.8.4
U12 peer#17 | DISCONNECT #17 | U12 peer#17 | STATUS #101:45 state 12 | 5.8.4
U12 peer#17 | link-up | U12 peer#17 | | 5.8.8 b
U12 peer#17 | STATUS ENQUIRY | U12 peer#17 | STATUS #30 state 12 | 5.8.10
U12 peer#17 | ANSWERS, HOLDING, REARRANGEMENT, USER-TO-USER | same | #101 | 5.8.4
U12 peer#17 | NOTIFY, INFORMATION | same | | 5.3.4: the call is over
U12 peer#17 | STATUS #30 state 12 | same | StatusIndication #30 state 12 | 5.8.11
U12 peer#17 | STATUS #30 state 0 | U0 peer#17 | ReleaseConfirm #17 | 5.8.11 c
U12 peer#17 | BEGIN, ANSWER, RejectRequest #17, InfoRequest, NotifyRequest, FacilityRequest | same | | Annex A
U12 peer#17 | SERVICES, USER-REQUESTS, StatusEnquiryRequest, channel-rejected | same | | Annex A
U12 peer#17 | link-down | U0 peer#17 | ReleaseConfirm #17 | 5.8.9 a
U12 peer#17 | restarted | U0 peer#17 | ReleaseConfirm #17 | 5.5.2

// --- U19 Release request ---
U19 T308 here#16 | RELEASE COMPLETE | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.3.3
U19 T308 peer#17 | RELEASE COMPLETE | U0 peer#17 | stop T308; ReleaseConfirm #17 | 5.3.4
U19 T308 fault#6 | RELEASE COMPLETE | U0 fault#6 | stop T308; ReleaseIndication #6 fault | 5.3.4
U19 T308 here#16 | RELEASE #16 | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.3.5
U19 T308 here#16 | T308 | U19 T308 retried here#16 | RELEASE; start T308 | Table 9-2, T308
U19 T308 retried here#16 | T308 | U0 retried here#16 | channel-failed; ReleaseConfirm #16 | 5.3.3
U19 T308 here#16 | DISCONNECT #16 | same | | 5.3.5
U19 T308 here#16 | STATUS #101 state 12 | same | | 5.8.11 b
U19 T308 here#16 | STATUS #101 state 0 | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.11 c
U19 T308 here#16 | CONNECT | same | STATUS #101:07 state 19 | 5.8.4
U19 T308 here#16 | CONNECT ACKNOWLEDGE | same | | 5.2.8: late
U12 peer#17 | CONNECT ACKNOWLEDGE | same | | 5.2.8: late
U19 T308 here#16 | ReleaseRequest | same | | Annex A
U19 T308 here#16 | link-down | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.9 a
U19 T308 here#16 | link-up | same | | 5.8.8 b
U19 T308 here#16 | ANSWERS, HOLDING, REARRANGEMENT, USER-TO-USER | same | #101 | 5.8.4
U19 T308 here#16 | NOTIFY, INFORMATION | same | | 5.3.3: the call is over
U19 T308 here#16 | BEGIN, ANSWER, RejectRequest #17, InfoRequest, NotifyRequest, FacilityRequest | same | | Annex A
U19 T308 here#16 | SERVICES, USER-REQUESTS, StatusEnquiryRequest, channel-rejected, DisconnectRequest | same | | Annex A
U19 T308 here#16 | restarted | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.5.2
`;
