// Finds the top-level fields of one JSON object and hands out their raw text: nothing is copied,
// and fields that were not asked for are skipped without being decoded.
#ifndef CSIMDJSON_FIELDS_H
#define CSIMDJSON_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable behind the end of a line; their values do not matter.
enum { CSIMDJSON_PADDING = 64 };

typedef enum {
  CSIMDJSON_OK = 0,
  CSIMDJSON_NOT_JSON,
  CSIMDJSON_NOT_AN_OBJECT,
  CSIMDJSON_NOT_UTF8,
  CSIMDJSON_EMPTY,
  CSIMDJSON_OUT_OF_MEMORY
} csimdjson_status;

/// A value's raw JSON text inside the line, quotes and brackets included; size 0 where the field is
/// missing.
typedef struct {
  const char *data;
  size_t size;
} csimdjson_span;

typedef struct csimdjson_field_finder csimdjson_field_finder;

/// A finder for `count` field names; they are copied. Null when memory is out. Not thread-safe: one
/// finder a thread.
csimdjson_field_finder *csimdjson_field_finder_new(const char *const *names, size_t count);
void csimdjson_field_finder_free(csimdjson_field_finder *finder);

/// Fills `values`, one a name in the order of the names. Of a name that stands twice the last value
/// counts. The whole line is checked to be UTF-8; what is skipped is checked for balance only.
csimdjson_status csimdjson_find_fields(csimdjson_field_finder *finder, const char *line,
                                       size_t length, csimdjson_span *values);

/// Whether a value that was found is JSON throughout, but for the spelling of its numbers.
bool csimdjson_is_json(csimdjson_field_finder *finder, csimdjson_span value);

#ifdef __cplusplus
}
#endif
#endif
