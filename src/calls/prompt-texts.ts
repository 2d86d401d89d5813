// What the box's own prompts say, by language: read aloud where no recording exists. Names are those of
// Asterisk's recorded set where it has one.

export const promptTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "ss-noservice": {
    en: "The number you have dialled is not in service.",
    zh: "您拨打的号码是空号，请核对后再拨。",
    ko: "지금 거신 번호는 없는 번호입니다. 확인하고 다시 걸어 주십시오.",
  },
  "cannot-complete-as-dialed": {
    en: "Your call cannot be completed as dialled.",
    zh: "您拨打的号码有误，请核对后再拨。",
    ko: "번호를 잘못 거셨습니다. 확인하고 다시 걸어 주십시오.",
  },
  "all-circuits-busy-now": {
    en: "All circuits are busy now.",
    zh: "线路忙，请稍后再拨。",
    ko: "지금은 모든 회선이 통화 중입니다. 잠시 후 다시 걸어 주십시오.",
  },
  "cannot-complete-network-error": {
    en: "Your call cannot be completed because of a fault in the network.",
    zh: "网络故障，您的电话无法接通。",
    ko: "통신망 장애로 연결할 수 없습니다.",
  },
  "cannot-complete-temp-error": {
    en: "Your call cannot be completed at the moment. Please try again.",
    zh: "您的电话暂时无法接通，请重试。",
    ko: "지금은 연결할 수 없습니다. 다시 걸어 주십시오.",
  },
  "number-not-answering": {
    en: "The number you have dialled does not answer.",
    zh: "您拨打的用户暂时无法接听。",
    ko: "지금 거신 번호는 응답하지 않습니다.",
  },
  "feature-not-avail-line": {
    en: "This call is not permitted from your line.",
    zh: "您的线路不能拨打此号码。",
    ko: "이 회선에서는 걸 수 없는 번호입니다.",
  },
  welcome: {
    en: "Welcome.",
    zh: "您好，欢迎致电。",
    ko: "안녕하세요. 전화해 주셔서 감사합니다.",
  },
  "main-menu": {
    en: "For sales, press 1. For support, press 2. To leave a message, press 9. If you know the extension, press 0.",
    zh: "销售请按 1，技术支持请按 2，留言请按 9，拨打分机请按 0。",
    ko: "영업부는 1번, 기술 지원은 2번, 메시지를 남기시려면 9번, 내선 연결은 0번을 눌러 주세요.",
  },
  "enter-extension": {
    en: "Please dial the extension.",
    zh: "请拨分机号。",
    ko: "내선 번호를 눌러 주세요.",
  },
  "pm-invalid-option": {
    en: "You have entered an invalid option. Please try again.",
    zh: "您的选择无效，请重新输入。",
    ko: "잘못 누르셨습니다. 다시 입력해 주세요.",
  },
  "queue-youarenext": {
    en: "Your call is now first in line and will be answered by the next available representative.",
    zh: "您现在排在第一位，客服人员将尽快为您服务。",
    ko: "고객님은 첫 번째 대기 순서이며, 곧 상담원과 연결됩니다.",
  },
  "queue-thereare": {
    en: "You are currently caller number",
    zh: "您现在的排队位置是第",
    ko: "현재 대기 순서는",
  },
  "queue-callswaiting": {
    en: "waiting to speak with a representative.",
    zh: "位，请耐心等候。",
    ko: "번째입니다. 잠시만 기다려 주세요.",
  },
  "queue-thankyou": {
    en: "Thank you for your patience.",
    zh: "感谢您的耐心等候。",
    ko: "기다려 주셔서 감사합니다.",
  },
  "queue-holdtime": {
    en: "The estimated wait is",
    zh: "预计等待时间为",
    ko: "예상 대기 시간은",
  },
  "queue-minutes": { en: "minutes.", zh: "分钟。", ko: "분입니다." },
  "queue-seconds": { en: "seconds.", zh: "秒。", ko: "초입니다." },
  "queue-reporthold": { en: "Wait:", zh: "等待：", ko: "대기:" },
  "agent-number": { en: "Agent", zh: "工号", ko: "상담원" },
  "agent-serves": { en: "is at your service.", zh: "为您服务。", ko: "번이 도와 드리겠습니다." },
  "agent-coded": { en: "Noted.", zh: "已记录。", ko: "기록되었습니다." },
  ...Object.fromEntries(
    Array.from("23456789", (highest) => [
      `rate-${highest}`,
      {
        en: `Please rate our service: press a key from 1, poor, to ${highest}, excellent.`,
        zh: `请对本次服务评分，1 为不满意，${highest} 为非常满意，请按键。`,
        ko: `상담에 대한 평가를 부탁드립니다. 1번은 불만족, ${highest}번은 매우 만족입니다.`,
      },
    ]),
  ),
  "rate-thanks": { en: "Thank you. Goodbye.", zh: "感谢您的评价，再见。", ko: "감사합니다. 안녕히 계세요." },
  "agent-user": {
    en: "Please enter your agent number, followed by the pound key.",
    zh: "请输入工号，按井号键结束。",
    ko: "상담원 번호를 누르신 후 우물 정자를 눌러 주세요.",
  },
  "agent-pass": {
    en: "Please enter your password, followed by the pound key.",
    zh: "请输入密码，按井号键结束。",
    ko: "비밀번호를 누르신 후 우물 정자를 눌러 주세요.",
  },
  "agent-incorrect": { en: "Login incorrect.", zh: "工号或密码错误。", ko: "번호가 올바르지 않습니다." },
  "agent-loginok": { en: "You are logged in.", zh: "签入成功。", ko: "로그인되었습니다." },
  "agent-loggedoff": { en: "You are logged off.", zh: "已签出。", ko: "로그아웃되었습니다." },
  "agent-paused": { en: "You are paused.", zh: "您已示忙。", ko: "일시 정지되었습니다." },
  "agent-ready": { en: "You are ready.", zh: "您已示闲。", ko: "상담 대기 상태입니다." },
  "vm-intro": {
    en: "Please leave your message after the tone. When done, hang up, or press the pound key.",
    zh: "请在提示音后留言，完成后请挂机或按井号键。",
    ko: "삐 소리 후 메시지를 남겨 주세요. 마치시려면 전화를 끊거나 우물 정자를 눌러 주세요.",
  },
  "vm-msgsaved": {
    en: "Your message has been saved.",
    zh: "您的留言已保存。",
    ko: "메시지가 저장되었습니다.",
  },
  ...Object.fromEntries(
    Array.from("0123456789", (key) => [
      `queue-callback-${key}`,
      {
        en: `To keep your place and be called back, press ${key}.`,
        zh: `如需保留位置并由我们回电，请按 ${key}。`,
        ko: `순서를 유지하고 전화를 받으시려면 ${key}번을 눌러 주세요.`,
      },
    ]),
  ),
  "callback-number": {
    en: "We will call you back at",
    zh: "我们将回拨的号码是",
    ko: "다음 번호로 전화드리겠습니다.",
  },
  "callback-confirm": {
    en: "If this is right, press 1. For another number, press 2.",
    zh: "确认请按 1，更换号码请按 2。",
    ko: "맞으면 1번, 다른 번호는 2번을 눌러 주세요.",
  },
  "callback-enter": {
    en: "Please dial the number that we may call, then press hash.",
    zh: "请输入回电号码，按井号键结束。",
    ko: "전화드릴 번호를 누르고 우물 정자를 눌러 주세요.",
  },
  "callback-refused": {
    en: "We cannot call that number.",
    zh: "无法回拨该号码。",
    ko: "그 번호로는 걸 수 없습니다.",
  },
  "callback-thanks": {
    en: "You keep your place in line. We will call you when it is your turn. Goodbye.",
    zh: "已为您保留排队位置，轮到您时我们将回电。再见。",
    ko: "순서가 되면 전화드리겠습니다. 안녕히 계세요.",
  },
  "callback-dialling": { en: "Callback. Dialling now.", zh: "回拨，正在呼叫。", ko: "콜백 전화를 겁니다." },
  "callback-failed": {
    en: "The caller cannot be reached.",
    zh: "无法接通对方。",
    ko: "상대방과 연결할 수 없습니다.",
  },
  "callback-machine": {
    en: "An answering machine has taken the call. It will be tried again.",
    zh: "对方由答录机接听，稍后将再次呼叫。",
    ko: "자동 응답기가 받았습니다. 나중에 다시 겁니다.",
  },
  "conf-onlyperson": {
    en: "You are the only person in this conference.",
    zh: "目前会议中只有您一人。",
    ko: "현재 회의에 혼자 계십니다.",
  },
  "conf-getpin": {
    en: "Please enter the PIN of the conference, then press hash.",
    zh: "请输入会议密码，按井号键结束。",
    ko: "회의 비밀번호를 누르고 우물 정자를 눌러 주세요.",
  },
  "conf-invalidpin": {
    en: "That PIN is not right. Please enter it again.",
    zh: "密码不正确，请重新输入。",
    ko: "비밀번호가 맞지 않습니다. 다시 눌러 주세요.",
  },
  "conf-full": { en: "The conference is full.", zh: "会议人数已满。", ko: "회의 인원이 가득 찼습니다." },
  "conf-muted": { en: "You are muted.", zh: "您已静音。", ko: "음소거되었습니다." },
  "conf-unmuted": { en: "You are heard again.", zh: "静音已取消。", ko: "음소거가 해제되었습니다." },
  "vm-goodbye": { en: "Goodbye.", zh: "再见。", ko: "안녕히 계세요." },
  "vm-new": { en: "New messages:", zh: "新留言数：", ko: "새 메시지:" },
  "vm-none": { en: "You have no messages.", zh: "您没有留言。", ko: "메시지가 없습니다." },
  "vm-nomore": {
    en: "There are no more messages.",
    zh: "没有更多留言了。",
    ko: "더 이상 메시지가 없습니다.",
  },
  "vm-choose": {
    en: "To hear it again, press star. To delete it, press seven. For the next message, press the pound key.",
    zh: "重听请按星号键，删除请按七，下一条请按井号键。",
    ko: "다시 들으시려면 별표, 삭제하시려면 7번, 다음 메시지는 우물 정자를 눌러 주세요.",
  },
  "caller-anonymous": {
    en: "Calls without a number are not taken here. Please call again and show your number.",
    zh: "本机不接听隐藏号码的来电，请显示号码后再拨。",
    ko: "발신 번호 표시가 제한된 전화는 받지 않습니다. 번호를 표시하여 다시 걸어 주세요.",
  },
  "caller-blocked": {
    en: "Calls from this number are not taken.",
    zh: "本机不接听该号码的来电。",
    ko: "이 번호의 전화는 받지 않습니다.",
  },
  "schedule-open": { en: "Open.", zh: "已设为营业。", ko: "영업 중으로 설정되었습니다." },
  "schedule-closed": { en: "Closed.", zh: "已设为休息。", ko: "영업 종료로 설정되었습니다." },
  "schedule-none": {
    en: "Open by the hours of the schedule.",
    zh: "已恢复按时间表营业。",
    ko: "영업 시간표에 따릅니다.",
  },
  "forward-on": {
    en: "Your calls are forwarded.",
    zh: "来电转移已设置。",
    ko: "착신 전환이 설정되었습니다.",
  },
  "forward-off": {
    en: "Your calls are not forwarded any more.",
    zh: "来电转移已取消。",
    ko: "착신 전환이 해제되었습니다.",
  },
  "forward-confirm": {
    en: "A call is forwarded to you. To take it, press one.",
    zh: "您有一个转移来电，接听请按一。",
    ko: "전환된 전화가 왔습니다. 받으시려면 1번을 눌러 주세요.",
  },
  "do-not-disturb-on": {
    en: "You will not be disturbed.",
    zh: "免打扰已开启。",
    ko: "방해 금지가 설정되었습니다.",
  },
  "do-not-disturb-off": {
    en: "Your telephone rings again.",
    zh: "免打扰已关闭。",
    ko: "방해 금지가 해제되었습니다.",
  },
  "vm-nobodyavail": {
    en: "Nobody is available to take your call at the moment.",
    zh: "现在没有人能接听您的电话。",
    ko: "지금은 전화를 받을 수 없습니다.",
  },
};
