#ifndef HTML_ENTITIES_H
#define HTML_ENTITIES_H

#include <stddef.h>

// The named character references of HTML5, each as `name=HEX ` or `name=HEX,HEX `, code points in
// hexadecimal, in the order of the names' bytes. With `~` for `=`, the name counts without its
// semicolon, too.
extern const char html_entities[];
extern const size_t html_entities_size;

#endif
