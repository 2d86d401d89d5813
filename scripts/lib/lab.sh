# The lab's ground, sourced by scripts/lab: Debian's kernel, the DAHDI driver built for it, an initramfs, and
# our peers' programs, all under .cache/lab. Everything comes from Debian packages; nothing needs KVM or a card.
lab="$cache/lab"
lab_out="$lab/out"
lab_packages=(qemu-system-x86 linux-headers-amd64 dahdi-source dahdi libpri-dev busybox-static cpio kmod bc
  e2fsprogs bzip2 make gcc libc6-dev libtiff-tools asterisk-core-sounds-en-wav)
# What the initramfs needs to reach its roots; the driver itself is loaded by each scenario.
lab_boot_modules=(virtio_pci 9pnet_virtio 9p overlay virtio_blk ext4)

# The newest kernel whose headers are installed.
lab_kernel() { find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' -printf '%f\n' | sed 's/^linux-headers-//' | grep -v -- '-\(rt\|cloud\)-' | sort -V | tail -n 1; }

lab_download() {
  apt-cache show "linux-image-$1" >/dev/null 2>&1 &&
    (cd "$lab" && rm -f linux-image-*.deb && apt-get download "linux-image-$1" >"$lab/download.log" 2>&1)
}

# Debian's kernel image, unpacked. When the archive has moved past the installed headers, both move on.
lab_prepare_kernel() {
  kver="$(lab_kernel)"
  [ -n "$kver" ] || die "no kernel headers under /usr/src after installing linux-headers-amd64"
  [ -f "$lab/kernel/boot/vmlinuz-$kver" ] && return 0
  say "lab: downloading the kernel $kver"
  if ! lab_download "$kver"; then
    as_root apt-get update >"$lab/download.log" 2>&1 || die "apt-get update failed; see $lab/download.log"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends linux-headers-amd64 >"$lab/download.log" 2>&1
    kver="$(lab_kernel)"
    lab_download "$kver" || die "apt-get download linux-image-$kver failed; see $lab/download.log"
  fi
  rm -rf "$lab/kernel" "$lab/kernel.new"
  dpkg -x "$lab"/linux-image-*.deb "$lab/kernel.new"
  mv "$lab/kernel.new" "$lab/kernel"
  rm -f "$lab"/linux-image-*.deb
}

# The driver's modules for that kernel, our test card among them, beside its own so that modprobe finds them all.
lab_prepare_driver() {
  local source=/usr/src/dahdi.tar.bz2 key="$lab/driver.key" card="$root/test/lab/testcard"
  local made
  made="$kver $(digest "$source" "$card"/*)"
  [ -f "$key" ] && [ "$(cat "$key")" = "$made" ] && return 0
  say "lab: building the DAHDI driver for $kver (about a minute)"
  rm -rf "$lab/driver"
  mkdir -p "$lab/driver"
  tar xjf "$source" -C "$lab/driver"
  cp -r "$card" "$lab/driver/modules/dahdi/drivers/dahdi/callbox_testcard"
  make -C "$lab/driver/modules/dahdi" KVERS="$kver" KSRC="/usr/src/linux-headers-$kver" SUBDIRS_EXTRA=callbox_testcard -j "$(nproc)" modules >"$lab/driver.log" 2>&1 ||
    die "the DAHDI driver did not build; see $lab/driver.log"
  local modules="$lab/kernel/lib/modules/$kver"
  mkdir -p "$modules/dahdi"
  find "$lab/driver" -name '*.ko' -exec cp {} "$modules/dahdi/" \;
  depmod -b "$lab/kernel" "$kver"
  rm -rf "$lab/driver"
  printf '%s' "$made" >"$key"
}

# A static busybox, the modules that reach the shared root, and test/lab/guest/init.
lab_prepare_initramfs() {
  local init="$root/test/lab/guest/init" key="$lab/initramfs.key" made
  made="$kver $(digest "$init" /bin/busybox)"
  [ -f "$key" ] && [ "$(cat "$key")" = "$made" ] && return 0
  local tree="$lab/initramfs" module path
  rm -rf "$tree"
  mkdir -p "$tree/bin" "$tree/modules" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/lower" "$tree/upper" "$tree/root"
  cp /bin/busybox "$tree/bin/busybox"
  cp "$init" "$tree/init"
  chmod 755 "$tree/init"
  for module in "${lab_boot_modules[@]}"; do
    while read -r _ path; do
      grep -qsxF "$(basename "$path")" "$tree/modules/order" && continue
      cp "$path" "$tree/modules/"
      basename "$path" >>"$tree/modules/order"
    done < <(modprobe -d "$lab/kernel" -S "$kver" --show-depends "$module" | grep '^insmod')
  done
  (cd "$tree" && find . | cpio --quiet -o -H newc | gzip -1) >"$lab/initramfs.gz"
  rm -rf "$tree"
  printf '%s' "$made" >"$key"
}

# The packages that the appliance runs on, as a disk image: over 9p each of their thousands of files costs round trips.
lab_prepare_image() {
  fresh lab-image "$root/package-lock.json" && [ -f "$lab/node_modules.img" ] && return 0
  say "lab: packing the packages that the appliance runs on"
  local tree="$lab/image" listing="$lab/image.txt"
  rm -rf "$tree"
  mkdir -p "$tree"
  (cd "$root" && npm ls --omit=dev --all --parseable 2>/dev/null) | sed -n "s|^$root/node_modules/||p" | sort -u >"$listing"
  [ -s "$listing" ] || die "npm lists no packages that the appliance runs on"
  (cd "$root/node_modules" && xargs -a "$listing" -I{} find {} -not -path '*/.bin/*' | sort -u | cpio --quiet -pdm "$tree")
  local kilobytes
  kilobytes=$(du -sk "$tree" | cut -f1)
  mke2fs -q -F -t ext4 -O ^has_journal -m 0 -i 4096 -d "$tree" "$lab/node_modules.img" "$((kilobytes * 3 / 2 + 32768))k" 2>"$lab/image.log" ||
    die "mke2fs failed; see $lab/image.log"
  rm -rf "$tree"
  finished lab-image "$root/package-lock.json"
}

# What bundle.ts and Vite made of the appliance, likewise: packed again when they change, in a second.
lab_prepare_dist() {
  fresh lab-dist "$cache/server.stamp" "$cache/console.stamp" && [ -f "$lab/dist.img" ] && return 0
  local kilobytes
  kilobytes=$(du -sk "$root/dist" | cut -f1)
  rm -f "$lab/dist.img"
  mke2fs -q -F -t ext4 -O ^has_journal -m 0 -i 4096 -d "$root/dist" "$lab/dist.img" "$((kilobytes * 3 / 2 + 16384))k" >"$lab/dist.log" 2>&1 ||
    die "mke2fs failed; see $lab/dist.log"
  finished lab-dist "$cache/server.stamp" "$cache/console.stamp"
}

# The peers: programs of their own, never part of the product.
lab_prepare_peers() {
  local peers="$root/test/lab/peer" name libraries sources
  mkdir -p "$lab/bin"
  for name in pri-peer analog-far bearer-far misdn-peer span-ctl; do
    sources=("$peers/$name.c" "$peers/kit.c")
    [ "$name" = pri-peer ] && sources=("$peers"/pri-*.c "$peers/kit.c")
    fresh "lab-$name" "${sources[@]}" "$peers"/*.h && [ -x "$lab/bin/$name" ] && continue
    say "lab: compiling $name"
    libraries=(-lm -lpthread)
    [ "$name" = pri-peer ] && libraries+=(-lpri)
    gcc -std=gnu11 -O2 -Wall -Wextra -Werror -o "$lab/bin/$name" "${sources[@]}" "${libraries[@]}" 2>"$lab/$name.log" ||
      { cat "$lab/$name.log" >&2; die "$name did not compile"; }
    finished "lab-$name" "${sources[@]}" "$peers"/*.h
  done
}

lab_prepare() {
  [ "$(uname -m)" = x86_64 ] || die "the lab runs on x86_64 only (this is $(uname -m))"
  mkdir -p "$lab" "$lab_out"
  need_apt "${lab_packages[@]}"
  lab_prepare_kernel
  lab_prepare_driver
  lab_prepare_initramfs
  lab_prepare_image
  lab_prepare_dist
  lab_prepare_peers
  ln -sfn "kernel/boot/vmlinuz-$kver" "$lab/vmlinuz"
  printf '%s\n' "$kver" >"$lab/kver"
}
