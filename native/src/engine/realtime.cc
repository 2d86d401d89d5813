#include "engine/realtime.h"

#include <link.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace node_dahdi::media {
namespace {

void Lock(const void* address, size_t length) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto from = reinterpret_cast<uintptr_t>(address) & ~(page - 1);
  const uintptr_t to = reinterpret_cast<uintptr_t>(address) + length;
  mlock2(reinterpret_cast<void*>(from), to - from, MLOCK_ONFAULT);
}

int LockObject(dl_phdr_info* object, size_t, void*) {
  constexpr std::array<std::string_view, 5> kOurs{"node_dahdi", "libspandsp", "libm.so", "libc.so",
                                                  "libstdc++"};
  const std::string_view path = object->dlpi_name;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (std::none_of(kOurs.begin(), kOurs.end(), [&](auto ours) { return name.starts_with(ours); })) return 0;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const auto& segment = object->dlpi_phdr[i];
    if (segment.p_type == PT_LOAD)
      Lock(reinterpret_cast<const void*>(object->dlpi_addr + segment.p_vaddr), segment.p_memsz);
  }
  return 0;
}

}  // namespace

void LockThreadMemory() {
  dl_iterate_phdr(LockObject, nullptr);
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  void* stack = nullptr;
  size_t size = 0;
  if (pthread_attr_getstack(&attributes, &stack, &size) == 0) Lock(stack, size);
  pthread_attr_destroy(&attributes);
}

}  // namespace node_dahdi::media
