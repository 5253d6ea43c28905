#include "fields.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

static_assert(CSIMDJSON_PADDING >= SIMDJSON_PADDING, "callers reserve too little padding");

struct csimdjson_field_finder {
  ondemand::parser parser;
  dom::parser validator;
  std::vector<std::string> names;
};

namespace {

csimdjson_status status_of(error_code error) {
  switch (error) {
  case SUCCESS: return CSIMDJSON_OK;
  case UTF8_ERROR: return CSIMDJSON_NOT_UTF8;
  case EMPTY: return CSIMDJSON_EMPTY;
  case MEMALLOC: return CSIMDJSON_OUT_OF_MEMORY;
  default: return CSIMDJSON_NOT_JSON;
  }
}

// Whether the key that starts at `key` (behind its opening quote) is `name`. A key never runs past
// the line, whose end is a quote, a brace or padding, so reading size + 1 bytes is in bounds.
inline bool is_key(const char *key, std::string_view name) {
  return key[0] == name[0] && key[name.size()] == '"' &&
         std::memcmp(key, name.data(), name.size()) == 0;
}

// Whether the key is spelled with an escape, as "pric\u0065", which comparing bytes does not see.
inline bool has_escape(const char *key) {
  while (*key != '"' && *key != '\\') key++;
  return *key == '\\';
}

error_code find(csimdjson_field_finder &finder, const char *line, size_t length,
                csimdjson_span *values, bool &is_object) {
  ondemand::document document;
  SIMDJSON_TRY(finder.parser.iterate(line, length, length + SIMDJSON_PADDING).get(document));
  ondemand::json_type type;
  SIMDJSON_TRY(document.type().get(type));
  is_object = type == ondemand::json_type::object;
  // By its first character alone a word may be taken for null; what is no object is rare enough to be
  // parsed whole.
  if (!is_object) return finder.validator.parse(line, length).error();
  ondemand::object object;
  SIMDJSON_TRY(document.get_object().get(object));
  for (auto result : object) {
    ondemand::field field;
    SIMDJSON_TRY(std::move(result).get(field));
    const char *key = field.key().raw();
    std::string unescaped;
    if (has_escape(key)) {
      const char *end = key;
      while (*end != '"') end += *end == '\\' ? 2 : 1;
      std::string_view name;
      SIMDJSON_TRY(finder.validator.parse(key - 1, end - key + 2).get_string().get(name));
      unescaped = std::string(name) + '"';
      key = unescaped.c_str();
    }
    for (size_t i = 0; i < finder.names.size(); i++) {
      if (!is_key(key, finder.names[i])) continue;
      std::string_view text;
      SIMDJSON_TRY(to_json_string(field.value()).get(text));
      values[i] = {text.data(), text.size()};
      break;
    }
  }
  // Behind the object nothing may follow, and so there is no location left.
  return document.current_location().error() == OUT_OF_BOUNDS ? SUCCESS : TAPE_ERROR;
}

} // namespace

csimdjson_field_finder *csimdjson_field_finder_new(const char *const *names, size_t count) try {
  auto *finder = new csimdjson_field_finder;
  finder->names.assign(names, names + count);
  return finder;
} catch (const std::bad_alloc &) {
  return nullptr;
}

bool csimdjson_is_json(csimdjson_field_finder *finder, csimdjson_span value) {
  // Behind the value come more bytes of its line, and so there is padding enough.
  error_code error = finder->validator.parse(value.data, value.size, false).error();
  // A number beyond 64 bits is JSON, too.
  return error == SUCCESS || error == NUMBER_ERROR;
}

void csimdjson_field_finder_free(csimdjson_field_finder *finder) { delete finder; }

csimdjson_status csimdjson_find_fields(csimdjson_field_finder *finder, const char *line,
                                       size_t length, csimdjson_span *values) {
  for (size_t i = 0; i < finder->names.size(); i++) values[i] = {nullptr, 0};
  bool is_object = false;
  error_code error = find(*finder, line, length, values, is_object);
  if (error) return status_of(error);
  return is_object ? CSIMDJSON_OK : CSIMDJSON_NOT_AN_OBJECT;
}
