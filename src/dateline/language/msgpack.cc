#include "dateline/language/msgpack.h"

#include <bit>
#include <limits>

namespace dateline::language::msgpack {
namespace {

constexpr int kMaxDepth = 64;

void read_value(Reader& reader, Value& value, int depth) {
  value.type = reader.peek();
  switch (value.type) {
    case Type::kNil:
      reader.nil();
      return;
    case Type::kBool:
      value.integer = reader.boolean() ? 1 : 0;
      return;
    case Type::kInt: {
      Reader signed_reader = reader;
      value.integer = reader.uint();
      if (!reader.ok()) {
        value.negative = true;
        const std::int64_t integer = signed_reader.integer();
        value.integer = static_cast<std::uint64_t>(integer);
        reader = signed_reader;
        value.number = static_cast<double>(integer);
      } else {
        value.number = static_cast<double>(value.integer);
      }
      return;
    }
    case Type::kFloat:
      value.number = reader.number();
      return;
    case Type::kString:
    case Type::kBinary:
      value.string = reader.string();
      return;
    case Type::kArray:
    case Type::kMap: {
      if (depth >= kMaxDepth) break;
      const std::size_t count = value.type == Type::kArray ? reader.array() : 2 * reader.map();
      for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        read_value(reader, value.items.emplace_back(), depth + 1);
      }
      return;
    }
    case Type::kUnknown:
      break;
  }
  reader.string();  // not a string: marks the error
}

}  // namespace

Type Reader::peek() const {
  if (!ok_ || at_ == end_) return Type::kUnknown;
  const auto b = static_cast<unsigned char>(*at_);
  if (b <= 0x7F || b >= 0xE0) return Type::kInt;
  if (b <= 0x8F) return Type::kMap;
  if (b <= 0x9F) return Type::kArray;
  if (b <= 0xBF) return Type::kString;
  if (b == 0xC0) return Type::kNil;
  if (b == 0xC2 || b == 0xC3) return Type::kBool;
  if (b >= 0xC4 && b <= 0xC6) return Type::kBinary;
  if (b == 0xCA || b == 0xCB) return Type::kFloat;
  if (b >= 0xCC && b <= 0xD3) return Type::kInt;
  if (b >= 0xD9 && b <= 0xDB) return Type::kString;
  if (b == 0xDC || b == 0xDD) return Type::kArray;
  if (b == 0xDE || b == 0xDF) return Type::kMap;
  return Type::kUnknown;
}

unsigned char Reader::byte() {
  if (at_ == end_) {
    set_failed();
    return 0xC1;  // never used by the format
  }
  return static_cast<unsigned char>(*at_++);
}

std::uint64_t Reader::big_endian(std::size_t bytes) {
  if (left() < bytes) {
    set_failed();
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value = value << 8 | static_cast<unsigned char>(at_[i]);
  }
  at_ += bytes;
  return value;
}

std::size_t Reader::bounded(std::uint64_t count, std::size_t bytes_each) {
  if (count > left() / bytes_each) {
    set_failed();
    return 0;
  }
  return static_cast<std::size_t>(count);
}

std::size_t Reader::map() {
  const unsigned char b = byte();
  if (b >= 0x80 && b <= 0x8F) return bounded(b & 0x0FU, 2);
  if (b == 0xDE) return bounded(big_endian(2), 2);
  if (b == 0xDF) return bounded(big_endian(4), 2);
  set_failed();
  return 0;
}

std::size_t Reader::array() {
  const unsigned char b = byte();
  if (b >= 0x90 && b <= 0x9F) return bounded(b & 0x0FU, 1);
  if (b == 0xDC) return bounded(big_endian(2), 1);
  if (b == 0xDD) return bounded(big_endian(4), 1);
  set_failed();
  return 0;
}

std::string_view Reader::string() {
  const unsigned char b = byte();
  std::uint64_t size = 0;
  if (b >= 0xA0 && b <= 0xBF) {
    size = b & 0x1FU;
  } else if (b == 0xD9 || b == 0xC4) {
    size = big_endian(1);
  } else if (b == 0xDA || b == 0xC5) {
    size = big_endian(2);
  } else if (b == 0xDB || b == 0xC6) {
    size = big_endian(4);
  } else {
    set_failed();
  }
  if (!ok_ || size > left()) {
    set_failed();
    return {};
  }
  const std::string_view view(at_, static_cast<std::size_t>(size));
  at_ += size;
  return view;
}

std::uint64_t Reader::uint() {
  const unsigned char b = byte();
  if (b <= 0x7F) return b;
  if (b >= 0xCC && b <= 0xCF) return big_endian(std::size_t{1} << (b - 0xCC));
  if (b >= 0xD0 && b <= 0xD3) {
    const std::size_t size = std::size_t{1} << (b - 0xD0);
    const std::uint64_t value = big_endian(size);
    if (value >> (8 * size - 1) == 0) return value;
  }
  set_failed();
  return 0;
}

std::int64_t Reader::integer() {
  const unsigned char b = byte();
  if (b <= 0x7F) return b;
  if (b >= 0xE0) return static_cast<std::int64_t>(b) - 256;
  if (b >= 0xCC && b <= 0xCF) {
    const std::uint64_t value = big_endian(std::size_t{1} << (b - 0xCC));
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return static_cast<std::int64_t>(value);
    }
  } else if (b >= 0xD0 && b <= 0xD3) {
    const std::size_t bits = std::size_t{8} << (b - 0xD0);
    const std::uint64_t value = big_endian(bits / 8) << (64 - bits);
    return static_cast<std::int64_t>(value) >> (64 - bits);
  }
  set_failed();
  return 0;
}

double Reader::number() {
  switch (peek()) {
    case Type::kFloat: {
      const unsigned char b = byte();
      if (b == 0xCA) return std::bit_cast<float>(static_cast<std::uint32_t>(big_endian(4)));
      return std::bit_cast<double>(big_endian(8));
    }
    case Type::kInt:
      if (static_cast<unsigned char>(*at_) == 0xCF) return static_cast<double>(uint());
      return static_cast<double>(integer());
    case Type::kNil:
    case Type::kBool:
    case Type::kString:
    case Type::kBinary:
    case Type::kArray:
    case Type::kMap:
    case Type::kUnknown:
      break;
  }
  set_failed();
  return 0;
}

bool Reader::boolean() {
  const unsigned char b = byte();
  if (b != 0xC2 && b != 0xC3) set_failed();
  return b == 0xC3;
}

bool Reader::nil() {
  if (peek() != Type::kNil) return false;
  ++at_;
  return true;
}

void Reader::skip() {
  // The number of values still to pass over; a container adds its own.
  for (std::uint64_t todo = 1; todo > 0 && ok_; --todo) {
    switch (peek()) {
      case Type::kNil:
        nil();
        break;
      case Type::kBool:
        boolean();
        break;
      case Type::kInt:
      case Type::kFloat:
        number();
        break;
      case Type::kString:
      case Type::kBinary:
        string();
        break;
      case Type::kArray:
        todo += array();
        break;
      case Type::kMap:
        todo += 2 * map();
        break;
      case Type::kUnknown:
        set_failed();
        break;
    }
  }
}

std::string_view Reader::raw() {
  const char* begin = at_;
  skip();
  if (!ok_) return {};
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

Result<void> Reader::status(std::string_view name) const {
  if (ok_) return {};
  return fail(ErrorCode::kCorrupt,
              std::string(name) + ": cut short, or not the MessagePack that was expected");
}

const Value* Value::find(std::string_view key) const {
  if (type != Type::kMap) return nullptr;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].is_text() && items[i].string == key) return &items[i + 1];
  }
  return nullptr;
}

const Value* Value::find(std::uint64_t key) const {
  if (type != Type::kMap) return nullptr;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const Value& k = items[i];
    if (k.type == Type::kInt && !k.negative && k.integer == key) return &items[i + 1];
  }
  return nullptr;
}

Result<Value> parse(std::string_view bytes, std::string_view name) {
  Reader reader(bytes);
  Value value;
  read_value(reader, value, 0);
  DATELINE_DO(reader.status(name));
  if (!reader.at_end()) {
    return fail(ErrorCode::kCorrupt, std::string(name) + ": bytes after the end of the document");
  }
  return value;
}

}  // namespace dateline::language::msgpack
