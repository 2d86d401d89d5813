// What each figure of a report is called, and what it means, in the languages of the console. A figure that means something else
// in another report is there under that report's name too.
import type { ReportId } from "./ask.ts";
import type { Column, Row, Table } from "./table.ts";

export const languages = ["en", "zh", "ko"] as const;
export type Language = (typeof languages)[number];

/** Heading, and the sentence that stands beside the figure. */
type Words = readonly [string, string];
type Definition = Readonly<Record<Language, Words>>;

const define = (en: Words, zh: Words, ko: Words): Definition => ({ en, zh, ko });

export const definitions: Readonly<Record<string, Definition>> = {
  start: define(
    ["From", "Beginning of the interval, in the box's time zone."],
    ["时间", "时段的开始，按设备所在时区。"],
    ["시작", "구간의 시작(장비의 시간대)."],
  ),
  queue: define(["Queue", "The queue."], ["队列", "队列。"], ["대기열", "대기열."]),
  agent: define(["Agent", "The agent's number."], ["坐席", "工号。"], ["상담원", "상담원 번호."]),
  group: define(["Trunk group", "The trunk group."], ["中继组", "中继组。"], ["국선 그룹", "국선 그룹."]),
  key: define(
    ["Group", "What the calls are gathered by; empty where it is unknown."],
    ["分组", "通话的分组依据；未知为空。"],
    ["구분", "통화를 나눈 기준. 알 수 없으면 비어 있음."],
  ),
  offered: define(
    ["Offered", "Calls that came into the queue in the interval."],
    ["呼入", "该时段进入队列的来电。"],
    ["인입", "구간에 대기열로 들어온 통화."],
  ),
  answered: define(
    ["Answered", "Of those offered: answered by an agent."],
    ["接通", "其中由坐席接听的。"],
    ["응답", "그중 상담원이 받은 통화."],
  ),
  answeredInTime: define(
    ["In time", "Of those answered: after at most the queue's threshold."],
    ["时限内接通", "其中在队列时限内接听的。"],
    ["제한 시간 내", "응답 중 제한 시간 안에 받은 통화."],
  ),
  serviceLevelOfOffered: define(
    ["Service level", "Answered in time ÷ (offered − abandoned after hardly a wait). The usual one."],
    ["服务水平", "时限内接通 ÷（呼入 − 短时放弃）。最常用的口径。"],
    ["서비스 레벨", "제한 시간 내 응답 ÷ (인입 − 짧은 포기). 일반적인 기준."],
  ),
  serviceLevelOfAnswered: define(
    ["Level of answered", "Answered in time ÷ answered."],
    ["服务水平（按接通）", "时限内接通 ÷ 接通。"],
    ["서비스 레벨(응답 기준)", "제한 시간 내 응답 ÷ 응답."],
  ),
  serviceLevelWithAbandoned: define(
    ["Level with abandoned", "(Answered in time + abandoned in time) ÷ (answered + abandoned)."],
    ["服务水平（含放弃）", "（时限内接通 + 时限内放弃）÷（接通 + 放弃）。"],
    ["서비스 레벨(포기 포함)", "(제한 시간 내 응답 + 제한 시간 내 포기) ÷ (응답 + 포기)."],
  ),
  abandoned: define(
    ["Abandoned", "Of those offered: the caller hung up while waiting."],
    ["放弃", "其中等待时挂机的。"],
    ["포기", "그중 대기 중 끊은 통화."],
  ),
  abandonment: define(
    ["Abandoned, share", "Abandoned ÷ offered."],
    ["放弃率", "放弃 ÷ 呼入。"],
    ["포기율", "포기 ÷ 인입."],
  ),
  abandonedInTime: define(
    ["Abandoned in time", "Of those abandoned: within the queue's threshold."],
    ["时限内放弃", "放弃中在时限内挂机的。"],
    ["제한 시간 내 포기", "포기 중 제한 시간 안에 끊은 통화."],
  ),
  abandonedShort: define(
    ["Short abandons", "Of those abandoned: after hardly a wait (5 seconds unless asked otherwise)."],
    ["短时放弃", "放弃中几乎未等待的（默认 5 秒内）。"],
    ["짧은 포기", "포기 중 거의 기다리지 않은 통화(기본 5초)."],
  ),
  averageWaitMs: define(
    ["ASA", "Average speed of answer: wait of those answered ÷ answered."],
    ["平均应答时长", "接通来电的等待时长 ÷ 接通。"],
    ["평균 응답 시간", "응답 통화의 대기 시간 ÷ 응답."],
  ),
  longestWaitMs: define(
    ["Longest wait", "Longest wait of all offered."],
    ["最长等待", "全部来电中的最长等待。"],
    ["최장 대기", "인입 통화 중 가장 긴 대기."],
  ),
  averageHandlingMs: define(
    ["AHT", "Average handling time: (conversation + wrap-up) ÷ answered."],
    ["平均处理时长", "（通话 + 话后）÷ 接通。"],
    ["평균 처리 시간", "(통화 + 후처리) ÷ 응답."],
  ),
  waitMs: define(
    ["Wait", "Wait of those answered, together."],
    ["等待合计", "接通来电的等待总时长。"],
    ["대기 합계", "응답 통화의 대기 시간 합계."],
  ),
  abandonedWaitMs: define(
    ["Wait of abandoned", "Wait of those abandoned, together."],
    ["放弃等待合计", "放弃来电的等待总时长。"],
    ["포기 대기 합계", "포기 통화의 대기 시간 합계."],
  ),
  talkMs: define(
    ["Conversation", "Conversation of those answered, with hold, together."],
    ["通话合计", "接通来电的通话总时长（含保持）。"],
    ["통화 합계", "응답 통화의 통화 시간 합계(보류 포함)."],
  ),
  wrapUpMs: define(
    ["Wrap-up", "After-call work of those answered, together."],
    ["话后合计", "接通来电的话后处理总时长。"],
    ["후처리 합계", "응답 통화의 후처리 시간 합계."],
  ),
  timedOut: define(
    ["Waited too long", "Of those offered: sent on after the longest wait."],
    ["等待超时", "其中等待超时转走的。"],
    ["대기 초과", "최대 대기 후 넘어간 통화."],
  ),
  nobodyThere: define(
    ["Nobody there", "Of those offered: sent on because no agent was there."],
    ["无坐席", "其中因无坐席转走的。"],
    ["상담원 없음", "상담원이 없어 넘어간 통화."],
  ),
  full: define(
    ["Line full", "Of those offered: sent on because the line was full."],
    ["队列已满", "其中因队列已满转走的。"],
    ["만원", "대기열이 가득 차 넘어간 통화."],
  ),
  closed: define(
    ["Closed", "Of those offered: sent on because the queue was closed."],
    ["非营业时间", "其中因队列关闭转走的。"],
    ["영업 외", "영업 시간이 아니어서 넘어간 통화."],
  ),
  byKey: define(
    ["Left by key", "Of those offered: left by a key, or were transferred out of the line."],
    ["按键离开", "其中按键离开或被转走的。"],
    ["키로 이탈", "키를 누르거나 전달되어 나간 통화."],
  ),
  toCallBack: define(
    ["To call back", "Of those offered: hung up to be called back."],
    ["登记回拨", "其中登记回拨后挂机的。"],
    ["콜백 요청", "콜백을 요청하고 끊은 통화."],
  ),
  callbacksReached: define(
    ["Callbacks reached", "Callbacks in the interval: caller and agent spoke."],
    ["回拨成功", "该时段回拨接通的。"],
    ["콜백 성공", "구간에 연결된 콜백."],
  ),
  callbacksFailed: define(
    ["Callbacks in vain", "Callbacks in the interval: the caller was not to be had."],
    ["回拨失败", "该时段回拨未接通的。"],
    ["콜백 실패", "구간에 연결되지 않은 콜백."],
  ),
  restarted: define(
    ["Lost", "Of those offered: lost when the box went down."],
    ["中断", "其中因设备重启丢失的。"],
    ["유실", "장비 재시작으로 끊긴 통화."],
  ),
  waiting: define(
    ["Waiting", "Of those offered: in line still."],
    ["等待中", "其中仍在等待的。"],
    ["대기 중", "아직 대기 중인 통화."],
  ),
  transferred: define(
    ["Transferred", "Of those answered: given away by the agent."],
    ["转出", "接通后由坐席转出的。"],
    ["전달", "상담원이 넘긴 통화."],
  ),
  noAnswers: define(
    ["Not answered", "Offers to agents in the interval that came to nothing."],
    ["坐席未接", "该时段振铃未接的次数。"],
    ["미응답 배정", "구간에 받지 않은 배정."],
  ),
  rated: define(
    ["Rated", "Calls whose caller gave a rating."],
    ["评分数", "来电者已评分的通话。"],
    ["평가 수", "고객이 평가한 통화."],
  ),
  rating: define(
    ["Rating", "Average rating ÷ the best one that could be given."],
    ["满意度", "平均评分 ÷ 最高分。"],
    ["만족도", "평균 평가 ÷ 최고점."],
  ),
  scored: define(
    ["Scored", "Calls that a supervisor scored in the interval."],
    ["质检数", "该时段由班长质检的通话。"],
    ["채점 수", "구간에 감독자가 채점한 통화."],
  ),
  quality: define(
    ["Quality", "Average of the supervisors' scores."],
    ["质检得分", "班长评分的平均值。"],
    ["품질", "감독자 점수의 평균."],
  ),
  averageEstimateMs: define(
    ["Estimated wait", "What callers who were answered were thought to have to wait, on the average."],
    ["预计等待", "接通来电的平均预计等待。"],
    ["예상 대기", "응답 통화의 평균 예상 대기."],
  ),
  averageEstimateErrorMs: define(
    ["Estimate off by", "How far that was from the wait that came, on the average."],
    ["预计误差", "预计等待与实际等待的平均偏差。"],
    ["예상 오차", "예상 대기와 실제 대기의 평균 차이."],
  ),
  "agents.answered": define(
    ["Answered", "Queue calls that the agent answered in the interval."],
    ["接听", "坐席在该时段接听的队列来电。"],
    ["응답", "구간에 상담원이 받은 대기열 통화."],
  ),
  "agents.noAnswers": define(
    ["Not answered", "Offers in the interval that the agent did not answer."],
    ["未接", "该时段坐席未接的振铃。"],
    ["미응답", "구간에 상담원이 받지 않은 배정."],
  ),
  "agents.transferred": define(
    ["Transferred", "Conversations of queue calls that ended by giving the caller away."],
    ["转出", "以转出结束的队列通话。"],
    ["전달", "전달로 끝난 대기열 통화."],
  ),
  "agents.talkMs": define(
    ["Conversation", "Conversations of queue calls that ended in the interval, with hold."],
    ["通话", "该时段结束的队列通话时长（含保持）。"],
    ["통화", "구간에 끝난 대기열 통화 시간(보류 포함)."],
  ),
  averageTalkMs: define(
    ["Average conversation", "Conversation ÷ answered."],
    ["平均通话", "通话 ÷ 接听。"],
    ["평균 통화", "통화 ÷ 응답."],
  ),
  occupancy: define(
    ["Occupancy", "(Ringing + conversation + wrap-up) ÷ (the same + ready)."],
    ["占用率", "（振铃 + 通话 + 话后）÷（前者 + 空闲）。"],
    ["점유율", "(벨 + 통화 + 후처리) ÷ (그 합 + 대기)."],
  ),
  logIns: define(
    ["Log-ins", "Times the agent logged in in the interval."],
    ["签入次数", "该时段签入的次数。"],
    ["로그인", "구간의 로그인 횟수."],
  ),
  state: define(
    [
      "In state",
      "Time in this state within the interval; together they are the interval, from the agent's first day on.",
    ],
    ["状态时长", "该时段处于此状态的时长；各状态之和等于该时段。"],
    ["상태 시간", "구간 중 이 상태였던 시간. 모두 더하면 구간과 같음."],
  ),
  calls: define(
    ["Calls", "Calls that began in the interval and have ended."],
    ["通话", "该时段开始且已结束的通话。"],
    ["통화", "구간에 시작되어 끝난 통화."],
  ),
  incoming: define(
    ["Incoming", "Of them: came in."],
    ["呼入", "其中呼入的。"],
    ["수신", "그중 걸려 온 통화."],
  ),
  outgoing: define(["Outgoing", "Of them: went out."], ["呼出", "其中呼出的。"], ["발신", "그중 건 통화."]),
  internal: define(
    ["Internal", "Of them: between telephones of the box."],
    ["内部", "其中内部通话。"],
    ["내선", "그중 내선 통화."],
  ),
  "calls.answered": define(
    ["Answered", "Of them: somebody spoke with the caller."],
    ["接通", "其中有人接听的。"],
    ["응답", "그중 사람이 받은 통화."],
  ),
  "calls.abandoned": define(
    ["Abandoned", "Of them: the caller gave up in a queue or while a phone rang."],
    ["放弃", "其中在排队或振铃时放弃的。"],
    ["포기", "그중 대기나 벨 중 포기한 통화."],
  ),
  unanswered: define(
    ["Unanswered", "Of them: nobody took the call, or it could not be put through."],
    ["未接", "其中无人接听或无法接通的。"],
    ["미응답", "그중 받지 않았거나 연결되지 않은 통화."],
  ),
  selfService: define(
    ["Self-service", "Of them: only the box spoke with the caller."],
    ["自助", "其中仅由设备应答的。"],
    ["셀프서비스", "그중 장비만 응대한 통화."],
  ),
  "calls.averageWaitMs": define(
    ["Average wait", "Wait in queues ÷ calls."],
    ["平均等待", "排队时长 ÷ 通话。"],
    ["평균 대기", "대기 시간 ÷ 통화."],
  ),
  averageHoldMs: define(
    ["Average hold", "Time on hold ÷ answered."],
    ["平均保持", "保持时长 ÷ 接通。"],
    ["평균 보류", "보류 시간 ÷ 응답."],
  ),
  "calls.talkMs": define(
    ["Conversation", "Conversations of these calls, together."],
    ["通话合计", "这些通话的总时长。"],
    ["통화 합계", "이 통화들의 통화 시간 합계."],
  ),
  transfers: define(
    ["Transfers", "Times these calls were transferred."],
    ["转接", "这些通话被转接的次数。"],
    ["전달", "이 통화들이 전달된 횟수."],
  ),
  contacts: define(
    ["Known callers", "Incoming calls of a known number that were answered."],
    ["有号码来电", "有号码且已接听的来电。"],
    ["번호 있는 수신", "번호가 있고 응답한 수신 통화."],
  ),
  repeated: define(
    ["Called again", "Of them: the same number called again within the days asked about."],
    ["重复来电", "其中同一号码在规定天数内再次来电的。"],
    ["재통화", "그중 같은 번호가 정한 일수 안에 다시 건 통화."],
  ),
  firstContact: define(
    ["First contact", "First-contact resolution: known callers who did not call again ÷ known callers."],
    ["首次解决率", "未再次来电的 ÷ 有号码来电。"],
    ["최초 해결률", "다시 걸지 않은 통화 ÷ 번호 있는 수신."],
  ),
  upToMs: define(
    ["Up to", "Longer than the row above, and at most this."],
    ["不超过", "比上一行长，且不超过此值。"],
    ["이하", "윗줄보다 길고 이 값 이하."],
  ),
  "times.answered": define(
    ["Answered after", "Callers who were answered after such a wait."],
    ["接通等待", "等待此时长后接通的来电。"],
    ["응답까지", "이만큼 기다려 응답된 통화."],
  ),
  "times.abandoned": define(
    ["Abandoned after", "Callers who gave up after such a wait."],
    ["放弃等待", "等待此时长后放弃的来电。"],
    ["포기까지", "이만큼 기다려 포기한 통화."],
  ),
  talked: define(
    ["Conversation", "Conversations that took so long."],
    ["通话", "持续此时长的通话。"],
    ["통화", "이만큼 걸린 통화."],
  ),
  held: define(
    ["Hold", "Calls that were on hold for so long."],
    ["保持", "保持此时长的通话。"],
    ["보류", "이만큼 보류된 통화."],
  ),
  wrappedUp: define(
    ["Wrap-up", "Times of wrap-up that took so long."],
    ["话后", "持续此时长的话后处理。"],
    ["후처리", "이만큼 걸린 후처리."],
  ),
  flow: define(["Flow", "The flow."], ["流程", "流程。"], ["플로", "플로."]),
  node: define(
    ["Node", "The flow's node; empty: the flow as a whole."],
    ["节点", "流程节点；空为整个流程。"],
    ["노드", "플로의 노드. 비어 있으면 플로 전체."],
  ),
  visits: define(
    ["Visits", "Times callers came to it in the interval."],
    ["访问", "该时段来电者到达的次数。"],
    ["방문", "구간에 도달한 횟수."],
  ),
  hungUp: define(
    ["Hung up", "Callers who hung up there."],
    ["挂机", "在此挂机的来电者。"],
    ["끊음", "여기서 끊은 통화."],
  ),
  ended: define(
    ["Calls", "Calls that began with the flow in the interval and have ended."],
    ["通话", "该时段从此流程开始且已结束的通话。"],
    ["통화", "구간에 이 플로로 시작해 끝난 통화."],
  ),
  contained: define(
    ["Served", "Of those calls: ended without a person, a queue or a telephone."],
    ["自助完成", "其中未转人工、队列或话机的。"],
    ["자체 처리", "그중 사람, 대기열, 전화기 없이 끝난 통화."],
  ),
  containment: define(
    ["Containment", "Served ÷ calls."],
    ["自助率", "自助完成 ÷ 通话。"],
    ["자체 처리율", "자체 처리 ÷ 통화."],
  ),
  pressed: define(
    ["Key", "Times this key was pressed there."],
    ["按键", "在此按此键的次数。"],
    ["키", "여기서 이 키를 누른 횟수."],
  ),
  "trunks.incoming": define(
    ["Incoming", "Calls that came in over the group."],
    ["呼入", "经该中继组呼入的通话。"],
    ["수신", "그룹으로 들어온 통화."],
  ),
  "trunks.outgoing": define(
    ["Outgoing", "Calls that went out over the group."],
    ["呼出", "经该中继组呼出的通话。"],
    ["발신", "그룹으로 나간 통화."],
  ),
  congested: define(
    ["Congested", "Of those outgoing: the network had no way (Q.850 causes 34, 38, 41, 42, 44, 47)."],
    ["拥塞", "呼出中网络无法接续的（Q.850 原因 34、38、41、42、44、47）。"],
    ["혼잡", "발신 중 망이 연결하지 못한 통화(Q.850 원인 34, 38, 41, 42, 44, 47)."],
  ),
  erlangs: define(
    ["Erlangs", "Lines, or agents, busy on the average."],
    ["话务量", "平均占用的线路或坐席数（爱尔兰）。"],
    ["얼랑", "평균적으로 사용 중인 회선 또는 상담원 수."],
  ),
  mostBusy: define(
    ["Most at once", "Lines busy at once at most."],
    ["最多占用", "同时占用的最大线路数。"],
    ["최대 동시", "동시에 사용 중인 최대 회선 수."],
  ),
  busyMs: define(
    ["Busy", "Time of all lines together in which they were busy."],
    ["占用时长", "所有线路占用时长之和。"],
    ["사용 시간", "모든 회선의 사용 시간 합계."],
  ),
  timesFull: define(
    ["All busy", "Times no line of the group could be had any more."],
    ["全忙次数", "该中继组无可用线路的次数。"],
    ["전체 사용 횟수", "쓸 수 있는 회선이 없어진 횟수."],
  ),
  fullMs: define(
    ["All busy for", "Time in which no line of the group could be had."],
    ["全忙时长", "该中继组无可用线路的时长。"],
    ["전체 사용 시간", "쓸 수 있는 회선이 없던 시간."],
  ),
  "log-ins.start": define(
    ["Logged in", "When the agent logged in."],
    ["签入", "签入时间。"],
    ["로그인", "로그인한 시각."],
  ),
  extension: define(
    ["Telephone", "The telephone the agent logged in at."],
    ["话机", "签入的话机。"],
    ["전화기", "로그인한 전화기."],
  ),
  end: define(
    ["Logged out", "When the agent logged out; empty: is there still."],
    ["签出", "签出时间；空为仍在线。"],
    ["로그아웃", "로그아웃한 시각. 비어 있으면 아직 있음."],
  ),
  thereMs: define(["There", "Time logged in."], ["在线时长", "签入的时长。"], ["근무", "로그인한 시간."]),
  pauses: define(["Pauses", "How many pauses."], ["示忙次数", "示忙的次数。"], ["이석", "이석 횟수."]),
  pausedMs: define(
    ["Paused", "Time in pauses."],
    ["示忙时长", "示忙的时长。"],
    ["이석 시간", "이석한 시간."],
  ),
  shifts: define(
    ["Shifts", "Shifts of the plan that began in the interval."],
    ["班次", "该时段开始的计划班次。"],
    ["근무조", "구간에 시작된 계획 근무."],
  ),
  missed: define(
    ["Missed", "Of them: the agent was never there."],
    ["缺勤", "其中坐席未到的。"],
    ["결근", "그중 상담원이 없었던 근무."],
  ),
  plannedMs: define(
    ["Planned", "Time of these shifts, as far as it has passed."],
    ["计划时长", "这些班次已过的时长。"],
    ["계획", "이 근무들의 지난 시간."],
  ),
  keptMs: define(
    ["Kept", "Of it: logged in and not paused."],
    ["在岗时长", "其中签入且未示忙的时长。"],
    ["준수", "그중 로그인하고 이석하지 않은 시간."],
  ),
  adherence: define(
    ["Adherence", "Kept ÷ planned."],
    ["遵时率", "在岗 ÷ 计划。"],
    ["준수율", "준수 ÷ 계획."],
  ),
  lateMs: define(
    ["Late", "From the shift's beginning until the agent was there."],
    ["迟到", "班次开始到坐席到岗的时长。"],
    ["지각", "근무 시작부터 상담원이 올 때까지."],
  ),
  earlyMs: define(
    ["Early", "From when the agent was there last until the shift's end."],
    ["早退", "坐席最后在岗到班次结束的时长。"],
    ["조퇴", "상담원이 마지막으로 있던 때부터 근무 끝까지."],
  ),
  patienceMs: define(
    ["Patience", "Wait of all callers ÷ those who gave up: how long they would wait on the average."],
    ["耐心", "全部等待时长 ÷ 放弃数：平均愿意等待的时长。"],
    ["인내", "모든 대기 시간 ÷ 포기: 평균적으로 기다리는 시간."],
  ),
  staffed: define(
    ["Staffed", "Agents of the queue logged in and not paused, on the average."],
    ["在岗坐席", "平均签入且未示忙的坐席数。"],
    ["근무 인원", "로그인하고 이석하지 않은 평균 상담원 수."],
  ),
  serviceLevel: define(
    ["Service level", "As it was: answered in time ÷ (offered − abandoned after hardly a wait)."],
    ["服务水平", "实际值：时限内接通 ÷（呼入 − 短时放弃）。"],
    ["서비스 레벨", "실제 값: 제한 시간 내 응답 ÷ (인입 − 짧은 포기)."],
  ),
  predictedC: define(
    ["By Erlang C", "What it would be with that staff if nobody gave up."],
    ["Erlang C 预测", "以此人数且无人放弃时的预测值。"],
    ["얼랑 C 예측", "이 인원으로 아무도 포기하지 않을 때의 값."],
  ),
  predictedA: define(
    ["By Erlang A", "What it would be with that staff and callers of that patience."],
    ["Erlang A 预测", "以此人数和耐心时的预测值。"],
    ["얼랑 A 예측", "이 인원과 인내로 예측한 값."],
  ),
  neededC: define(
    ["Needed, Erlang C", "The fewest agents for the target if nobody gave up."],
    ["所需人数（Erlang C）", "无人放弃时达到目标的最少坐席数。"],
    ["필요 인원(얼랑 C)", "아무도 포기하지 않을 때 목표를 이루는 최소 인원."],
  ),
  neededA: define(
    ["Needed, Erlang A", "The fewest agents for the target with callers of that patience."],
    ["所需人数（Erlang A）", "按此耐心达到目标的最少坐席数。"],
    ["필요 인원(얼랑 A)", "이 인내에서 목표를 이루는 최소 인원."],
  ),
  "what-if.offered": define(
    ["Calls", "Calls that came into the queue in the time that is replayed."],
    ["来电", "回放时段进入队列的来电。"],
    ["통화", "재현한 기간에 대기열로 들어온 통화."],
  ),
  levelWas: define(
    ["Service level, as it was", "Measured: answered in time ÷ (offered − abandoned after hardly a wait)."],
    ["实际服务水平", "实测：时限内接通 ÷（呼入 − 短时放弃）。"],
    ["실제 서비스 레벨", "측정값: 제한 시간 내 응답 ÷ (인입 − 짧은 포기)."],
  ),
  levelBase: define(
    [
      "Replayed",
      "The same callers replayed with the settings and the staff as they were. Where that is far from what was, a replay says little.",
    ],
    ["回放", "按原设置和人员回放相同来电；若与实际相差很大，则回放意义不大。"],
    ["재현", "같은 통화를 원래 설정과 인원으로 재현한 값. 실제와 크게 다르면 의미가 적음."],
  ),
  levelChanged: define(
    ["Changed", "The same callers, with the same patience and conversations, replayed with the change."],
    ["更改后", "相同来电、耐心和通话时长，按更改回放。"],
    ["변경 후", "같은 통화, 인내, 통화 시간으로 변경하여 재현한 값."],
  ),
  levelDifference: define(
    ["Difference", "Changed − replayed."],
    ["差异", "更改后 − 回放。"],
    ["차이", "변경 후 − 재현."],
  ),
  levelLow: define(
    ["At least", "Of the difference: of 100 such times, made of days drawn by chance, 5 are below."],
    ["下限", "差异的 5% 分位（按天重采样）。"],
    ["하한", "차이의 5% 분위(일 단위 재표본)."],
  ),
  levelHigh: define(
    ["At most", "Of the difference: of 100 such times 5 are above."],
    ["上限", "差异的 95% 分位。"],
    ["상한", "차이의 95% 분위."],
  ),
  abandonmentBase: define(
    ["Abandoned, replayed", "Abandoned ÷ offered, with the settings and the staff as they were."],
    ["放弃率（回放）", "按原设置和人员：放弃 ÷ 呼入。"],
    ["포기율(재현)", "원래 설정과 인원: 포기 ÷ 인입."],
  ),
  abandonmentChanged: define(
    ["Abandoned, changed", "Abandoned ÷ offered, with the change."],
    ["放弃率（更改后）", "按更改：放弃 ÷ 呼入。"],
    ["포기율(변경 후)", "변경 후: 포기 ÷ 인입."],
  ),
  waitBaseMs: define(
    ["ASA, replayed", "Average wait of those answered, with the settings and the staff as they were."],
    ["平均应答（回放）", "按原设置和人员的平均应答时长。"],
    ["평균 응답(재현)", "원래 설정과 인원의 평균 응답 시간."],
  ),
  waitChangedMs: define(
    ["ASA, changed", "Average wait of those answered, with the change."],
    ["平均应答（更改后）", "按更改的平均应答时长。"],
    ["평균 응답(변경 후)", "변경 후 평균 응답 시간."],
  ),
};

/** States of agents, as the console calls them. */
const states: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  "logged-out": { en: "Logged out", zh: "未签入", ko: "로그아웃" },
  idle: { en: "Ready", zh: "空闲", ko: "대기" },
  offered: { en: "Ringing", zh: "振铃", ko: "벨 울림" },
  "on-call": { en: "On calls", zh: "通话", ko: "통화" },
  "wrap-up": { en: "Wrap-up", zh: "话后", ko: "후처리" },
  resting: { en: "Resting", zh: "未接后静默", ko: "미응답 후 휴지" },
  paused: { en: "Paused", zh: "示忙", ko: "이석" },
  busy: { en: "Phone in use", zh: "话机占用", ko: "전화 사용 중" },
  unavailable: { en: "Phone out of order", zh: "话机故障", ko: "전화기 고장" },
};

/** A column's heading and meaning. */
function wordsOf(report: ReportId | "what-if", column: string, language: Language): Words {
  const [first = "", ...rest] = column.split(" ");
  if (first === "state") {
    const [state = "", ...reason] = rest;
    const name = states[state]?.[language] ?? state;
    return [[name, ...reason].join(" ").trim(), definitions["state"]?.[language][1] ?? ""];
  }
  if (first === "key" && rest.length > 0) {
    const [name, about] = definitions["pressed"]?.[language] ?? ["", ""];
    return [`${name} ${rest.join(" ")}`, about];
  }
  const found = definitions[`${report}.${column}`] ?? definitions[column];
  return found?.[language] ?? [column, ""];
}

/** A table with its columns' headings and meanings; each row has a cell for each column, and no other. */
export function inWords(
  report: ReportId | "what-if",
  { columns, rows }: Table,
  language: Language = "en",
): { columns: (Column & { readonly heading: string; readonly definition: string })[]; rows: Row[] } {
  return {
    columns: columns.map(({ name, unit }) => {
      const [heading, definition] = wordsOf(report, name, language);
      return { name, unit, heading, definition };
    }),
    rows: rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]))),
  };
}
