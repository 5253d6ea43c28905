// Asks the processor for the memory at an address, without waiting for it.
static inline void prefetch(const void *address) { __builtin_prefetch(address); }
