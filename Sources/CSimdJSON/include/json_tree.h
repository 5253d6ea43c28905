// Reads a whole JSON text to a tree, for files that are looked at here and there: a thin face on
// simdjson's document object model.
#ifndef CSIMDJSON_JSON_TREE_H
#define CSIMDJSON_JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  JSON_ABSENT = 0,
  JSON_NULL,
  JSON_BOOLEAN,
  JSON_INTEGER,
  JSON_NUMBER,
  JSON_STRING,
  JSON_ARRAY,
  JSON_OBJECT
} json_kind;

/// A value of a tree, and good for as long as the tree is. A value of zeros is absent.
typedef struct {
  const void *document;
  size_t index;
} json_value;

/// Bytes of UTF-8, escapes resolved, good for as long as the tree is; not ended by a zero.
typedef struct {
  const uint8_t *data;
  size_t size;
} json_string;

/// A place among the members of an array or object.
typedef struct {
  json_value next;
  json_value end;
  bool named;
} json_members;

typedef struct json_tree json_tree;

/// Parses `size` bytes; they are copied, and the tree takes about three times their memory. Returns
/// null, and in `error` a constant text that says why, for what is not JSON in UTF-8.
json_tree *json_tree_parse(const uint8_t *text, size_t size, const char **error);
void json_tree_free(json_tree *tree);
json_value json_tree_root(const json_tree *tree);

json_kind json_value_kind(json_value value);
/// The value of the first member of that name; absent if there is none, or `object` is no object.
json_value json_value_member(json_value object, const char *name);
/// Empty if the value is no string.
json_string json_value_string(json_value value);
/// False if the value is no boolean.
bool json_value_boolean(json_value value);
/// Returns false if the value is no integer of 64 bits.
bool json_value_integer(json_value value, int64_t *integer);

/// The number of members, where there are fewer than 2^24; else 2^24 - 1. 0 for a scalar.
size_t json_value_count(json_value value);
/// The members of an array or object, in order; none of a scalar.
json_members json_value_members(json_value value);
/// Goes to the next member and returns true; false at the end. `name` is empty in an array.
bool json_members_next(json_members *members, json_string *name, json_value *value);

#ifdef __cplusplus
}
#endif
#endif
