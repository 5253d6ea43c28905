#include "html_text.h"

#include <stdlib.h>
#include <string.h>

#include "html_entities.h"

enum { LONGEST_NAME = 31, LONGEST_NAME_WITHOUT_SEMICOLON = 6 };

// What browsers take the code points of the C1 controls for: Windows-1252, 0 where it has none.
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static bool is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

static bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

static size_t write_utf8(uint32_t code_point, uint8_t *utf8) {
  if (code_point < 0x80) {
    utf8[0] = (uint8_t)code_point;
    return 1;
  }
  size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--) {
    utf8[i] = 0x80 | (code_point & 0x3F);
    code_point >>= 6;
  }
  utf8[0] = (uint8_t)(0xF00 >> length) | (uint8_t)code_point;
  return length;
}

static size_t write_character(uint32_t code_point, uint8_t *utf8) {
  if (code_point - 0x80 < 32) code_point = windows_1252[code_point - 0x80];
  else if (code_point == 0 || code_point > 0x10FFFF || code_point - 0xD800 < 0x800)
    code_point = 0xFFFD;
  if (code_point - '\t' < 5) code_point = ' ';
  return code_point < ' ' || code_point == 0x7F ? 0 : write_utf8(code_point, utf8);
}

// `&#8226;`, `&#x2022;`, both also without their semicolon.
static size_t numeric_reference(const uint8_t *html, size_t length, uint8_t *utf8,
                                size_t *utf8_length) {
  size_t end = 2;
  bool is_hexadecimal = end < length && (html[end] | 0x20) == 'x';
  end += is_hexadecimal;
  size_t start = end;
  uint32_t code_point = 0;
  for (; end < length; end++) {
    uint8_t byte = html[end], lower = byte | 0x20;
    uint32_t digit;
    if (is_digit(byte)) digit = byte - '0';
    else if (is_hexadecimal && (uint8_t)(lower - 'a') < 6) digit = lower - 'a' + 10;
    else break;
    // Held above the last code point, however many digits follow.
    if (code_point <= 0x10FFFF) code_point = code_point * (is_hexadecimal ? 16 : 10) + digit;
  }
  if (end == start) return 0;
  *utf8_length = write_character(code_point, utf8);
  return end + (end < length && html[end] == ';');
}

// What follows a name in the table, null where the name is not there.
static const char *find_name(const uint8_t *name, size_t length) {
  size_t low = 0, high = html_entities_size;
  while (low < high) {
    size_t start = (low + high) / 2;
    while (start > low && html_entities[start - 1] != ' ') start--;
    const char *entry = html_entities + start;
    size_t entry_length = strcspn(entry, "=~");
    int order = memcmp(name, entry, length < entry_length ? length : entry_length);
    if (order == 0) order = (length > entry_length) - (length < entry_length);
    if (order == 0) return entry + length;
    if (order < 0) high = start;
    else low = (size_t)(strchr(entry, ' ') + 1 - html_entities);
  }
  return NULL;
}

static size_t write_entity(const char *entry, uint8_t *utf8) {
  size_t length = 0;
  do {
    char *end;
    length += write_character((uint32_t)strtoul(entry + 1, &end, 16), utf8 + length);
    entry = end;
  } while (*entry == ',');
  return length;
}

static size_t named_reference(const uint8_t *html, size_t length, uint8_t *utf8,
                              size_t *utf8_length) {
  const uint8_t *name = html + 1;
  size_t end = 0;
  while (end < length - 1 && end <= LONGEST_NAME && (is_letter(name[end]) || is_digit(name[end])))
    end++;
  if (end < length - 1 && name[end] == ';') {
    const char *entry = find_name(name, end);
    if (entry) {
      *utf8_length = write_entity(entry, utf8);
      return end + 2;
    }
  }
  // In text, browsers read `&copy2024` and `&notit;` as `©2024` and `¬it;`.
  if (end > LONGEST_NAME_WITHOUT_SEMICOLON) end = LONGEST_NAME_WITHOUT_SEMICOLON;
  for (; end >= 2; end--) {
    const char *entry = find_name(name, end);
    if (entry && *entry == '~') {
      *utf8_length = write_entity(entry, utf8);
      return end + 1;
    }
  }
  return 0;
}

size_t clibxml2_html_reference(const uint8_t *html, size_t length, uint8_t *utf8,
                               size_t *utf8_length) {
  if (length < 3) return 0;
  return html[1] == '#' ? numeric_reference(html, length, utf8, utf8_length)
                        : named_reference(html, length, utf8, utf8_length);
}
