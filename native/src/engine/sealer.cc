// A digest is made of what is in the file: whoever changes it later is found out.
#include "engine/sealer.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <utility>

#include "engine/realtime.h"

namespace node_dahdi::media {

Sealer::Sealer(std::function<void(RecordResult)> done) : done_(std::move(done)), thread_([this] { Run(); }) {
  pthread_setname_np(thread_.native_handle(), "media-seal");
}

Sealer::~Sealer() {
  stop_.store(true, std::memory_order_release);
  wakeup_.Post();
  thread_.join();
  for (const Job& job : jobs_) close(job.fd);
}

void Sealer::Add(RecordResult result, int fd) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back({std::move(result), fd});
  }
  wakeup_.Post();
}

void Sealer::Run() {
  constexpr int kIdleMs = 60'000;
  BecomeModest();
  while (!stop_.load(std::memory_order_acquire)) {
    std::unique_lock lock(mutex_);
    if (jobs_.empty()) {
      lock.unlock();
      wakeup_.Wait(kIdleMs);
      continue;
    }
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.result.sha256 = Digest(job.fd);
    close(job.fd);
    done_(std::move(job.result));
  }
}

std::string Sealer::Digest(int fd) const {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) return "";
  std::array<uint8_t, 65536> bytes;
  for (off_t at = 0;;) {
    if (stop_.load(std::memory_order_acquire)) return "";
    const ssize_t got = pread(fd, bytes.data(), bytes.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return "";
    if (got == 0) break;
    if (EVP_DigestUpdate(context.get(), bytes.data(), static_cast<size_t>(got)) != 1) return "";
    at += got;
  }
  std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1) return "";
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < length; i++) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

}  // namespace node_dahdi::media
