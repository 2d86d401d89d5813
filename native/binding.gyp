# The addon node_dahdi.node: src/driver (the driver's calls) and src/engine (the media engine).
# Every .cc of the two folders is compiled. `node-gyp rebuild -C native -- -Dsanitize=address,undefined`
# builds it for a run under sanitizers (LD_PRELOAD the compiler's libasan.so).
{
  "variables": {"sanitize%": ""},
  "targets": [
    {
      "target_name": "node_dahdi",
      "sources": ["src/addon.cc", "<!@(ls src/driver/*.cc src/engine/*.cc)"],
      "include_dirs": ["src"],
      "defines": [
        "NAPI_VERSION=10",
        "NODE_ADDON_API_CPP_EXCEPTIONS",
        "NODE_ADDON_API_DISABLE_DEPRECATED",
        # An error that cannot be thrown because the environment ends is dropped, not fatal.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
      ],
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": [
        "-std=c++20",
        "-Wall",
        "-Wextra",
        "-Werror",
        # GCC 12 sees overlaps in std::string's operator+ that are not there (GCC bug 105651).
        "-Wno-restrict",
        "-fvisibility=hidden",
        # A fused multiply-add would round otherwise on arm64: every processor is to hear the same digits.
        "-ffp-contract=off",
        "-isystem <!(node -p \"require('path').dirname(require.resolve('node-addon-api'))\")",
      ],
      "libraries": ["-ltonezone", "-lspandsp", "-ltiff", "-lpthread"],
      "conditions": [
        [
          "sanitize!=''",
          {
            "cflags_cc": ["-fsanitize=<(sanitize)", "-fno-omit-frame-pointer", "-g"],
            "ldflags": ["-fsanitize=<(sanitize)"],
          },
        ]
      ],
    }
  ],
}
