// 장비가 알려 주는 오류.
import type { Refusals } from "./message.ts";

export const koRefusals: Refusals = {
  ERR_AGENT_LOGGED_OUT: {
    message: "상담원이 로그인하지 않았습니다",
    remedy: "먼저 전화기나 콘솔에서 로그인하십시오.",
  },
  ERR_AGENT_NO_CALL: { message: "상담원의 통화가 없습니다", remedy: "통화 중이나 통화 후에 입력하십시오." },
  ERR_AGENT_SEAT: {
    message: "상담원은 지정된 전화기에서만 로그인할 수 있습니다",
    remedy: "지정된 전화기에서 로그인하거나 설정에서 지정을 해제하십시오.",
  },
  ERR_AGENT_UNKNOWN: {
    message: "없는 상담원입니다",
    remedy: "설정에 상담원을 추가하거나 번호를 고치십시오.",
  },
  ERR_CHANGE_NONE: {
    message: "확인을 기다리는 회선 변경이 없습니다",
    remedy: "이미 확인되었거나 되돌려졌습니다. 지금의 회선 상태를 보십시오.",
  },
  ERR_CHANGE_PENDING: {
    message: "다른 회선 변경이 확인을 기다리고 있습니다",
    remedy: "먼저 확인하거나 되돌리십시오. 시간이 지나면 저절로 되돌려집니다.",
  },
  ERR_CALLER_WITHHELD: {
    message: "차단할 발신 번호가 없습니다",
    remedy: "번호 없는 전화는 중계 그룹이나 착신 번호에서 거부하도록 설정하십시오.",
  },
  ERR_CALL_UNKNOWN: {
    message: "없는 통화입니다",
    remedy: "방금 끝났을 수 있습니다. 진행 중인 통화 목록을 보십시오.",
  },
  ERR_DISK_LOW: {
    message: "디스크가 거의 찼습니다",
    remedy: "공간을 비우십시오. 녹음 보관 일수를 줄이거나 오래된 녹음을 옮기십시오.",
  },
  ERR_EXTENSION_UNKNOWN: {
    message: "없는 내선입니다",
    remedy: "설정에 내선을 추가하거나 번호를 고치십시오.",
  },
  ERR_FAX_DOCUMENT: {
    message: "팩스로 보낼 수 없는 문서입니다",
    remedy: "200쪽 이하의 PDF나 팩스 폭(1728점)의 흑백 TIFF를 사용하십시오.",
  },
  ERR_FAX_NUMBER: {
    message: "팩스를 보낼 수 있는 번호가 아닙니다",
    remedy: "외선 번호를 포함하여 전화기로 누르는 숫자를 입력하십시오.",
  },
  ERR_FAX_OUTBOX_FULL: {
    message: "보낼 팩스가 너무 많습니다",
    remedy: "보냈거나 실패한 것을 지운 뒤 다시 보내십시오.",
  },
  ERR_FAX_UNKNOWN: { message: "없는 팩스입니다", remedy: "받은 쪽이 없거나 문서가 삭제되었습니다." },
  ERR_FLOW_INVALID: {
    message: "흐름에 오류가 있습니다",
    remedy: "지정된 파일과 위치를 고치십시오. 이전 흐름은 계속 실행됩니다.",
  },
  ERR_FLOW_IN_USE: {
    message: "흐름이 아직 사용 중입니다",
    remedy: "설명에 나온 호를 먼저 다른 곳으로 보내십시오.",
  },
  ERR_FLOW_UNKNOWN: { message: "없는 흐름입니다", remedy: "흐름 목록에 있는 이름을 사용하십시오." },
  ERR_FORBIDDEN: {
    message: "이 사용자에게 권한이 없습니다",
    remedy: "관리자에게 요청하거나 역할을 바꾸십시오.",
  },
  ERR_INTERNAL: {
    message: "내부 오류가 발생했습니다",
    remedy: "다시 시도하십시오. 반복되면 이 시각의 로그를 알려 주십시오.",
  },
  ERR_LINE_BUSY: {
    message: "빈 회선이 없습니다",
    remedy: "통화가 끝나기를 기다리거나 중계선 그룹에 회선을 추가하십시오.",
  },
  ERR_LINE_DOWN: {
    message: "회선 장애입니다",
    remedy: "스팬 경보와 케이블을 확인하십시오. 복구되면 통화할 수 있습니다.",
  },
  ERR_LINE_IN_SERVICE: {
    message: "회선이 사용 중입니다",
    remedy: "먼저 사용 중지하십시오. 시험하는 동안 회선을 독점해야 합니다.",
  },
  ERR_LINE_NO_AUDIO: {
    message: "회선에서 음성이 들어오지 않습니다",
    remedy: "스팬 경보와 카드를 확인하고, 정상이 되면 다시 측정하십시오.",
  },
  ERR_LINE_NO_BITS: {
    message: "타임슬롯이 없는 회선입니다",
    remedy: "비트 오류는 E1과 BRI의 B 채널에서만 셀 수 있습니다.",
  },
  ERR_LINE_UNKNOWN: {
    message: "없는 회선입니다",
    remedy: "회선 목록에 있는 회선이나 중계선 그룹을 사용하십시오.",
  },
  ERR_MEDIA_CONFERENCES: {
    message: "회의 자원을 모두 쓰고 있습니다",
    remedy: "회의나 통화 청취를 끝내십시오. 동시에 256개까지입니다.",
  },
  ERR_MEDIA_LATE: {
    message: "장비가 잠시 멈춰 통화가 끊겼습니다",
    remedy:
      "프로세서를 붙잡는 원인을 찾으십시오. 다른 프로그램, 고장 난 디스크, 가상 머신이 함께 쓰는 호스트 등입니다.",
  },
  ERR_MEDIA_NOT_REALTIME: {
    message: "미디어 스레드에 실시간 우선순위가 없습니다",
    remedy:
      "서비스로 시작하거나 CAP_SYS_NICE(LimitRTPRIO=40)를 부여하십시오. 그 전에는 부하 시 소리가 끊길 수 있습니다.",
  },
  ERR_MESSAGE_UNKNOWN: { message: "없는 메시지입니다", remedy: "삭제되었습니다. 목록을 다시 불러오십시오." },
  ERR_NOT_FOUND: { message: "이 주소에는 아무것도 없습니다", remedy: "주소를 확인하십시오." },
  ERR_NOT_SIGNED_IN: { message: "로그인하지 않았습니다", remedy: "먼저 로그인하십시오." },
  ERR_ORIGIN_FOREIGN: {
    message: "다른 사이트에서 온 요청입니다",
    remedy: "장비 자체의 콘솔을 사용하십시오.",
  },
  ERR_OUT_OF_SERVICE: {
    message: "더 큰 단위와 함께 폐쇄되어 있습니다",
    remedy: "표시된 스팬이나 중계선 그룹을 다시 운용하면 회선도 함께 돌아옵니다.",
  },
  ERR_PASSWORD_MUST_CHANGE: {
    message: "첫 비밀번호를 바꿔야 합니다",
    remedy: "직접 비밀번호를 정하면 계속할 수 있습니다.",
  },
  ERR_PASSWORD_SAME: { message: "새 비밀번호가 이전과 같습니다", remedy: "다른 것을 고르십시오." },
  ERR_PASSWORD_WRONG: {
    message: "현재 비밀번호가 틀립니다",
    remedy: "다시 시도하십시오. 관리자가 다시 정할 수 있습니다.",
  },
  ERR_RECORDING_DENIED: {
    message: "녹음 규칙이 허용하지 않습니다",
    remedy:
      "‘항상’ 규칙의 통화는 중지할 수 없고 일시 정지만 됩니다. ‘안 함’ 규칙의 통화는 녹음되지 않습니다.",
  },
  ERR_RECORDING_FAILED: {
    message: "통화를 녹음할 수 없습니다",
    remedy: "디스크를 확인하십시오. 세부 정보에 이유가 있습니다. 통화는 녹음 없이 계속됩니다.",
  },
  ERR_RECORDING_STATE: {
    message: "지금 녹음 중이 아니거나 이미 녹음 중입니다",
    remedy: "통화의 표시를 다시 보십시오. 그사이 바뀌었을 수 있습니다.",
  },
  ERR_RECORDING_UNKNOWN: { message: "없는 녹음입니다", remedy: "보관 기간이 지나 삭제되었을 수 있습니다." },
  ERR_RECORD_NO_AGENT: {
    message: "이 통화에는 상담원이 없었습니다",
    remedy: "상담원이 처리한 통화만 채점할 수 있습니다.",
  },
  ERR_RECORD_UNKNOWN: { message: "이 통화의 기록이 없습니다", remedy: "기록 목록에서 고르십시오." },
  ERR_REPORTS_BUSY: {
    message: "이미 보고서 두 개를 만드는 중입니다",
    remedy: "하나가 끝날 때까지 기다리십시오.",
  },
  ERR_REQUESTS_TOO_MANY: { message: "이 주소의 요청이 너무 많습니다", remedy: "1분 기다리십시오." },
  ERR_REQUEST_INVALID: { message: "요청 형식이 올바르지 않습니다", remedy: "표시된 곳을 확인하십시오." },
  ERR_REQUEST_TOO_LARGE: { message: "요청이 너무 큽니다", remedy: "1MB 이하로 보내십시오." },
  ERR_SETTINGS_CONFLICT: {
    message: "그사이 다른 사람이 설정을 바꿨습니다",
    remedy: "다시 읽은 뒤 변경하십시오.",
  },
  ERR_SETTINGS_INVALID: {
    message: "설정에 오류가 있습니다",
    remedy: "나열된 곳을 고치십시오. 현재 설정은 그대로입니다.",
  },
  ERR_SETTINGS_SYNTAX: {
    message: "설정 파일이 올바른 JSON이 아닙니다",
    remedy: "지정된 행과 열을 고치거나 옆의 사본으로 덮어쓰십시오.",
  },
  ERR_SETTINGS_UNWRITABLE: {
    message: "설정 파일을 쓸 수 없습니다",
    remedy: "디스크 여유와 폴더 쓰기 권한을 확인하십시오.",
  },
  ERR_SIGN_IN: {
    message: "이름 또는 비밀번호가 틀립니다",
    remedy: "다시 시도하십시오. 관리자가 다시 정할 수 있습니다.",
  },
  ERR_SPAN_ALARM: {
    message: "회선 경보가 있습니다",
    remedy: "표시된 스팬의 케이블과 상대측을 확인하십시오.",
  },
  ERR_SPEECH_FAILED: {
    message: "문장을 음성으로 만들 수 없습니다",
    remedy: "espeak-ng를 설치하거나 안내를 녹음하십시오.",
  },
  ERR_SPAN_UNKNOWN: { message: "없는 스팬입니다", remedy: "카드에 있는 스팬 번호를 쓰십시오." },
  ERR_SPOKEN: {
    message: "말로 읽을 수 없습니다",
    remedy: "15자리까지의 수, 1000년부터 2999년까지의 날짜, 등록된 통화의 금액만 읽을 수 있습니다.",
  },
  ERR_SPOKEN_RULES: {
    message: "이 언어의 숫자 규칙을 쓸 수 없습니다",
    remedy: "세부 정보의 규칙 또는 규칙이 없는 수를 확인하십시오.",
  },
  ERR_STATION_UNKNOWN: {
    message: "없는 연습용 전화기입니다",
    remedy: "목록의 전화기를 사용하십시오. 카드가 있으면 연습용 전화기가 없습니다.",
  },
  ERR_STORAGE_CORRUPT: {
    message: "데이터베이스가 손상되었습니다",
    remedy: "파일을 옮기고 최근 백업에서 복원하십시오. 녹음은 영향이 없습니다.",
  },
  ERR_STORAGE_FULL: {
    message: "디스크가 가득 찼습니다",
    remedy: "공간을 비우십시오(오래된 녹음부터). 그때까지 이벤트는 메모리에 있습니다.",
  },
  ERR_STORAGE_LOST: {
    message: "디스크 장애가 길어 이벤트를 잃었습니다",
    remedy: "디스크를 고친 뒤 다시 시작하십시오. 이 시간의 보고서는 불완전합니다.",
  },
  ERR_SUPERVISION: {
    message: "이 통화를 그렇게 청취할 수 없습니다",
    remedy: "전화기가 비어 있고 사용 가능한지 보십시오. 넘겨받으려면 먼저 청취하십시오.",
  },
  ERR_UNSUPPORTED: {
    message: "이 포트에서는 할 수 없습니다",
    remedy: "지원하는 포트와 카드에서만 사용하십시오.",
  },
  ERR_AUDIO_FORMAT: {
    message: "재생할 수 없는 파일입니다",
    remedy: "WAV(A-law, µ-law, 선형 PCM, 1~192 kHz)로 변환하십시오.",
  },
  ERR_AUDIO_LONG: {
    message: "녹음이 10분을 넘습니다",
    remedy: "더 짧은 녹음을 사용하십시오. 반복 음악은 음악 분류에 넣으십시오.",
  },
  ERR_PROMPT_MANY: {
    message: "안내 음성이 최대 개수에 이르렀습니다",
    remedy: "기존 안내 음성을 바꿔 녹음하십시오.",
  },
  ERR_PROMPT_NAME: {
    message: "사용할 수 없는 안내 음성 이름입니다",
    remedy: "소문자, 숫자, 하이픈으로 48자 이내, 언어는 en, zh, ko를 사용하십시오.",
  },
  ERR_PROMPT_SILENT: {
    message: "녹음에 말소리가 없습니다",
    remedy: "마이크에 가까이 말하거나 다른 파일을 고르십시오.",
  },
  ERR_PROMPT_UNKNOWN: {
    message: "그런 안내 음성 녹음이 없습니다",
    remedy: "목록을 다시 확인하십시오. 그사이 바뀌었을 수 있습니다.",
  },
  ERR_PAUSE_REASON: { message: "그런 이석 사유가 없습니다", remedy: "설정에 있는 사유를 고르십시오." },
  ERR_PHONE_UNANSWERED: {
    message: "전화를 받지 않았습니다",
    remedy: "벨이 울리면 수화기를 들고 끝날 때까지 기다리십시오.",
  },
  ERR_SHIFTS: {
    message: "근무 계획을 읽을 수 없습니다",
    remedy:
      "상담원,시작,끝 형식의 CSV를 주십시오(예: 301,2026-11-30 09:00,2026-11-30 17:00). 기존 계획은 그대로입니다.",
  },
  ERR_WRAP_UP_CODE: {
    message: "이 대기열에는 그런 후처리 코드가 없습니다",
    remedy: "설정에 있는 코드를 고르십시오.",
  },
};
