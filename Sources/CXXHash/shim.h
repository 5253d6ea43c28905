// The whole hash is in the header, so that calls can be inlined and nothing is linked.
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline XXH64_hash_t xxh3_64(const void *bytes, size_t size, XXH64_hash_t seed) {
  return XXH3_64bits_withSeed(bytes, size, seed);
}
