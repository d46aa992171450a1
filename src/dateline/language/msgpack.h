#pragma once
// MessagePack, read in place: the format of most files in a spaCy package (msgpack.org; srsly's
// dialect writes arrays as maps with bin keys, which package.h understands).
//
// Two ways to read. Reader pulls one value after the other and keeps quiet about errors until
// asked: after the first one every read gives a zero or an empty view and ok() is false, so that a
// loop `for (n = r.map(); n-- > 0;)` over broken bytes still ends. Value is the whole document as a
// tree, for small files of mixed shape. Strings are views into the bytes in both.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"

namespace dateline::language::msgpack {

enum class Type { kNil, kBool, kInt, kFloat, kString, kBinary, kArray, kMap, kUnknown };

class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  // Type of the next value; kUnknown at the end, after an error and for extension types.
  [[nodiscard]] Type peek() const;

  // Number of pairs, or of items, that follow. Never more than the bytes that are left.
  std::size_t map();
  std::size_t array();
  // A str or a bin.
  std::string_view string();
  // Any integer that fits; a wrong sign or size is an error.
  std::uint64_t uint();
  std::int64_t integer();
  // A float or an integer.
  double number();
  bool boolean();
  // Takes a nil if one is next and says whether it did.
  bool nil();
  // Passes over one value, however deep (without recursion).
  void skip();
  // Passes over one value and gives its bytes.
  std::string_view raw();

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return at_ == end_; }
  // kCorrupt, with `name` (a path) in the message, if anything went wrong so far.
  [[nodiscard]] Result<void> status(std::string_view name) const;

  // Bytes not read yet; 0 after an error.
  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

 private:
  unsigned char byte();
  std::uint64_t big_endian(std::size_t bytes);
  std::size_t bounded(std::uint64_t count, std::size_t bytes_each);
  void set_failed() {
    ok_ = false;
    at_ = end_;
  }

  const char* at_;
  const char* end_;
  bool ok_ = true;
};

// One value of a document. Maps keep their order; keys may be of any type.
struct Value {
  Type type = Type::kNil;
  bool negative = false;      // kInt: `integer` holds a negative int64_t
  std::uint64_t integer = 0;  // kInt; kBool: 0 or 1
  double number = 0;          // kFloat, kInt
  std::string_view string;    // kString, kBinary
  std::vector<Value> items;   // kArray: the items; kMap: key, value, key, value ...

  // The value under a string or an integer key of a map; null if it is not there.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] const Value* find(std::uint64_t key) const;
  [[nodiscard]] bool is_text() const { return type == Type::kString || type == Type::kBinary; }
};

// The one document that `bytes` hold. kCorrupt, naming `name`, when they are cut short, go on after
// it, nest deeper than 64, or hold extension types.
[[nodiscard]] Result<Value> parse(std::string_view bytes, std::string_view name);

}  // namespace dateline::language::msgpack
