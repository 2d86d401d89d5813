// A ring between exactly one writing and one reading thread: no locks, no allocation after construction.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>

#include "engine/prefetch.h"

namespace node_dahdi::media {

template <typename T>
class SpscRing {
 public:
  /** Holds `capacity` elements, rounded up to a power of two. */
  explicit SpscRing(size_t capacity)
      : size_(std::bit_ceil(capacity)), mask_(size_ - 1), slots_(std::make_unique<T[]>(size_)) {}

  size_t Capacity() const { return size_; }
  size_t Readable() const {
    return tail_.load(std::memory_order_acquire) - head_.load(std::memory_order_acquire);
  }
  size_t Writable() const { return size_ - Readable(); }

  /** Writer: puts as many as fit; the result says how many. */
  size_t Write(const T* from, size_t count) {
    const size_t tail = tail_.load(std::memory_order_relaxed);
    count = std::min(count, size_ - (tail - head_.load(std::memory_order_acquire)));
    const size_t first = std::min(count, size_ - (tail & mask_));
    std::copy(from, from + first, slots_.get() + (tail & mask_));
    std::copy(from + first, from + count, slots_.get());
    tail_.store(tail + count, std::memory_order_release);
    return count;
  }

  /** Reader: takes as many as there are, at most `count`. */
  size_t Read(T* to, size_t count) {
    const size_t head = head_.load(std::memory_order_relaxed);
    count = std::min(count, tail_.load(std::memory_order_acquire) - head);
    const size_t first = std::min(count, size_ - (head & mask_));
    std::copy(slots_.get() + (head & mask_), slots_.get() + (head & mask_) + first, to);
    std::copy(slots_.get(), slots_.get() + (count - first), to + first);
    head_.store(head + count, std::memory_order_release);
    return count;
  }

  /** Reader: forgets the oldest. */
  size_t Skip(size_t count) {
    const size_t head = head_.load(std::memory_order_relaxed);
    count = std::min(count, tail_.load(std::memory_order_acquire) - head);
    head_.store(head + count, std::memory_order_release);
    return count;
  }

  /** Memory that the next `Write` or `Read` of so many will touch, fetched ahead. */
  void PrefetchWrite(size_t count) const {
    Prefetch<1>(slots_.get() + (tail_.load(std::memory_order_relaxed) & mask_), count * sizeof(T));
  }
  void PrefetchRead(size_t count) const {
    Prefetch<0>(slots_.get() + (head_.load(std::memory_order_relaxed) & mask_), count * sizeof(T));
  }

  bool Push(const T& value) { return Write(&value, 1) == 1; }
  bool Pop(T* value) { return Read(value, 1) == 1; }

 private:
  const size_t size_;
  const size_t mask_;
  const std::unique_ptr<T[]> slots_;
  alignas(64) std::atomic<size_t> head_{0};
  alignas(64) std::atomic<size_t> tail_{0};
};

}  // namespace node_dahdi::media
