// The same loop for each instruction set, the widest chosen when the addon is loaded. NEON needs no choice;
// sanitizers do not know how a choice is made so early.
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(CALLBOX_ONE_INSTRUCTION_SET)
#define VECTORS __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define VECTORS
#endif
