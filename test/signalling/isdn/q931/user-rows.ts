// The user side's call table of Q.931, written from §5, Table 9-2 and Annex A. Notation: notation.ts.

export const userRows = `
// --- U0 Null ---
U0 | SetupRequest | U1 T303 | SETUP sc ch 7! to 123; start T303 | 5.1.1
U0 | SETUP sc | U6 | SetupIndication sc | 5.2.1
U0 | octets 05 70 03 81 31 32 | U0 | RELEASE COMPLETE #96:04 | 5.8.6.1: bearer capability missing
U0 | octets 05 04 01 90 70 03 81 31 32 | U0 | RELEASE COMPLETE #100:04 | 5.8.6.2: bearer capability cut short
U0 | octets 05 04 03 90 90 a3 0f 01 00 | U0 | RELEASE COMPLETE #96:0f | 5.8.7.1: unknown, comprehension required
U0 | octets 05 04 03 90 90 a3 1a 01 00 a1 | U6 | SetupIndication sc | 5.8.7.1: unknown, not required
U0 | AlertingRequest | U0 | | Annex A

// --- U1 Call initiated ---
U1 T303 | SETUP ACKNOWLEDGE ch 7 | U2 T304 | stop T303; start T304; MoreInfoIndication | 5.1.1
U1 T303 | CALL PROCEEDING | U3 T310 | stop T303; start T310; ProceedingIndication | 5.1.5.1
U1 T303 | CALL PROCEEDING pi 8 | U3 | stop T303; ProceedingIndication inband | Table 9-2, T310
U1 T303 | ALERTING | U4 T301 | stop T303; start T301; AlertingIndication | 5.1.7
U1 T303 | ALERTING pi 8 | U4 T301 | stop T303; start T301; AlertingIndication inband | 5.1.7
U1 T303 | CONNECT | U10 | stop T303; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U1 T303 | RELEASE COMPLETE #17 | U0 | stop T303; ReleaseIndication #17 remote | 5.3.2
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
U1 T303 | restarted | U0 | stop T303; ReleaseIndication #41 remote | 5.5
U1 T303 | T310 | same | | an expiry that crossed its stop
U1 T303 | AlertingRequest | same | | Annex A

// --- U2 Overlap sending ---
U2 T304 | InfoRequest | U2 T304 | INFORMATION to 4; start T304 | 5.1.3
U2 T304 | CALL PROCEEDING | U3 T310 | stop T304; start T310; ProceedingIndication | 5.1.5.2
U2 T304 | ALERTING | U4 T301 | stop T304; start T301; AlertingIndication | 5.1.7
U2 T304 | CONNECT | U10 | stop T304; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U2 T304 | PROGRESS pi 1 | same | ProgressIndication inband | 5.1.6
U2 T304 | SETUP ACKNOWLEDGE | same | STATUS #101:0d state 2 | 5.8.4
U2 T304 | T304 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T304
U2 T304 | DISCONNECT #28 | U12 peer#28 | stop T304; DisconnectIndication #28 | 5.3.4
U2 T304 | RELEASE #28 | U0 | RELEASE COMPLETE; stop T304; ReleaseIndication #28 remote | 5.3.4
U2 T304 | RELEASE COMPLETE #41 | U0 | stop T304; ReleaseIndication #41 remote | 5.8.4
U2 T304 | DisconnectRequest | U11 T305 here#16 | stop T304; DISCONNECT #16; start T305 | 5.3.3
U2 T304 | link-up | U11 T305 fault#41 | stop T304; DISCONNECT #41; start T305 | 5.8.8 a
U2 T304 | link-down | U0 | stop T304; ReleaseIndication #27 fault | 5.8.9 a

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
U3 T310 | RELEASE #17 | U0 | RELEASE COMPLETE; stop T310; ReleaseIndication #17 remote | 5.3.4
U3 T310 | NOTIFY | same | NotifyIndication | 5.9
U3 T310 | CALL PROCEEDING | same | STATUS #101:02 state 3 | 5.8.4
U3 T310 | SETUP ACKNOWLEDGE | same | STATUS #101:0d state 3 | 5.8.4
U3 T310 | FACILITY | same | FacilityIndication | Q.932 6.1
U3 T310 | InfoRequest | same | INFORMATION to 4 | 5.1.3
U3 T310 | link-up | same | | 5.8.8 c
U3 T310 | link-down | U0 | stop T310; ReleaseIndication #27 fault | 5.8.9 a

// --- U4 Call delivered ---
U4 T301 | CONNECT | U10 | stop T301; CONNECT ACKNOWLEDGE; SetupConfirm | 5.1.8
U4 T301 | PROGRESS pi 8 | same | ProgressIndication inband | 5.1.6
U4 T301 | T301 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T301
U4 T301 | DISCONNECT #19 | U12 peer#19 | stop T301; DisconnectIndication #19 | 5.3.4
U4 T301 | ALERTING | same | STATUS #101:01 state 4 | 5.8.4
U4 T301 | DisconnectRequest #16 | U11 T305 here#16 | stop T301; DISCONNECT #16; start T305 | 5.3.3
U4 T301 | NOTIFY | same | NotifyIndication | 5.9
U4 T301 | link-up | same | | 5.8.8 c

U4 T301 T322 | STATUS #30 state 4 | U4 T301 | stop T322; StatusIndication #30 state 4 | 5.8.11
U4 T301 T322 | STATUS #30 state 10 | U11 T305 fault#101 | stop T322; stop T301; DISCONNECT #101; start T305 | 5.8.11: its CONNECT was lost
U4 T301 | STATUS #97 state 10 | same | StatusIndication #97 state 10 | 5.8.11: not asked for

// --- U6 Call present ---
U6 | MoreInfoRequest | U25 T302 | SETUP ACKNOWLEDGE ch 7!; start T302 | 5.2.4
U6 | ProceedingRequest | U9 | CALL PROCEEDING ch 7! | 5.2.5.2
U6 | ProceedingRequest pi 8 | U9 | CALL PROCEEDING ch 7! pi 8 | 5.2.6
U6 | AlertingRequest | U7 | ALERTING ch 7! | 5.2.5.2
U6 | AlertingRequest pi 8 | U7 | ALERTING ch 7! pi 8 | 5.2.6
U6 | SetupResponse | U8 T313 | CONNECT ch 7!; start T313 | 5.2.7
U6 | RejectRequest #17 | U0 | RELEASE COMPLETE #17; ReleaseConfirm #17 | 5.2.5.1
U6 | DisconnectRequest #21 | U0 | RELEASE COMPLETE #21; ReleaseConfirm #21 | 5.2.5.1
U6 | RELEASE #16 | U0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.3.4
U6 | RELEASE COMPLETE #102 | U0 | ReleaseIndication #102 remote | 5.8.4
U6 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U6 | SETUP | U6 | | 5.8.3.2 e
U6 | ALERTING | U6 | STATUS #101:01 state 6 | 5.8.4
U6 | STATUS ENQUIRY | U6 | STATUS #30 state 6 | 5.8.10
U6 | ProgressRequest pi 8 | U6 | | Annex A
U6 | link-down | U0 | ReleaseIndication #27 fault | 5.8.9 a

// --- U25 Overlap receiving ---
U25 T302 | INFORMATION | U25 T302 | start T302; InfoIndication | 5.2.4
U25 T302 | INFORMATION sc | U25 | stop T302; InfoIndication sc | 5.2.4
U25 T302 | T302 | U25 | TimeoutIndication | Table 9-2, T302
U25 T302 | ProceedingRequest | U9 | stop T302; CALL PROCEEDING | 5.2.5.2
U25 T302 | AlertingRequest | U7 | stop T302; ALERTING | 5.2.5.2
U25 T302 | SetupResponse | U8 T313 | stop T302; CONNECT; start T313 | 5.2.7
U25 T302 | DisconnectRequest #28 | U11 T305 here#28 | stop T302; DISCONNECT #28; start T305 | 5.3.3
U25 T302 | ProgressRequest pi 8 | same | PROGRESS pi 8 | 5.2.6
U25 T302 | DISCONNECT #16 | U12 peer#16 | stop T302; DisconnectIndication #16 | 5.3.4
U25 T302 | MoreInfoRequest | same | | Annex A
U25 T302 | link-up | U11 T305 fault#41 | stop T302; DISCONNECT #41; start T305 | 5.8.8 a
U25 T302 | link-down | U0 | stop T302; ReleaseIndication #27 fault | 5.8.9 a

// --- U9 Incoming call proceeding ---
U9 | AlertingRequest | U7 | ALERTING | 5.2.5.2
U9 | SetupResponse | U8 T313 | CONNECT; start T313 | 5.2.7
U9 | ProgressRequest pi 8 | U9 | PROGRESS pi 8 | 5.2.6
U9 | DisconnectRequest #17 | U11 T305 here#17 | DISCONNECT #17; start T305 | 5.3.3
U9 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U9 | RELEASE #16 | U0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.3.4
U9 | CALL PROCEEDING | U9 | STATUS #101:02 state 9 | 5.8.4
U9 | RejectRequest #17 | U9 | | Annex A
U9 | link-up | U9 | | 5.8.8 c
U9 | link-down | U0 | ReleaseIndication #27 fault | 5.8.9 a

// --- U7 Call received ---
U7 | SetupResponse | U8 T313 | CONNECT; start T313 | 5.2.7
U7 | ProgressRequest pi 8 | U7 | PROGRESS pi 8 | 5.2.6
U7 | DisconnectRequest #17 | U11 T305 here#17 | DISCONNECT #17; start T305 | 5.3.3
U7 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | 5.3.4
U7 | RELEASE #26 | U0 | RELEASE COMPLETE; ReleaseIndication #26 remote | 5.3.4
U7 | CONNECT | U7 | STATUS #101:07 state 7 | 5.8.4
U7 | AlertingRequest | U7 | | Annex A
U7 | link-up | U7 | | 5.8.8 c

// --- U8 Connect request ---
U8 T313 | CONNECT ACKNOWLEDGE | U10 | stop T313; SetupCompleteIndication | 5.2.8
U8 T313 | T313 | U11 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-2, T313
U8 T313 | DISCONNECT #16 | U12 peer#16 | stop T313; DisconnectIndication #16 | 5.3.4
U8 T313 | RELEASE #26 | U0 | RELEASE COMPLETE; stop T313; ReleaseIndication #26 remote | 5.2.8: not selected
U8 T313 | DisconnectRequest #16 | U11 T305 here#16 | stop T313; DISCONNECT #16; start T305 | 5.3.3
U8 T313 | SetupResponse | same | | Annex A
U8 T313 | link-up | same | | 5.8.8 c
U8 T313 | link-down | U0 | stop T313; ReleaseIndication #27 fault | 5.8.9 a

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
U10 | INFORMATION | U10 | InfoIndication | 7.1
U10 | InfoRequest | U10 | INFORMATION to 4 | 7.1
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
U10 T322 | STATUS #30 state 0 | U0 | stop T322; ReleaseIndication #41 fault | 5.8.11
U10 T322 | STATUS #30 state 3 | U11 T305 fault#101 | stop T322; DISCONNECT #101; start T305 | 5.8.11
U10 T322 | STATUS #30 state 12 | U10 | stop T322; StatusIndication #30 state 12 | 5.8.11: its clearing is on the way
U10 T322 | T322 | U10 T322 retried | STATUS ENQUIRY; start T322 | 5.8.10
U10 T322 retried | T322 | U11 T305 retried fault#41 | DISCONNECT #41; start T305 | 5.8.10
U10 | STATUS #101 state 10 | U10 | StatusIndication #101 state 10 | 5.8.11
U10 | STATUS #101 state 0 | U0 | ReleaseIndication #101 fault | 5.8.11
U10 | STATUS | U10 | | 5.8.6.1: no STATUS about a STATUS
U10 | link-down | U10 T309 | start T309 | 5.8.9 b
U10 T309 | link-down | same | | 5.8.9: not started again
U10 T322 | link-down | U10 T309 | stop T322; start T309 | 5.8.9 b
U10 T309 | link-up | U10 T322 | stop T309; STATUS ENQUIRY; start T322 | 5.8.9
U10 | link-up | U10 | | 5.8.8 c
U10 T309 | T309 | U0 | ReleaseIndication #27 fault | 5.8.9, Table 9-2
U10 T309 | DisconnectRequest #16 | U0 | stop T309; ReleaseConfirm #16 | 5.8.9
U10 | restarted | U0 | ReleaseIndication #41 remote | 5.5.2
U10 | T308 | U10 | | an expiry that crossed its stop
U10 | SetupRequest | U10 | | Annex A

// --- U11 Disconnect request ---
U11 T305 here#16 | RELEASE #16 | U0 here#16 | RELEASE COMPLETE; stop T305; ReleaseConfirm #16 | 5.3.3
U11 T305 here#16 | RELEASE COMPLETE #16 | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.4
U11 T305 fault#102 | RELEASE #102 | U0 fault#102 | RELEASE COMPLETE; stop T305; ReleaseIndication #102 fault | 5.3.3
U11 T305 here#16 | DISCONNECT #17 | U19 T308 here#16 | stop T305; RELEASE #16; start T308 | 5.3.5
U11 T305 here#16 | T305 | U19 T308 here#16 | RELEASE #16; start T308 | Table 9-2, T305
U11 T305 retried here#16 | T305 | U19 T308 here#16 | RELEASE #16; start T308 | Table 9-2: T308 counts anew
U11 T305 here#16 | StatusEnquiryRequest | same | | 5.8.10: it is over anyway
U11 T305 here#16 | INFORMATION | same | | 5.3.3
U11 T305 here#16 | ALERTING | same | STATUS #101:01 state 11 | 5.8.4
U11 T305 here#16 | NOTIFY | same | | 5.9
U11 T305 here#16 | CONNECT ACKNOWLEDGE | same | | 5.2.8: late
U11 T305 here#16 | STATUS #101 state 0 | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.11
U11 T305 here#16 | DisconnectRequest #17 | same | | Annex A
U11 T305 here#16 | link-up | same | | 5.8.8 b
U11 T305 here#16 | link-down | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.8.9 a
U11 T305 here#16 | restarted | U0 here#16 | stop T305; ReleaseConfirm #16 | 5.5

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

// --- U19 Release request ---
U19 T308 here#16 | RELEASE COMPLETE | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.3.3
U19 T308 peer#17 | RELEASE COMPLETE | U0 peer#17 | stop T308; ReleaseConfirm #17 | 5.3.4
U19 T308 fault#6 | RELEASE COMPLETE | U0 fault#6 | stop T308; ReleaseIndication #6 fault | 5.3.4
U19 T308 here#16 | RELEASE #16 | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.3.5
U19 T308 here#16 | T308 | U19 T308 retried here#16 | RELEASE; start T308 | Table 9-2, T308
U19 T308 retried here#16 | T308 | U0 retried here#16 | channel-failed; ReleaseConfirm #16 | 5.3.3
U19 T308 here#16 | DISCONNECT #16 | same | | 5.3.5
U19 T308 here#16 | STATUS #101 state 12 | same | | 5.8.11
U19 T308 here#16 | STATUS #101 state 0 | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.11
U19 T308 here#16 | CONNECT | same | STATUS #101:07 state 19 | 5.8.4
U19 T308 here#16 | CONNECT ACKNOWLEDGE | same | | 5.2.8: late
U12 peer#17 | CONNECT ACKNOWLEDGE | same | | 5.2.8: late
U19 T308 here#16 | ReleaseRequest | same | | Annex A
U19 T308 here#16 | link-down | U0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.9 a
U19 T308 here#16 | link-up | same | | 5.8.8 b
`;
