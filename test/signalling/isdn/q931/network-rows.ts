// The network side's call table of Q.931, written from §5, Table 9-1 and Annex A. Notation: notation.ts.

export const networkRows = `
// --- N0 Null ---
N0 | SETUP sc | N1 | SetupIndication sc | 5.1.1
N0 | SetupRequest | N6 T303 | SETUP sc ch 7! to 123; start T303 | 5.2.1
N0 | octets 05 70 03 81 31 32 | N0 | RELEASE COMPLETE #96:04 | 5.8.6.1
N0 | ProceedingRequest | N0 | | Annex A

// --- N1 Call initiated ---
N1 | MoreInfoRequest | N2 T302 | SETUP ACKNOWLEDGE ch 7!; start T302 | 5.1.3
N1 | MoreInfoRequest pi 8 | N2 T302 | SETUP ACKNOWLEDGE ch 7! pi 8; start T302 | 5.1.3
N1 | ProceedingRequest | N3 | CALL PROCEEDING ch 7! | 5.1.5.1
N1 | AlertingRequest | N4 | ALERTING ch 7! | 5.1.7
N1 | SetupResponse | N10 | CONNECT ch 7!; SetupCompleteIndication | 5.1.8
N1 | RejectRequest #34 | N0 | RELEASE COMPLETE #34; ReleaseConfirm #34 | 5.1.5.1
N1 | DisconnectRequest #21 | N0 | RELEASE COMPLETE #21; ReleaseConfirm #21 | 5.1.5.1
N1 | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N1 | RELEASE #16 | N0 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4
N1 | SETUP | N1 | | 5.8.3.2 e
N1 | CONNECT | N1 | STATUS #101:07 state 1 | 5.8.4
N1 | STATUS ENQUIRY | N1 | STATUS #30 state 1 | 5.8.10
N1 | ProgressRequest pi 8 | N1 | | Annex A
N1 | link-up | N1 | | 5.8.8 c
N1 | link-down | N0 | ReleaseIndication #27 fault | 5.8.9 a

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

// --- N4 Call delivered ---
N4 | SetupResponse | N10 | CONNECT; SetupCompleteIndication | 5.1.8
N4 | ProgressRequest pi 8 | N4 | PROGRESS pi 8 | 5.1.6
N4 | DISCONNECT #16 | N11 peer#16 | DisconnectIndication #16 | 5.3.3
N4 | DisconnectRequest #19 | N12 T305 here#19 | DISCONNECT #19; start T305 | 5.3.4.2
N4 | AlertingRequest | N4 | | Annex A

// --- N6 Call present ---
N6 T303 | SETUP ACKNOWLEDGE | N25 T304 | stop T303; start T304; MoreInfoIndication | 5.2.4
N6 T303 | CALL PROCEEDING | N9 T310 | stop T303; start T310; ProceedingIndication | 5.2.5.2
N6 T303 | ALERTING | N7 T301 | stop T303; start T301; AlertingIndication | 5.2.5.2
N6 T303 | CONNECT | N10 | stop T303; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N6 T303 | RELEASE COMPLETE #17 | N0 | stop T303; ReleaseIndication #17 remote | 5.2.5.3
N6 T303 | T303 | N6 T303 retried | SETUP; start T303 | 5.2.5.3, Table 9-1
N6 T303 retried | T303 | N0 retried | RELEASE COMPLETE #102; ReleaseIndication #18 fault | 5.2.5.3
N6 T303 | DisconnectRequest #16 | N12 T305 here#16 | stop T303; DISCONNECT #16; start T305 | 5.3.4
N6 T303 | DISCONNECT #16 | N11 peer#16 | stop T303; DisconnectIndication #16 | 5.3.3
N6 T303 | channel-rejected | N19 T308 fault#6 | stop T303; RELEASE #6; start T308 | 5.2.3.1
N6 T303 | PROGRESS pi 8 | same | STATUS #101:03 state 6 | 5.8.4
N6 T303 | link-down | N0 | stop T303; ReleaseIndication #27 fault | 5.8.9 a

// --- N25 Overlap receiving ---
N25 T304 | InfoRequest | N25 T304 | INFORMATION to 4; start T304 | 5.2.4
N25 T304 | CALL PROCEEDING | N9 T310 | stop T304; start T310; ProceedingIndication | 5.2.5.2
N25 T304 | ALERTING | N7 T301 | stop T304; start T301; AlertingIndication | 5.2.5.2
N25 T304 | CONNECT | N10 | stop T304; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N25 T304 | T304 | N12 T305 fault#102 | DISCONNECT #102; start T305 | Table 9-1, T304
N25 T304 | DISCONNECT #28 | N11 peer#28 | stop T304; DisconnectIndication #28 | 5.3.3
N25 T304 | link-up | N12 T305 fault#41 | stop T304; DISCONNECT #41; start T305 | 5.8.8 a

// --- N9 Incoming call proceeding ---
N9 T310 | ALERTING | N7 T301 | stop T310; start T301; AlertingIndication | 5.2.5.2
N9 T310 | CONNECT | N10 | stop T310; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N9 T310 | PROGRESS pi 8 | N9 | stop T310; ProgressIndication inband | 5.2.6
N9 T310 | T310 | N12 T305 fault#102 | DISCONNECT #102; start T305 | 5.2.5.3, Table 9-1
N9 T310 | DISCONNECT #17 | N11 peer#17 | stop T310; DisconnectIndication #17 | 5.2.5.3
N9 T310 | RELEASE #17 | N0 | RELEASE COMPLETE; stop T310; ReleaseIndication #17 remote | 5.8.4
N9 T310 | SETUP ACKNOWLEDGE | same | STATUS #101:0d state 9 | 5.8.4
N9 T310 | link-up | same | | 5.8.8 c

// --- N7 Call received ---
N7 T301 | CONNECT | N10 | stop T301; CONNECT ACKNOWLEDGE; SetupConfirm | 5.2.8
N7 T301 | T301 | N12 T305 fault#102 | DISCONNECT #102; start T305 | 5.2.5.3, Table 9-1
N7 T301 | DISCONNECT #21 | N11 peer#21 | stop T301; DisconnectIndication #21 | 5.2.5.3
N7 T301 | CALL PROCEEDING | same | STATUS #101:02 state 7 | 5.8.4
N7 T301 | DisconnectRequest #16 | N12 T305 here#16 | stop T301; DISCONNECT #16; start T305 | 5.3.4

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

// --- N11 Disconnect request: the user's DISCONNECT was received ---
N11 peer#16 | ReleaseRequest | N19 T308 peer#16 | RELEASE #16; start T308 | 5.3.3
N11 peer#16 | RELEASE #16 | N0 peer#16 | RELEASE COMPLETE; ReleaseIndication #16 remote | 5.8.4
N11 peer#16 | DISCONNECT #16 | N11 peer#16 | STATUS #101:45 state 11 | 5.8.4
N11 peer#16 | DisconnectRequest #16 | N19 T308 peer#16 | RELEASE #16; start T308 | 5.3.5
N11 peer#16 | link-up | N11 peer#16 | | 5.8.8 b

// --- N12 Disconnect indication: our DISCONNECT was sent ---
N12 T305 here#16 | RELEASE #16 | N0 here#16 | RELEASE COMPLETE; stop T305; ReleaseConfirm #16 | 5.3.4
N12 T306 here#17 | RELEASE #16 | N0 here#17 | RELEASE COMPLETE; stop T306; ReleaseConfirm #17 | 5.3.4.1
N12 T305 here#16 | T305 | N19 T308 here#16 | RELEASE #16; start T308 | Table 9-1, T305
N12 T306 here#17 | T306 | N19 T308 here#17 | RELEASE #17; start T308 | Table 9-1, T306
N12 T306 here#17 | DISCONNECT #16 | N19 T308 here#17 | stop T306; RELEASE #17; start T308 | 5.3.5
N12 T306 here#17 | ReleaseRequest | N19 T308 here#17 | stop T306; RELEASE #17; start T308 | 5.3.4.1
N12 T305 here#16 | CONNECT | same | STATUS #101:07 state 12 | 5.8.4
N12 T305 here#16 | link-up | same | | 5.8.8 b

// --- N19 Release request ---
N19 T308 peer#16 | RELEASE COMPLETE | N0 peer#16 | stop T308; ReleaseConfirm #16 | 5.3.3
N19 T308 here#16 | RELEASE #16 | N0 here#16 | stop T308; ReleaseConfirm #16 | 5.3.5
N19 T308 here#16 | T308 | N19 T308 retried here#16 | RELEASE; start T308 | Table 9-1, T308
N19 T308 retried here#16 | T308 | N0 retried here#16 | channel-failed; ReleaseConfirm #16 | 5.3.3
N19 T308 here#16 | link-down | N0 here#16 | stop T308; ReleaseConfirm #16 | 5.8.9 a
`;
