#include "json_tree.h"

#include <cstring>
#include <new>
#include <type_traits>

#include <simdjson.h>

using namespace simdjson;

struct json_tree {
  dom::parser parser;
  dom::element root;
};

namespace {

// A json_value holds what simdjson's elements and iterators are: a document and an index into it.
template <typename Element> Element from_value(json_value value) {
  static_assert(std::is_trivially_copyable_v<Element> && sizeof(Element) == sizeof(json_value));
  Element element;
  std::memcpy(static_cast<void *>(&element), &value, sizeof value);
  return element;
}

template <typename Element> json_value to_value(const Element &element) {
  static_assert(std::is_trivially_copyable_v<Element> && sizeof(Element) == sizeof(json_value));
  json_value value;
  std::memcpy(&value, &element, sizeof value);
  return value;
}

dom::element element_of(json_value value) { return from_value<dom::element>(value); }

template <typename Container> json_members members_of(const Container &container, bool named) {
  return {to_value(container.begin()), to_value(container.end()), named};
}

} // namespace

json_tree *json_tree_parse(const uint8_t *text, size_t size, const char **error) {
  json_tree *tree = new (std::nothrow) json_tree;
  error_code code = MEMALLOC;
  if (tree) code = tree->parser.parse(text, size).get(tree->root);
  if (code == SUCCESS) return tree;
  *error = error_message(code);
  delete tree;
  return nullptr;
}

void json_tree_free(json_tree *tree) { delete tree; }

json_value json_tree_root(const json_tree *tree) { return to_value(tree->root); }

json_kind json_value_kind(json_value value) {
  if (!value.document) return JSON_ABSENT;
  switch (element_of(value).type()) {
  case dom::element_type::NULL_VALUE: return JSON_NULL;
  case dom::element_type::BOOL: return JSON_BOOLEAN;
  case dom::element_type::INT64: return JSON_INTEGER;
  case dom::element_type::STRING: return JSON_STRING;
  case dom::element_type::ARRAY: return JSON_ARRAY;
  case dom::element_type::OBJECT: return JSON_OBJECT;
  default: return JSON_NUMBER;
  }
}

json_value json_value_member(json_value object, const char *name) {
  dom::element member;
  if (json_value_kind(object) != JSON_OBJECT) return {};
  if (element_of(object).at_key(name).get(member) != SUCCESS) return {};
  return to_value(member);
}

json_string json_value_string(json_value value) {
  if (json_value_kind(value) != JSON_STRING) return {};
  std::string_view view = element_of(value).get_string().value_unsafe();
  return {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
}

bool json_value_boolean(json_value value) {
  return json_value_kind(value) == JSON_BOOLEAN && element_of(value).get_bool().value_unsafe();
}

bool json_value_integer(json_value value, int64_t *integer) {
  return value.document && element_of(value).get_int64().get(*integer) == SUCCESS;
}

size_t json_value_count(json_value value) {
  switch (json_value_kind(value)) {
  case JSON_ARRAY: return element_of(value).get_array().value_unsafe().size();
  case JSON_OBJECT: return element_of(value).get_object().value_unsafe().size();
  default: return 0;
  }
}

json_members json_value_members(json_value value) {
  switch (json_value_kind(value)) {
  case JSON_ARRAY: return members_of(element_of(value).get_array().value_unsafe(), false);
  case JSON_OBJECT: return members_of(element_of(value).get_object().value_unsafe(), true);
  default: return {};
  }
}

bool json_members_next(json_members *members, json_string *name, json_value *value) {
  if (members->next.index == members->end.index) return false;
  *name = {};
  if (members->named) {
    auto next = from_value<dom::object::iterator>(members->next);
    std::string_view key = next.key();
    *name = {reinterpret_cast<const uint8_t *>(key.data()), key.size()};
    *value = to_value(next.value());
    members->next = to_value(++next);
  } else {
    auto next = from_value<dom::array::iterator>(members->next);
    *value = to_value(*next);
    members->next = to_value(++next);
  }
  return true;
}
