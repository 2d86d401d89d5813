// Faxes by spandsp alone: two ends that hand each other blocks of 20 ms, with no line, law, thread or ring
// between. What T.30 and its modems cost by themselves.
#include <spandsp.h>
#include <time.h>

#include <array>
#include <cstdio>

namespace {

constexpr int kBlock = 160;

double CpuSeconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

fax_state_t* Begin(bool calling, const char* send, const char* receive) {
  fax_state_t* const fax = fax_init(nullptr, calling ? TRUE : FALSE);
  t30_state_t* const t30 = fax_get_t30_state(fax);
  span_log_set_level(fax_get_logging_state(fax), SPAN_LOG_NONE);
  span_log_set_level(t30_get_logging_state(t30), SPAN_LOG_NONE);
  fax_set_transmit_on_idle(fax, TRUE);
  t30_set_ecm_capability(t30, TRUE);
  t30_set_supported_modems(t30, T30_SUPPORT_V27TER | T30_SUPPORT_V29 | T30_SUPPORT_V17);
  t30_set_supported_compressions(
      t30, T30_SUPPORT_T4_1D_COMPRESSION | T30_SUPPORT_T4_2D_COMPRESSION | T30_SUPPORT_T6_COMPRESSION);
  if (send != nullptr) t30_set_tx_file(t30, send, -1, -1);
  if (receive != nullptr) t30_set_rx_file(t30, receive, -1);
  return fax;
}

}  // namespace

int main(int, char** arguments) {
  int over = 0;
  fax_state_t* const from = Begin(true, arguments[1], nullptr);
  fax_state_t* const to = Begin(false, nullptr, arguments[2]);
  for (fax_state_t* const fax : {from, to}) {
    t30_set_phase_e_handler(
        fax_get_t30_state(fax), [](t30_state_t*, void* count, int) { ++*static_cast<int*>(count); }, &over);
  }
  const double began = CpuSeconds();
  std::array<int16_t, kBlock> samples{};
  long blocks = 0;
  for (; over < 2 && blocks < 50 * 600; blocks++) {
    for (const auto& [speaks, hears] : {std::pair{from, to}, std::pair{to, from}}) {
      const int made = fax_tx(speaks, samples.data(), kBlock);
      for (int i = made; i < kBlock; i++) samples[static_cast<size_t>(i)] = 0;
      fax_rx(hears, samples.data(), kBlock);
    }
  }
  const double cpu = CpuSeconds() - began;
  std::printf("{\"ends\":%.0f}\n", 2 * static_cast<double>(blocks) * kBlock / 8000 / cpu);
  return over == 2 ? 0 : 1;
}
