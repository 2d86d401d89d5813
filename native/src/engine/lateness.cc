// Buckets of 20 µs; a summary names the upper edge of a bucket, so it never flatters.
#include "engine/lateness.h"

#include <algorithm>

namespace node_dahdi::media {

namespace {

constexpr int kLateBits = 20;
constexpr uint64_t kLateMask = (1u << kLateBits) - 1;

}  // namespace

void Lateness::Add(int64_t ns, int64_t now_ns) {
  const auto step = std::min<size_t>(static_cast<size_t>(std::max<int64_t>(0, ns) / kStepNs), kSteps - 1);
  counts_[step].fetch_add(1, std::memory_order_relaxed);
  // Only one thread adds; a summary taken in between at worst keeps this maximum for its successor.
  if (ns > max_ns_.load(std::memory_order_relaxed)) max_ns_.store(ns, std::memory_order_relaxed);
  if (ns <= kLateNs) return;
  const uint64_t late = std::min(static_cast<uint64_t>(ns / 1000), kLateMask);
  const uint64_t entry = static_cast<uint64_t>(now_ns / 1000) << kLateBits | late;
  late_[next_late_].store(entry, std::memory_order_relaxed);
  next_late_ = (next_late_ + 1) % kMostLate;
}

LatenessSummary Lateness::Take() {
  std::array<uint32_t, kSteps> counts;
  uint64_t total = 0;
  for (size_t i = 0; i < kSteps; i++) total += counts[i] = counts_[i].exchange(0, std::memory_order_relaxed);
  LatenessSummary summary;
  summary.max_ms = static_cast<double>(max_ns_.exchange(0, std::memory_order_relaxed)) / 1e6;
  for (std::atomic<uint64_t>& slot : late_) {
    const uint64_t entry = slot.exchange(0, std::memory_order_relaxed);
    if (entry == 0) continue;
    const uint64_t at_us = entry >> kLateBits, late_us = entry & kLateMask;
    summary.late.push_back({static_cast<double>(at_us) / 1e3, static_cast<double>(late_us) / 1e3});
  }
  const auto quantile = [&](double part) {
    uint64_t below = 0;
    for (size_t i = 0; i < kSteps; i++) {
      below += counts[i];
      if (static_cast<double>(below) >= part * static_cast<double>(total)) {
        return std::min(static_cast<double>(i + 1) * kStepNs / 1e6, summary.max_ms);
      }
    }
    return summary.max_ms;
  };
  if (total > 0) {
    summary.p50_ms = quantile(0.50);
    summary.p99_ms = quantile(0.99);
  }
  return summary;
}

}  // namespace node_dahdi::media
