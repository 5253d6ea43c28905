#define _GNU_SOURCE  // memrchr
#include "html_text.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// As deep as browsers nest elements. Each end tag is looked for among all that are open.
enum { DEEPEST = 512 };

// Elements before and behind which browsers begin a new line or cell, sorted.
static const char *const blocks[] = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
    "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul"};

// Elements of whose contents browsers show nothing, sorted.
static const char *const unseen[] = {"audio",    "canvas",   "iframe", "noembed",  "noframes",
                                     "noscript", "script",   "style",  "template", "title",
                                     "video"};

static int compare(const void *name, const void *entry) {
  return strcmp(name, *(const char *const *)entry);
}

#define IS_AMONG(names, name) \
  (bsearch(name, names, sizeof names / sizeof *names, sizeof *names, compare) != NULL)

typedef struct {
  htmlParserCtxtPtr parser;
  uint8_t *text;
  size_t length, capacity;
  bool is_space_pending;
  int depth, unseen_depth;
  bool is_too_deep;
} extraction;

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  (void)attributes;
  extraction *self = context;
  if (++self->depth > DEEPEST) {
    self->is_too_deep = true;
    xmlStopParser(self->parser);
  }
  if (IS_AMONG(unseen, name)) self->unseen_depth++;
}

static void end_element(void *context, const xmlChar *name) {
  extraction *self = context;
  self->depth--;
  if (IS_AMONG(unseen, name) && self->unseen_depth > 0) self->unseen_depth--;
}

static void characters(void *context, const xmlChar *bytes, int count) {
  extraction *self = context;
  if (self->unseen_depth > 0) return;
  for (int i = 0; i < count; i++) {
    if (bytes[i] == ' ' || (uint8_t)(bytes[i] - '\t') < 5) {
      self->is_space_pending = true;
      continue;
    }
    bool is_space = self->is_space_pending && self->length > 0;
    // A space stands for a space or a tag, so there is room; this guards against surprises.
    if (self->length + is_space >= self->capacity) return;
    if (is_space) self->text[self->length++] = ' ';
    self->is_space_pending = false;
    self->text[self->length++] = bytes[i];
  }
}

static bool is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

static bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

enum { NAME_SIZE = 12 };

// Reads the name of an element, in lower case; one that is longer than any known one is cut.
static void read_name(const uint8_t *bytes, size_t length, char name[NAME_SIZE]) {
  size_t end = 0;
  for (; end < length && end < NAME_SIZE - 1; end++) {
    if (!is_letter(bytes[end]) && !is_digit(bytes[end])) break;
    name[end] = (char)(bytes[end] | 0x20);
  }
  name[end] = 0;
}

// What is read as a comment up to the next `>`: `<?...>`, `</ ...>`, and `<!...>` unless it is a
// real comment or a document type.
static bool is_bogus_comment(const uint8_t *bytes, size_t length) {
  if (length < 2) return false;
  if (bytes[1] == '/') return length > 2 && !is_letter(bytes[2]);
  if (bytes[1] == '!') return length > 2 && bytes[2] != '-' && (bytes[2] | 0x20) != 'd';
  return bytes[1] == '?';
}

// The length of `<!-->` or `<!--->`, which browsers take for whole comments.
static size_t empty_comment(const uint8_t *bytes, size_t length) {
  if (length >= 5 && memcmp(bytes, "<!-->", 5) == 0) return 5;
  return length >= 6 && memcmp(bytes, "<!--->", 6) == 0 ? 6 : 0;
}

// Whether `<sup>99</sup>` stands here behind the dollars of a price.
static bool is_raised_cents(const uint8_t *html, size_t length, size_t index) {
  if (length - index < 12 || strncasecmp((const char *)html + index, "<sup>", 5) != 0 ||
      !is_digit(html[index + 5]) || !is_digit(html[index + 6]) ||
      strncasecmp((const char *)html + index + 7, "</sup", 5) != 0)
    return false;
  size_t start = index;
  while (start > 0 && is_digit(html[start - 1])) start--;
  return start > 0 && start < index && html[start - 1] == '$';
}

// Copies a fragment so that all releases of the parser read it as browsers do, and returns the
// length of the copy: five times the fragment's at most.
//
// References stay as they are: the parser knows the names of HTML 4 only. `<` begins a tag only
// before a letter. Tags of blocks get a space in front, also end tags of blocks that are not open,
// which the parser passes over, and raised cents a point. Bogus comments become empty elements that show nothing, since the
// parser takes some for text. Where nothing closes the last tag, browsers show nothing of what
// follows; if it is no element (`<<<Race the world`), it is taken for text. NUL bytes go.
static size_t prepare(const uint8_t *html, size_t length, char *copy) {
  const uint8_t *closing = memrchr(html, '>', length);
  size_t last_closing = closing ? (size_t)(closing - html) : 0;
  char *out = copy;
  for (size_t i = 0; i < length; i++) {
    uint8_t byte = html[i], next = i + 1 < length ? html[i + 1] : 0;
    if (byte == '&') {
      out = stpcpy(out, "&amp;");
    } else if (byte != '<') {
      if (byte != 0) *out++ = (char)byte;
    } else if (is_bogus_comment(html + i, length - i)) {
      out = stpcpy(out, "<img ");
      i++;
    } else if (is_letter(next) || next == '/') {
      char name[NAME_SIZE];
      size_t start = i + 1 + (next == '/');
      read_name(html + start, length - start, name);
      if (IS_AMONG(blocks, name)) *out++ = ' ';
      if (is_raised_cents(html, length, i)) *out++ = '.';
      bool is_tag = next == '/' || i < last_closing || htmlTagLookup(BAD_CAST name);
      *out++ = is_tag ? '<' : ' ';
    } else if (empty_comment(html + i, length - i) > 0) {
      i += empty_comment(html + i, length - i) - 1;
    } else if (next == '!') {
      *out++ = '<';
    } else {
      out = stpcpy(out, "&lt;");
    }
  }
  return (size_t)(out - copy);
}

static pthread_once_t is_initialized = PTHREAD_ONCE_INIT;

bool clibxml2_html_text(const uint8_t *html, size_t length, uint8_t *text, size_t *text_length) {
  if (length > CLIBXML2_FRAGMENT_LIMIT) return false;
  pthread_once(&is_initialized, xmlInitParser);
  extraction self = {.parser = htmlNewParserCtxt(), .text = text, .capacity = length};
  char *copy = malloc(5 * length + 1);
  if (!self.parser || !copy) {
    htmlFreeParserCtxt(self.parser);
    free(copy);
    return false;
  }
  // Without the other events there is no tree, no message, and nothing is looked up.
  *self.parser->sax = (xmlSAXHandler){.startElement = start_element,
                                      .endElement = end_element,
                                      .characters = characters,
                                      .ignorableWhitespace = characters};
  self.parser->userData = &self;
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                HTML_PARSE_NODEFDTD | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
  size_t size = prepare(html, length, copy);
  xmlFreeDoc(htmlCtxtReadMemory(self.parser, copy, (int)size, NULL, "UTF-8", options));
  htmlFreeParserCtxt(self.parser);
  free(copy);
  *text_length = self.length;
  return !self.is_too_deep;
}
