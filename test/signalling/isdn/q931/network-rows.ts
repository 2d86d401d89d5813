// The network side's call table of Q.931, written from §5, Table 9-1 and Annex A. Notation: notation.ts.

export const networkRows = `
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
let CALL = N2 T302 / N3 / N4 / N1 / N7 T301 / N9 T310 / N10 / N15 suspended / N17 suspended T307 / N25 T304
let SETUP-SENT = N6 T303
let CLEARING = N11 peer#16 / N12 T305 here#16 / N19 T308 here#16
// N8: one step leads through it, since the one user that answers is awarded the call (5.2.8).
let PASSING = N8
SETUP-SENT / CALL / CLEARING / PASSING | SETUP | same | | 5.8.3.2 e
SETUP-SENT / CALL / CLEARING / PASSING | FACILITY | same | FacilityIndication | EN 300 196-1, FACILITY
SETUP-SENT / CALL / CLEARING / PASSING | STATUS ENQUIRY | same | #30 | 5.8.10
SETUP-SENT / CALL / CLEARING / PASSING | octets 34 | same | #97 | 5.8.4
SETUP-SENT / CALL / CLEARING / PASSING | GLOBAL | same | #101 | 5.8.4
SETUP-SENT / CALL | DISCONNECT #16 | N11 peer#16 | stop *; DisconnectIndication #16 | 5.3.3
SETUP-SENT / CALL / PASSING | RELEASE #16 | N0 | RELEASE COMPLETE; stop *; ReleaseIndication #16 remote | 5.8.4
SETUP-SENT / CALL / PASSING | RELEASE COMPLETE #16 | N0 | stop *; ReleaseIndication #16 remote | 5.8.4
SETUP-SENT / CALL / PASSING | STATUS #30 state 0 | N0 | stop *; ReleaseIndication #41 fault | 5.8.11 c
SETUP-SENT / CALL / PASSING | restarted | N0 | stop *; ReleaseIndication #41 remote | 5.5.2
SETUP-SENT / CALL | channel-rejected | N19 T308 fault#6 | stop *; RELEASE #6; start T308 | 5.2.3.1
SETUP-SENT / CALL | BEGIN, ReleaseRequest, SuspendRequest | same | | Annex A: no such request there

// --- The states in which a call is neither new nor cleared ---
CALL | NOTIFY | same | NotifyIndication | 5.9
CALL | NotifyRequest | same | NOTIFY | 5.9
CALL | FacilityRequest | same | FACILITY | EN 300 196-1, FACILITY
CALL | StatusEnquiryRequest | same T322 | STATUS ENQUIRY; start T322 | 5.8.10
CALL + T322 | T322 | same retried | STATUS ENQUIRY; start T322 | 5.8.10
CALL + T322 retried | T322 | N12 T305 retried fault#41 | stop *; DISCONNECT #41; start T305 | 5.8.10
let NOT-OVERLAP = N3 / N4 / N1 / N7 T301 / N9 T310 / N10 / N15 suspended / N17 suspended T307
NOT-OVERLAP / N25 T304 | INFORMATION | same | InfoIndication | 5.1.3, 5.2.4
NOT-OVERLAP / N2 T302 | InfoRequest | same | INFORMATION to 4 | 5.1.3, 5.2.4
let NOT-ACTIVE = N2 T302 / N3 / N4 / N1 / N7 T301 / N9 T310 / N15 suspended / N17 suspended T307 / N25 T304
NOT-ACTIVE / PASSING | link-down | N0 | stop *; ReleaseIndication #27 fault | 5.8.9 a
NOT-ACTIVE / PASSING | HOLDING | same | #101 | 5.8.4
NOT-ACTIVE | HOLD-REQUESTS | same | | Annex A: no such request there
let ESTABLISHMENT = N3 / N4 / N1 / N15 suspended / N17 suspended T307
ESTABLISHMENT / PASSING | link-up | same | | 5.8.8 c
let ANSWERED = N2 T302 / N3 / N4 / N7 T301 / N9 T310 / N10 / N15 suspended / N17 suspended T307 / N25 T304
ANSWERED | DisconnectRequest #17 | N12 T305 here#17 | stop *; DISCONNECT #17; start T305 | 5.3.4.2
SETUP-SENT / ANSWERED | RejectRequest #17 | same | | Annex A: no such request there
let UNTOLD = N2 T302 / N3 / N1 / N9 T310 / N15 suspended / N17 suspended T307 / N25 T304
SETUP-SENT / UNTOLD / PASSING | USER-TO-USER | same | #101 | 5.8.4
SETUP-SENT / UNTOLD | USER-REQUESTS | same | | Annex A: no such request there
let SUSPENDABLE = N2 T302 / N3 / N4 / N1 / N7 T301 / N9 T310 / N10 / N25 T304
SETUP-SENT / SUSPENDABLE | SuspendResponse, ResumeResponse | same | | Annex A: no such request there

// --- A bus with several terminals ---
let OFFERED = N7 T301 / N9 T310 / N25 T304
OFFERED | not-selected | N19 T308 here#26 | stop *; RELEASE #26; start T308 | 5.2.9
let NOT-OFFERED = N0 / N1 / N2 T302 / N3 / N4 / N6 T303 / N8 / N10 / N15 suspended / N17 suspended T307
NOT-OFFERED / CLEARING | not-selected | same | | 5.2.9: has no answer yet, the call, or its end
OFFERED / NOT-OFFERED / CLEARING | IgnoreRequest | same | | Annex E: a terminal's request

// --- Timers that do not run in a state: an expiry that crossed its stop changes nothing ---
let FIVE-TO-NINE = T305, T306, T307, T308, T309
N0 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-1
N1 / N3 / N4 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1
N2 T302 | T301, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1
N6 T303 | T301, T302, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-1
N7 T301 | T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1
N8 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-1
N9 T310 | T301, T302, T303, T304, FIVE-TO-NINE, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1
N10 | T301, T302, T303, T304, T305, T306, T307, T308, T310, T313, T318, T319 | same | | Table 9-1
N11 peer#16 | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-1
N12 T305 here#16 | T301, T302, T303, T304, T306, T307, T308, T309, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-1
N15 suspended | T301, T302, T303, T304, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1
N17 suspended T307 | T301, T302, T303, T304, T305, T306, T308, T309, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1
N19 T308 here#16 | T301, T302, T303, T304, T305, T306, T307, T309, T310, T313, T318, T319, T322, T-HOLD, T-RETRIEVE | same | | Table 9-1
N25 T304 | T301, T302, T303, FIVE-TO-NINE, T310, T313, T318, T319, T-HOLD, T-RETRIEVE | same | | Table 9-1

// --- N8 Connect request: what is left ---
N8 | DISCONNECT #16, NOTIFY, INFORMATION, ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N8 | STATUS #30 state 8 | same | StatusIndication #30 state 8 | 5.8.11
N8 | BEGIN, ANSWER, SERVICES, USER-REQUESTS, RejectRequest #17, DisconnectRequest, ReleaseRequest | same | | Annex A
N8 | InfoRequest, NotifyRequest, FacilityRequest, StatusEnquiryRequest, channel-rejected | same | | Annex A

// --- N0 Null ---
N0 | SETUP sc | N1 | SetupIndication sc | 5.1.1
N0 | SetupRequest | N6 T303 | SETUP sc ch 7! to 123; start T303 | 5.2.1
N0 | octets 05 70 03 81 31 32 | N0 | RELEASE COMPLETE #96:04 | 5.8.6.1
N0 | ProceedingRequest | N0 | | Annex A
N0 | ANSWER, RejectRequest #17, ReleaseRequest, InfoRequest, NotifyRequest, ResumeRequest | same | | Annex A
N0 | StatusEnquiryRequest, FacilityRequest, USER-REQUESTS, SERVICES | same | | Annex A
N0 | ANSWERS, CONNECT ACKNOWLEDGE, HOLDING, USER-TO-USER | same | RELEASE COMPLETE #81 | 5.8.3.2 a
N0 | SUSPEND, SUSPEND ACKNOWLEDGE, SUSPEND REJECT #29, RESUME ACKNOWLEDGE, RESUME REJECT #85 | same | RELEASE COMPLETE #81 | 5.8.3.2 a
N0 | DISCONNECT #16, FACILITY, NOTIFY, INFORMATION, GLOBAL, octets 34 | same | RELEASE COMPLETE #81 | 5.8.3.2 a
N0 | RESUME | same | RESUME REJECT #85 | 5.6.5
N0 | RELEASE #16 | same | RELEASE COMPLETE #81 | 5.8.3.2 b
N0 | RELEASE COMPLETE #16 | same | | 5.8.3.2 c
N0 | STATUS #30 state 10 | same | RELEASE COMPLETE #101 | 5.8.11 a 2
N0 | STATUS #30 state 0 | same | | 5.8.11: in Null, about Null
N0 | STATUS ENQUIRY | same | STATUS #30 state 0 | 5.8.3.2 h, 5.8.10
N0 | link-up, link-down, channel-rejected | same | | there is no call

// A suspended call: Null, with a call identity
N0 suspended T307 | RESUME | N17 suspended T307 | ResumeIndication | 5.6.4
N0 suspended T307 | T307 | N0 | ReleaseIndication #102 fault | 5.6.5, Table 9-1
N0 suspended T307 | DisconnectRequest #16 | N0 | stop T307; ReleaseConfirm #16 | 5.6.5: cleared by the remote user
N0 suspended T307 | restarted | N0 | stop T307; ReleaseIndication #41 remote | 5.5.2
N0 suspended T307 | link-up, link-down | same | | 5.6.2: it has no call reference

// --- N1 Call initiated ---
N1 | MoreInfoRequest | N2 T302 | SETUP ACKNOWLEDGE ch 7!; start T302 | 5.1.3
N1 | MoreInfoRequest pi 8 | N2 T302 | SETUP ACKNOWLEDGE ch 7! pi 8; start T302 | 5.1.3
N1 | ProceedingRequest | N3 | CALL PROCEEDING ch 7! | 5.1.5.1
N1 | AlertingRequest | N4 | ALERTING ch 7! | 5.1.7
N1 | SetupResponse | N10 | CONNECT ch 7!; SetupCompleteIndication | 5.1.8
N1 | RejectRequest #34 | N0 | RELEASE COMPLETE #34; ReleaseConfirm #34 | 5.3.2 a
N1 | DisconnectRequest #21 | N0 | RELEASE COMPLETE #21; ReleaseConfirm #21 | 5.3.2 a
N1 | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N1 | RELEASE #16 | N0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4
N1 | SETUP | N1 | | 5.8.3.2 e
N1 | CONNECT | N1 | STATUS #101:07 state 1 | 5.8.4
N1 | STATUS ENQUIRY | N1 | STATUS #30 state 1 | 5.8.10
N1 | ProgressRequest pi 8 | N1 | | Annex A
N1 | link-up | N1 | | 5.8.8 c
N1 | link-down | N0 | ReleaseIndication #27 fault | 5.8.9 a
N1 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N1 | STATUS #30 state 1 | same | StatusIndication #30 state 1 | 5.8.11

// --- N2 Overlap sending ---
N2 T302 | INFORMATION | N2 T302 | start T302; InfoIndication | 5.1.3
N2 T302 | INFORMATION sc | N2 | stop T302; InfoIndication sc | 5.1.3
N2 T302 | T302 | N2 | TimeoutIndication | Table 9-1, T302
N2 T302 | ProceedingRequest | N3 | stop T302; CALL PROCEEDING | 5.1.5.2
N2 T302 | AlertingRequest | N4 | stop T302; ALERTING | 5.1.7
N2 T302 | SetupResponse | N10 | stop T302; CONNECT; SetupCompleteIndication | 5.1.8
N2 T302 | ProgressRequest pi 8 | same | PROGRESS pi 8 | 5.1.6
N2 T302 | DisconnectRequest #28 | N12 T305 here#28 | stop T302; DISCONNECT #28; start T305 | 5.3.4.2
N2 T302 | DISCONNECT #16 | N11 peer#16 | stop T302; DisconnectIndication #16 | 5.3.3
N2 T302 | ALERTING | same | STATUS #101:01 state 2 | 5.8.4
N2 T302 | link-up | N12 T305 fault#41 | stop T302; DISCONNECT #41; start T305 | 5.8.8 a
N2 T302 | link-down | N0 | stop T302; ReleaseIndication #27 fault | 5.8.9 a
N2 T302 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N2 T302 | STATUS #30 state 2 | same | StatusIndication #30 state 2 | 5.8.11
N2 T302 | MoreInfoRequest | same | | Annex A: no such request there

// --- N3 Outgoing call proceeding ---
N3 | AlertingRequest | N4 | ALERTING | 5.1.7
N3 | AlertingRequest pi 8 | N4 | ALERTING pi 8 | 5.1.7
N3 | SetupResponse | N10 | CONNECT; SetupCompleteIndication | 5.1.8
N3 | ProgressRequest pi 1 | N3 | PROGRESS pi 1 | 5.1.6
N3 | NotifyRequest | N3 | NOTIFY | 5.9
N3 | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N3 | DisconnectRequest #17 | N12 T305 here#17 | DISCONNECT #17; start T305 | 5.3.4.2
N3 | DisconnectRequest #17 inband | N12 T306 here#17 | DISCONNECT #17 pi 8; start T306 | 5.3.4.1
N3 | INFORMATION | N3 | InfoIndication | 5.1.3
N3 | SETUP | N3 | | 5.8.3.2 e
N3 | ProceedingRequest | N3 | | Annex A
N3 | link-up | N3 | | 5.8.8 c
N3 | link-down | N0 | ReleaseIndication #27 fault | 5.8.9 a
N3 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N3 | STATUS #30 state 3 | same | StatusIndication #30 state 3 | 5.8.11
N3 | MoreInfoRequest | same | | Annex A: no such request there

// --- N4 Call delivered ---
N4 | SetupResponse | N10 | CONNECT; SetupCompleteIndication | 5.1.8
N4 | ProgressRequest pi 8 | N4 | PROGRESS pi 8 | 5.1.6
N4 | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N4 | DisconnectRequest #19 | N12 T305 here#19 | DISCONNECT #19; start T305 | 5.3.4.2
N4 | AlertingRequest | N4 | | Annex A
N4 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N4 | STATUS #30 state 4 | same | StatusIndication #30 state 4 | 5.8.11
N4 | MoreInfoRequest, ProceedingRequest | same | | Annex A: no such request there
N4 | USER INFORMATION | same | UserInfoIndication | EN 300 286-1, service 2
N4 | CONGESTION CONTROL | same | CongestionIndication ready | EN 300 286-1, service 2
N4 | UserInfoRequest | same | USER INFORMATION | EN 300 286-1, service 2
N4 | CongestionRequest not ready | same | CONGESTION CONTROL #43 not ready | EN 300 286-1, service 2

// --- N6 Call present ---
N6 T303 | SETUP ACKNOWLEDGE | N25 T304 | stop T303; start T304; MoreInfoIndication | 5.2.4
N6 T303 | CALL PROCEEDING | N9 T310 | stop T303; start T310; ProceedingIndication | 5.2.5.2
N6 T303 | ALERTING | N7 T301 | stop T303; start T301; AlertingIndication | 5.2.5.2
N6 T303 | CONNECT | N10 | stop T303; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N6 T303 | RELEASE COMPLETE #17 | N0 | stop T303; ReleaseIndication #17 remote | 5.2.5.3
N6 T303 | T303 | N6 T303 retried | SETUP; start T303 | 5.2.5.1, Table 9-1
N6 T303 retried | T303 | N0 retried | RELEASE COMPLETE #102; ReleaseIndication #18 fault | 5.2.5.4
N6 T303 | DisconnectRequest #16 | N12 T305 here#16 | stop T303; DISCONNECT #16; start T305 | 5.3.4
N6 T303 | DISCONNECT #16 | N11 peer#16 | stop T303; DisconnectIndication #16 | 5.3.3
N6 T303 | channel-rejected | N19 T308 fault#6 | stop T303; RELEASE #6; start T308 | 5.2.3.1
N6 T303 | PROGRESS pi 8 | same | STATUS #101:03 state 6 | 5.8.4
N6 T303 | link-down | N0 | stop T303; ReleaseIndication #27 fault | 5.8.9 a
N6 T303 | link-up | same | | 5.8.8 c
N6 T303 | NOTIFY | same | NotifyIndication | 5.9
N6 T303 | INFORMATION | same | InfoIndication | 5.2.4
N6 T303 | CONNECT ACKNOWLEDGE, HOLDING, REARRANGEMENT | same | #101 | 5.8.4
N6 T303 | STATUS #30 state 6 | same | StatusIndication #30 state 6 | 5.8.11
N6 T303 | ANSWER, HOLD-REQUESTS | same | | Annex A: no such request there
N6 T303 | InfoRequest, NotifyRequest, FacilityRequest, StatusEnquiryRequest | same | | 5.2.1: not before the user's first answer

// --- N25 Overlap receiving ---
N25 T304 | InfoRequest | N25 T304 | INFORMATION to 4; start T304 | 5.2.4
N25 T304 | CALL PROCEEDING | N9 T310 | stop T304; start T310; ProceedingIndication | 5.2.5.2
N25 T304 | ALERTING | N7 T301 | stop T304; start T301; AlertingIndication | 5.2.5.2
N25 T304 | CONNECT | N10 | stop T304; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N25 T304 | T304 | N12 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-1, T304
N25 T304 | DISCONNECT #28 | N11 peer#28 | stop T304; DisconnectIndication #28 | 5.3.3
N25 T304 | link-up | N12 T305 fault#41 | stop T304; DISCONNECT #41; start T305 | 5.8.8 a
N25 T304 | PROGRESS pi 8 | same | ProgressIndication inband | 5.2.6
N25 T304 | SETUP ACKNOWLEDGE, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N25 T304 | STATUS #30 state 25 | same | StatusIndication #30 state 25 | 5.8.11
N25 T304 | ANSWER | same | | Annex A: no such request there

// --- N9 Incoming call proceeding ---
N9 T310 | ALERTING | N7 T301 | stop T310; start T301; AlertingIndication | 5.2.5.2
N9 T310 | CONNECT | N10 | stop T310; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N9 T310 | PROGRESS pi 8 | N9 | stop T310; ProgressIndication inband | 5.2.6
N9 T310 | T310 | N12 T305 fault#102 | DISCONNECT #102; start T305 | 5.2.5.4, Table 9-1
N9 T310 | DISCONNECT #17 | N11 peer#17 | stop T310; DisconnectIndication #17 | 5.2.5.3
N9 T310 | RELEASE #17 | N0 | RELEASE COMPLETE; stop T310; ReleaseIndication #17 remote | 5.8.4
N9 T310 | SETUP ACKNOWLEDGE | same | STATUS #101:0d state 9 | 5.8.4
N9 T310 | link-up | N9 T310 T322 | STATUS ENQUIRY; start T322 | 5.8.8 c, 5.8.10: its CONNECT may be lost
N9 T310 | CALL PROCEEDING, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N9 T310 | STATUS #30 state 9 | same | StatusIndication #30 state 9 | 5.8.11
N9 T310 | ANSWER | same | | Annex A: no such request there

// --- N7 Call received ---
N7 T301 | CONNECT | N10 | stop T301; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N7 T301 | T301 | N12 T305 fault#102 | DISCONNECT #102; start T305 | 5.2.5.4, Table 9-1
N7 T301 | DISCONNECT #21 | N11 peer#21 | stop T301; DisconnectIndication #21 | 5.2.5.3
N7 T301 | CALL PROCEEDING | same | STATUS #101:02 state 7 | 5.8.4
N7 T301 | DisconnectRequest #16 | N12 T305 here#16 | stop T301; DISCONNECT #16; start T305 | 5.3.4
N7 T301 | PROGRESS pi 8 | same | ProgressIndication inband | 5.2.6
N7 T301 | ALERTING, SETUP ACKNOWLEDGE, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N7 T301 | link-up | N7 T301 T322 | STATUS ENQUIRY; start T322 | 5.8.8 c, 5.8.10: its CONNECT may be lost
N7 T301 | STATUS #30 state 7 | same | StatusIndication #30 state 7 | 5.8.11
N7 T301 | ANSWER | same | | Annex A: no such request there
N7 T301 | USER INFORMATION | same | UserInfoIndication | EN 300 286-1, service 2
N7 T301 | CONGESTION CONTROL | same | CongestionIndication ready | EN 300 286-1, service 2
N7 T301 | UserInfoRequest | same | USER INFORMATION | EN 300 286-1, service 2
N7 T301 | CongestionRequest | same | CONGESTION CONTROL #31 | EN 300 286-1, service 2

// --- N10 Active ---
N10 | CONNECT ACKNOWLEDGE | N10 | | 5.1.8: optional
N10 | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N10 | DisconnectRequest #16 | N12 T305 here#16 | DISCONNECT #16; start T305 | 5.3.4.2
N10 | DisconnectRequest #16 inband | N12 T306 here#16 | DISCONNECT #16 pi 8; start T306 | 5.3.4.1
N10 | RELEASE #16 | N0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4
N10 | NOTIFY | N10 | NotifyIndication | 5.9
N10 | STATUS ENQUIRY | N10 | STATUS #30 state 10 | 5.8.10
N10 | octets 34 | N10 | STATUS #97:34 state 10 | 5.8.4
N10 | CALL PROCEEDING | N10 | STATUS #101:02 state 10 | 5.8.4
N10 | link-down | N10 T309 | start T309 | 5.8.9 b
N10 T309 | link-up | N10 T322 | stop T309; STATUS ENQUIRY; start T322 | 5.8.9
N10 T309 | T309 | N0 | ReleaseIndication #27 fault | 5.8.9, Table 9-1
N10 | restarted | N0 | ReleaseIndication #41 remote | 5.5.2
N10 | link-up | N10 T322 | STATUS ENQUIRY; start T322 | 5.8.8 c, 5.8.10: our CONNECT may be lost
N10 | ANSWERS | same | #101 | 5.8.4
N10 | SUSPEND ACKNOWLEDGE, SUSPEND REJECT #29, RESUME, RESUME ACKNOWLEDGE, RESUME REJECT #85 | same | #101 | 5.8.4
N10 | STATUS #30 state 10 | same | StatusIndication #30 state 10 | 5.8.11
N10 T322 | STATUS #30 state 4 | N12 T305 fault#101 | stop T322; DISCONNECT #101; start T305 | 5.8.11
N10 | ANSWER | same | | Annex A: no such request there
N10 | USER INFORMATION | same | UserInfoIndication | EN 300 286-1, service 3
N10 | CONGESTION CONTROL not ready | N10 congested | CongestionIndication not ready | EN 300 286-1, service 3
N10 | UserInfoRequest | same | USER INFORMATION | EN 300 286-1, service 3
N10 | CongestionRequest not ready | same | CONGESTION CONTROL #43 not ready | EN 300 286-1, service 3

// Hold and retrieve: the auxiliary states
N10 | HOLD | N10 hold-indication | HoldIndication | EN 300 196-1, hold
N10 hold-indication | HoldResponse | N10 call-held | HOLD ACKNOWLEDGE | EN 300 196-1, hold
N10 hold-indication | HoldResponse #50 | N10 | HOLD REJECT #50 | EN 300 196-1, hold
N10 hold-indication / N10 call-held | HOLD | same | #101 | 5.8.4
N10 hold-indication / N10 call-held | SUSPEND | same | #101 | EN 300 141-1: not while held
N10 call-held | RETRIEVE | N10 retrieve-indication | RetrieveIndication | EN 300 196-1, retrieve
N10 retrieve-indication | RetrieveResponse | N10 | RETRIEVE ACKNOWLEDGE ch 7! | EN 300 196-1, retrieve
N10 retrieve-indication | RetrieveResponse #34 | N10 call-held | RETRIEVE REJECT #34 | EN 300 196-1, retrieve
N10 call-held | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N10 | HoldRequest | N10 T-HOLD hold-request | HOLD; start T-HOLD | EN 300 196-1, hold
N10 T-HOLD hold-request | HOLD ACKNOWLEDGE | N10 call-held | stop T-HOLD; HoldConfirm | EN 300 196-1, hold
N10 T-HOLD hold-request | HOLD REJECT #69 | N10 | stop T-HOLD; HoldConfirm #69 | EN 300 196-1, hold
N10 T-HOLD hold-request | T-HOLD | N10 | HoldConfirm #102 | EN 300 196-1, hold
N10 call-held | RetrieveRequest | N10 T-RETRIEVE retrieve-request | RETRIEVE ch 7?; start T-RETRIEVE | EN 300 196-1, retrieve
N10 T-RETRIEVE retrieve-request | RETRIEVE ACKNOWLEDGE | N10 | stop T-RETRIEVE; RetrieveConfirm | EN 300 196-1, retrieve
N10 T-RETRIEVE retrieve-request | RETRIEVE REJECT #34 | N10 call-held | stop T-RETRIEVE; RetrieveConfirm #34 | EN 300 196-1, retrieve
N10 T-RETRIEVE retrieve-request | T-RETRIEVE | N10 call-held | RetrieveConfirm #102 | EN 300 196-1, retrieve
N10 | HOLD ACKNOWLEDGE, HOLD REJECT #29, RETRIEVE, RETRIEVE ACKNOWLEDGE, RETRIEVE REJECT #29 | same | #101 | 5.8.4
N10 | HoldResponse, RetrieveRequest, RetrieveResponse | same | | EN 300 196-1, hold

// Suspension
N10 | SUSPEND | N15 suspended | SuspendIndication | 5.6.1
N10 | SUSPEND null | N15 suspended | SuspendIndication | 5.6.1: the null identity

// --- N15 Suspend request ---
N15 suspended | SuspendResponse | N0 suspended T307 | SUSPEND ACKNOWLEDGE; start T307 | 5.6.2
N15 suspended | SuspendResponse #29 | N10 | SUSPEND REJECT #29 | 5.6.3
N15 suspended | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N15 suspended | STATUS #30 state 15 | same | StatusIndication #30 state 15 | 5.8.11
N15 suspended | ANSWER, ResumeResponse | same | | Annex A: no such request there

// --- N17 Resume request ---
N17 suspended T307 | ResumeResponse | N10 | stop T307; RESUME ACKNOWLEDGE ch 7! | 5.6.4
N17 suspended T307 | ResumeResponse #34 | N0 suspended T307 | RESUME REJECT #34 | 5.6.5
N17 suspended T307 | T307 | N12 T305 fault#102 | DISCONNECT #102; start T305 | 5.6.5, Table 9-1
N17 suspended T307 | ANSWERS, CONNECT ACKNOWLEDGE, REARRANGEMENT | same | #101 | 5.8.4
N17 suspended T307 | STATUS #30 state 17 | same | StatusIndication #30 state 17 | 5.8.11
N17 suspended T307 | ANSWER, SuspendResponse | same | | Annex A: no such request there

// --- N11 Disconnect request: the user's DISCONNECT was received ---
N11 peer#16 | ReleaseRequest | N19 T308 peer#16 | RELEASE #16; start T308 | 5.3.3
N11 peer#16 | RELEASE #16 | N0 peer#16 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4
N11 peer#16 | DISCONNECT #16 | N11 peer#16 | STATUS #101:45 state 11 | 5.8.4
N11 peer#16 | DisconnectRequest #16 | N19 T308 peer#16 | RELEASE #16; start T308 | 5.3.5
N11 peer#16 | link-up | N11 peer#16 | | 5.8.8 b
N11 peer#16 | CONNECT ACKNOWLEDGE | same | | 5.1.8: late
N11 peer#16 | ANSWERS, HOLDING, REARRANGEMENT, USER-TO-USER | same | #101 | 5.8.4
N11 peer#16 | NOTIFY, INFORMATION | same | | 5.3.3: the call is over
N11 peer#16 | RELEASE COMPLETE #16 | N0 peer#16 | ReleaseIndication #16 remote | 5.8.4
N11 peer#16 | STATUS #30 state 11 | same | StatusIndication #30 state 11 | 5.8.11
N11 peer#16 | STATUS #30 state 0 | N0 peer#16 | ReleaseConfirm #16 | 5.8.11 c
N11 peer#16 | BEGIN, ANSWER, RejectRequest #17, InfoRequest, NotifyRequest, FacilityRequest | same | | Annex A
N11 peer#16 | SERVICES, USER-REQUESTS, StatusEnquiryRequest, channel-rejected | same | | Annex A
N11 peer#16 | link-down | N0 peer#16 | ReleaseConfirm #16 | 5.8.9 a
N11 peer#16 | restarted | N0 peer#16 | ReleaseConfirm #16 | 5.5.2

// --- N12 Disconnect indication: our DISCONNECT was sent ---
N12 T305 here#16 | RELEASE #16 | N0 here#16 | RELEASE COMPLETE; stop T305; ReleaseConfirm #16 | 5.3.4.3
N12 T306 here#17 | RELEASE #16 | N0 here#17 | RELEASE COMPLETE; stop T306; ReleaseConfirm #17 | 5.3.4.3
N12 T305 here#16 | T305 | N19 T308 here#16 | RELEASE #16; start T308 | Table 9-1, T305
N12 T306 here#17 | T306 | N19 T308 here#17 | RELEASE #17; start T308 | Table 9-1, T306
N12 T306 here#17 | DISCONNECT #16 | N19 T308 here#17 | stop T306; RELEASE #17; start T308 | 5.3.5
N12 T306 here#17 | ReleaseRequest | N19 T308 here#17 | stop T306; RELEASE #17; start T308 | 5.3.4.1
N12 T305 here#16 | CONNECT | same | STATUS #101:07 state 12 | 5.8.4
N12 T305 here#16 | link-up | same | | 5.8.8 b
N12 T305 here#16 | CONNECT ACKNOWLEDGE | same | | 5.1.8: late
N12 T305 here#16 | ANSWERS, HOLDING, REARRANGEMENT, USER-TO-USER | same | #101 | 5.8.4
N12 T305 here#16 | NOTIFY, INFORMATION | same | | 5.3.4: the call is over
N12 T305 here#16 | RELEASE COMPLETE #16 | N0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.4
N12 T305 here#16 | DISCONNECT #17 | N19 T308 here#16 | stop T305; RELEASE #16; start T308 | 5.3.5
N12 T305 here#16 | STATUS #30 state 10 | same | StatusIndication #30 state 10 | 5.8.11
N12 T305 here#16 | STATUS #30 state 0 | N0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.11 c
N12 T305 here#16 | BEGIN, ANSWER, RejectRequest #17, InfoRequest, NotifyRequest, FacilityRequest | same | | Annex A
N12 T305 here#16 | SERVICES, USER-REQUESTS, StatusEnquiryRequest, DisconnectRequest, channel-rejected | same | | Annex A
N12 T305 here#16 | link-down | N0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.9 a
N12 T305 here#16 | restarted | N0 here#16 | stop T305; ReleaseConfirm #16 | 5.5.2

// --- N19 Release request ---
N19 T308 peer#16 | RELEASE COMPLETE | N0 peer#16 | stop T308; ReleaseConfirm #16 | 5.3.3
N19 T308 here#16 | RELEASE #16 | N0 here#16 | stop T308; ReleaseConfirm #16 | 5.3.5
N19 T308 here#16 | T308 | N19 T308 retried here#16 | RELEASE; start T308 | Table 9-1, T308
N19 T308 retried here#16 | T308 | N0 retried here#16 | channel-failed; ReleaseConfirm #16 | 5.3.3
N19 T308 here#16 | link-down | N0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.9 a
N19 T308 here#16 | CONNECT ACKNOWLEDGE | same | | 5.1.8: late
N19 T308 here#16 | ANSWERS, HOLDING, REARRANGEMENT, USER-TO-USER | same | #101 | 5.8.4
N19 T308 here#16 | NOTIFY, INFORMATION | same | | 5.3.3: the call is over
N19 T308 here#16 | DISCONNECT #16 | same | | 5.3.5
N19 T308 here#16 | STATUS #30 state 10 | same | | 5.8.11 b
N19 T308 here#16 | STATUS #30 state 0 | N0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.11 c
N19 T308 here#16 | BEGIN, ANSWER, RejectRequest #17, InfoRequest, NotifyRequest, FacilityRequest | same | | Annex A
N19 T308 here#16 | SERVICES, USER-REQUESTS, StatusEnquiryRequest, channel-rejected | same | | Annex A
N19 T308 here#16 | DisconnectRequest, ReleaseRequest | same | | Annex A: RELEASE is out
N19 T308 here#16 | link-up | same | | 5.8.8 b
N19 T308 here#16 | restarted | N0 here#16 | stop T308; ReleaseConfirm #16 | 5.5.2
`;
