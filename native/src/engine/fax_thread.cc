// What is heard is given to spandsp, and as much taken from it to be said: the line's clock paces T.30.
#include "engine/fax_thread.h"

#include <pthread.h>
#include <tiffio.h>

#define SPANDSP_EXPOSE_INTERNAL_STRUCTURES
#include <spandsp.h>
#include <spandsp/version.h>
#undef SPANDSP_EXPOSE_INTERNAL_STRUCTURES

#include <algorithm>
#include <array>
#include <utility>

#include "engine/realtime.h"

namespace node_dahdi::media {
namespace {

/** What is still on its way to the line when T.30 is done. */
constexpr int kLastMs = 300;
constexpr int kIdleMs = 60'000;
/** A modem's state goes cold between two turns: a longer one costs less, and leaves three quarters of what is
 * said ahead. */
constexpr int kTurnMs = 24;

const char* StatusName(int status) {
  static constexpr std::pair<int, const char*> kNames[] = {
      {T30_ERR_OK, "ok"},
      {T30_ERR_CEDTONE, "ced-too-long"},
      {T30_ERR_T0_EXPIRED, "no-answer"},
      {T30_ERR_T1_EXPIRED, "no-fax"},
      {T30_ERR_T3_EXPIRED, "interrupt"},
      {T30_ERR_HDLC_CARRIER, "carrier-stuck"},
      {T30_ERR_CANNOT_TRAIN, "cannot-train"},
      {T30_ERR_OPER_INT_FAIL, "interrupt"},
      {T30_ERR_INCOMPATIBLE, "incompatible"},
      {T30_ERR_RX_INCAPABLE, "cannot-receive"},
      {T30_ERR_TX_INCAPABLE, "cannot-send"},
      {T30_ERR_NORESSUPPORT, "resolution"},
      {T30_ERR_NOSIZESUPPORT, "size"},
      {T30_ERR_UNEXPECTED, "unexpected"},
      {T30_ERR_TX_BADDCS, "cannot-train"},
      {T30_ERR_TX_BADPG, "page-refused"},
      {T30_ERR_TX_ECMPHD, "unexpected"},
      {T30_ERR_TX_GOTDCN, "disconnected"},
      {T30_ERR_TX_INVALRSP, "unexpected"},
      {T30_ERR_TX_NODIS, "no-fax"},
      {T30_ERR_TX_PHBDEAD, "no-response"},
      {T30_ERR_TX_PHDDEAD, "no-response"},
      {T30_ERR_TX_T5EXP, "not-ready"},
      {T30_ERR_RX_NOCARRIER, "carrier-lost"},
      {T30_ERR_RX_NOEOL, "no-page"},
      {T30_ERR_RX_NOFAX, "no-page"},
      {T30_ERR_RX_T2EXPDCN, "no-response"},
      {T30_ERR_RX_T2EXPD, "no-response"},
      {T30_ERR_RX_T2EXPFAX, "no-page"},
      {T30_ERR_RX_T2EXPMPS, "no-response"},
      {T30_ERR_RX_T2EXPRR, "no-response"},
      {T30_ERR_RX_T2EXP, "no-response"},
      {T30_ERR_RX_DCNWHY, "disconnected"},
      {T30_ERR_RX_DCNDATA, "disconnected"},
      {T30_ERR_RX_DCNFAX, "disconnected"},
      {T30_ERR_RX_DCNPHD, "disconnected"},
      {T30_ERR_RX_DCNRRD, "disconnected"},
      {T30_ERR_RX_DCNNORTN, "disconnected"},
      {T30_ERR_FILEERROR, "file"},
      {T30_ERR_NOPAGE, "file"},
      {T30_ERR_BADTIFF, "file"},
      {T30_ERR_BADPAGE, "file"},
      {T30_ERR_BADTAG, "file"},
      {T30_ERR_BADTIFFHDR, "file"},
      {T30_ERR_NOMEM, "file"},
      {T30_ERR_CALLDROPPED, "dropped"},
  };
  const auto* const found = std::find_if(std::begin(kNames), std::end(kNames),
                                         [&](const auto& one) { return one.first == status; });
  return found == std::end(kNames) ? "unexpected" : found->second;
}

/** T.30 would look at the file only when the far end has answered. */
bool IsTiff(const std::string& path) {
  TIFF* const file = TIFFOpen(path.c_str(), "r");
  if (file == nullptr) return false;
  TIFFClose(file);
  return true;
}

/** T2 of T.30 §5.4.3.1: 6 s ± 1 s. */
constexpr int kT2Ms = 7000;

/**
 * A command is awaited and no timer runs: after the last page is confirmed this release waits for the
 * goodbye, which may be lost, for ever.
 */
bool AwaitsUntimed(const t30_state_t& t30) {
  // As t30.c counts them: phases B and D, receiving.
  constexpr int kPhaseB = 3, kPhaseD = 9;
  return (t30.phase == kPhaseB || t30.phase == kPhaseD) && t30.timer_t0_t1 == 0 && t30.timer_t2_t4 == 0 &&
         t30.timer_t3 == 0 && t30.timer_t5 == 0;
}

/**
 * A command that arrives spoilt is sent again after T4, 3 s, and T2, 6 s ± 1 s, waits for it (T.30 §5.4.3.1).
 * This release gives up 200 ms after its carrier, by a timer of its own: T2 takes that one's place, as often
 * as a command may be sent again with a spoilt one or noise between; on a line that is only noise, nobody
 * waits for ever.
 */
class Patience {
 public:
  void Apply(t30_state_t* t30) {
    static_assert(SPANDSP_RELEASE_DATE == 20110122, "look at its timers again");
    // As t30.c counts them.
    constexpr int kT2 = 1, kQuiet = 4;
    constexpr int kMostTimes = 6;
    if (t30->state != state_) times_ = 0;
    state_ = t30->state;
    if (t30->timer_t2_t4_is != kQuiet || times_ == kMostTimes) return;
    times_++;
    t30->timer_t2_t4_is = kT2;
    t30->timer_t2_t4 = kT2Ms * kSamplesPerMs;
  }

 private:
  int state_ = -1;
  int times_ = 0;
};

}  // namespace

class FaxThread::Job {
 public:
  Job(Fax* fax, FaxThread* owner) : fax_(*fax), owner_(*owner) {
    const FaxSetup& setup = fax->setup;
    if (!setup.send.empty() && !IsTiff(setup.send)) {
      status_ = StatusName(T30_ERR_FILEERROR);
      return;
    }
    state_ = fax_init(nullptr, setup.calling ? TRUE : FALSE);
    if (state_ == nullptr) return;
    t30_state_t* const t30 = fax_get_t30_state(state_);
    // Libraries that write to the standard error would fill the journal with a line a sample.
    span_log_set_level(fax_get_logging_state(state_), SPAN_LOG_NONE);
    span_log_set_level(t30_get_logging_state(t30), SPAN_LOG_NONE);
    fax_set_transmit_on_idle(state_, TRUE);
    t30_set_tx_ident(t30, setup.ident.c_str());
    if (!setup.header.empty()) t30_set_tx_page_header_info(t30, setup.header.c_str());
    if (!setup.zone.empty()) t30_set_tx_page_header_tz(t30, setup.zone.c_str());
    t30_set_ecm_capability(t30, setup.error_correction ? TRUE : FALSE);
    t30_set_supported_modems(t30, T30_SUPPORT_V27TER | T30_SUPPORT_V29 | (setup.fast ? T30_SUPPORT_V17 : 0));
    t30_set_supported_compressions(
        t30, T30_SUPPORT_T4_1D_COMPRESSION | T30_SUPPORT_T4_2D_COMPRESSION | T30_SUPPORT_T6_COMPRESSION);
    t30_set_supported_resolutions(t30, T30_SUPPORT_STANDARD_RESOLUTION | T30_SUPPORT_FINE_RESOLUTION |
                                           T30_SUPPORT_SUPERFINE_RESOLUTION | T30_SUPPORT_R8_RESOLUTION |
                                           T30_SUPPORT_R16_RESOLUTION);
    t30_set_supported_image_sizes(t30, T30_SUPPORT_215MM_WIDTH | T30_SUPPORT_255MM_WIDTH |
                                           T30_SUPPORT_303MM_WIDTH | T30_SUPPORT_UNLIMITED_LENGTH |
                                           T30_SUPPORT_A4_LENGTH | T30_SUPPORT_US_LETTER_LENGTH |
                                           T30_SUPPORT_US_LEGAL_LENGTH);
    if (!setup.send.empty()) t30_set_tx_file(t30, setup.send.c_str(), -1, -1);
    if (!setup.receive.empty()) t30_set_rx_file(t30, setup.receive.c_str(), -1);
    t30_set_phase_d_handler(
        t30,
        [](t30_state_t*, void* job, int) {
          auto* const own = static_cast<Job*>(job);
          own->owner_.Tell(own->Report());
          return static_cast<int>(T30_ERR_OK);
        },
        this);
    t30_set_real_time_frame_handler(t30, OnFrame, this);
    t30_set_phase_e_handler(
        t30,
        [](t30_state_t*, void* job, int status) {
          auto* const own = static_cast<Job*>(job);
          own->status_ = StatusName(status);
          own->last_ = kLastMs * kSamplesPerMs;
        },
        this);
  }
  static void OnFrame(t30_state_t*, void* job, int incoming, const uint8_t* frame, int length) {
    auto* const own = static_cast<Job*>(job);
    constexpr int kType = 2, kPost = 3;
    if (length <= kType) return;
    const auto type = [](uint8_t octet) { return octet & 0xFE; };
    const auto is_end = [&](uint8_t octet) { return type(octet) == T30_EOP || type(octet) == T30_PRI_EOP; };
    if (incoming != 0) {
      own->last_asked_ =
          is_end(frame[kType]) || (type(frame[kType]) == T30_PPS && length > kPost && is_end(frame[kPost]));
    } else if (own->last_asked_ && type(frame[kType]) == T30_MCF) {
      own->whole_ = true;
    }
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  ~Job() {
    if (state_ == nullptr) return;
    fax_release(state_);
    fax_free(state_);
  }

  /** False when the media thread has let go of it. */
  bool Work() {
    // Looked at before the ring: what was heard before it was set is then surely taken.
    const bool ended = fax_.ended.load(std::memory_order_acquire);
    constexpr size_t kBlock = 20 * kSamplesPerMs;
    std::array<int16_t, kBlock> samples;
    while (const size_t count = fax_.heard.Read(samples.data(), samples.size())) {
      const int wanted = static_cast<int>(count);
      int made = 0;
      if (state_ != nullptr) {
        fax_rx(state_, samples.data(), wanted);
        t30_state_t* const t30 = fax_get_t30_state(state_);
        patience_.Apply(t30);
        untimed_ = AwaitsUntimed(*t30) ? untimed_ + wanted : 0;
        if (untimed_ > kT2Ms * kSamplesPerMs && last_ == 0) t30_terminate(t30);
        made = std::max(0, fax_tx(state_, samples.data(), wanted));
      }
      std::fill(samples.begin() + made, samples.begin() + wanted, int16_t{0});
      fax_.said.Write(samples.data(), count);
      if (last_ > 0 && (last_ -= wanted) <= 0) fax_.finished.store(true, std::memory_order_release);
    }
    if (state_ == nullptr) fax_.finished.store(true, std::memory_order_release);
    return !ended;
  }

  FaxReport Report() {
    FaxReport report{.id = fax_.id, .reason = fax_.reason, .status = whole_ ? "ok" : status_};
    if (state_ == nullptr) return report;
    t30_state_t* const t30 = fax_get_t30_state(state_);
    t30_stats_t stats{};
    t30_get_transfer_statistics(t30, &stats);
    report.pages = fax_.setup.send.empty() ? stats.pages_rx : stats.pages_tx;
    report.bit_rate = stats.bit_rate;
    report.error_correction = stats.error_correcting_mode != 0;
    report.bad_rows = stats.bad_rows;
    report.longest_bad_run = stats.longest_bad_row_run;
    if (const char* const far = t30_get_rx_ident(t30)) report.far = far;
    return report;
  }

 private:
  Fax& fax_;
  FaxThread& owner_;
  fax_state_t* state_ = nullptr;
  Patience patience_;
  std::string status_ = "dropped";
  /** Samples of waiting without a timer. */
  int untimed_ = 0;
  /** The far end has asked whether its last page is there. */
  bool last_asked_ = false;
  /** All is here and was confirmed: the far end's goodbye may be lost. */
  bool whole_ = false;
  /** Samples until all is said; 0: T.30 goes on. */
  int last_ = 0;
};

FaxThread::FaxThread(std::function<void()> told) : told_(std::move(told)), thread_([this] { Run(); }) {
  pthread_setname_np(thread_.native_handle(), "media-fax");
}

FaxThread::~FaxThread() {
  stop_.store(true, std::memory_order_release);
  wakeup_.Post();
  thread_.join();
}

void FaxThread::Add(Fax* fax) {
  {
    const std::lock_guard lock(mutex_);
    added_.push_back(fax);
  }
  wakeup_.Post();
}

std::vector<FaxReport> FaxThread::TakeReports() {
  const std::lock_guard lock(mutex_);
  return std::exchange(reports_, {});
}

void FaxThread::Tell(FaxReport report) {
  {
    const std::lock_guard lock(mutex_);
    reports_.push_back(std::move(report));
  }
  told_();
}

void FaxThread::Run() {
  BecomeUrgent();
  // What is wrong with a file is told by its fax's status.
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  while (!stop_.load(std::memory_order_acquire)) {
    wakeup_.Wait(jobs_.empty() ? kIdleMs : kTurnMs);
    std::vector<Fax*> added;
    {
      const std::lock_guard lock(mutex_);
      added.swap(added_);
    }
    for (Fax* fax : added) jobs_.push_back(std::make_unique<Job>(fax, this));
    for (auto job = jobs_.begin(); job != jobs_.end();) {
      if ((*job)->Work()) {
        ++job;
        continue;
      }
      FaxReport report = (*job)->Report();
      report.ended = true;
      // The files are complete when the state has gone.
      job = jobs_.erase(job);
      Tell(std::move(report));
    }
  }
}

}  // namespace node_dahdi::media
