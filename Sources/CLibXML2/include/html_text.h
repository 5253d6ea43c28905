// The text of an HTML fragment, and the characters that its references stand for.
#ifndef CLIBXML2_HTML_TEXT_H
#define CLIBXML2_HTML_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The longest fragment that is parsed. libxml2 compares each attribute of a tag with all before
/// it: the worst fragment of this length takes a tenth of a second, one of a megabyte two minutes.
enum { CLIBXML2_FRAGMENT_LIMIT = 32768 };

/// Most bytes that one reference stands for.
enum { CLIBXML2_REFERENCE_BYTES = 8 };

/// Writes what a browser shows of a fragment in UTF-8 to `text`, which has room for `length` bytes.
/// Tags, comments, scripts and styles go; runs of white space are one space; tags of blocks and
/// line breaks count as white space. References stay as they stand.
///
/// False where the fragment is longer than the limit, nested deeper than 512 elements, or memory is
/// out. Thread-safe; costs a parser and a copy of the fragment, both freed on return. Nothing is
/// printed and nothing is loaded.
bool clibxml2_html_text(const uint8_t *html, size_t length, uint8_t *text, size_t *text_length);

/// The length of the character reference that the bytes begin with, 0 where they begin with none;
/// the first byte must be `&`. Writes the characters to `utf8`: CLIBXML2_REFERENCE_BYTES at most,
/// none for a control character.
///
/// The rules are the HTML standard's for text: all its names, some of them also without a
/// semicolon; 128 to 159 mean Windows-1252; what is no character is U+FFFD. White space comes as a
/// space.
size_t clibxml2_html_reference(const uint8_t *html, size_t length, uint8_t *utf8,
                               size_t *utf8_length);

#endif
