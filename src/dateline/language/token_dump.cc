#include "dateline/language/token_dump.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

using Json = nlohmann::ordered_json;

std::string_view tag_name(EntityTag tag) {
  switch (tag) {
    case EntityTag::kBegin:
      return "B";
    case EntityTag::kInside:
      return "I";
    case EntityTag::kOutside:
      return "O";
  }
  return "O";
}

bool read_token(const Json& row, const unicode::OffsetMap& offsets, StringArena& arena,
                Token& token) {
  const auto number = [&](const char* key, std::uint32_t& out) {
    const auto at = row.find(key);
    if (at == row.end() || !at->is_number_unsigned()) return false;
    out = at->get<std::uint32_t>();
    return true;
  };
  const auto word = [&](const char* key) {
    const auto at = row.find(key);
    return at != row.end() && at->is_string() ? arena.add(at->get_ref<const std::string&>())
                                              : std::string_view{};
  };
  std::uint32_t begin = 0, end = 0;
  if (!row.is_object() || !number("begin", begin) || !number("end", end)) return false;
  token.span = {offsets.to_byte(begin), offsets.to_byte(end)};
  number("head", token.head);
  token.tag = word("tag");
  token.pos = word("pos");
  token.morph = word("morph");
  token.lemma = word("lemma");
  token.dep = word("dep");
  token.entity_type = word("ent_type");
  const std::string_view iob = word("ent_iob");
  token.entity_tag = iob == "B"   ? EntityTag::kBegin
                     : iob == "I" ? EntityTag::kInside
                                  : EntityTag::kOutside;
  token.sentence_start = row.value("sent_start", false);
  return !token.span.empty();
}

}  // namespace

Result<TokenDump> read_token_dump(std::string_view json, std::string_view text) {
  const Json root = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!root.is_object() || !root.contains("tokens") || !root["tokens"].is_array())
    return fail(ErrorCode::kCorrupt, "not a token dump: no object with \"tokens\"");
  TokenDump dump;
  if (root.contains("id") && root["id"].is_string()) dump.id = root["id"].get<std::string>();
  const unicode::OffsetMap offsets(text, unicode::OffsetUnit::kCodePoints);
  StringArena arena;
  std::vector<Token> tokens;
  std::uint32_t last = 0;
  for (const Json& row : root["tokens"]) {
    Token token;
    if (!read_token(row, offsets, arena, token) || token.span.begin < last)
      return fail(
          ErrorCode::kCorrupt,
          fmt::format("token dump '{}': token {} does not fit the text", dump.id, tokens.size()));
    last = token.span.end;
    token.space_after = last < text.size() && text[last] == ' ';
    tokens.push_back(token);
  }
  dump.doc = Doc::assemble(text, std::move(tokens), std::move(arena));
  return dump;
}

std::string write_token_dump(std::string_view id, const Doc& doc) {
  const unicode::OffsetMap offsets(doc.text(), unicode::OffsetUnit::kCodePoints);
  Json tokens = Json::array();
  for (const Token& token : doc.tokens()) {
    tokens.push_back({{"begin", offsets(token.span.begin)},
                      {"end", offsets(token.span.end)},
                      {"tag", token.tag},
                      {"pos", token.pos},
                      {"morph", token.morph},
                      {"lemma", token.lemma},
                      {"head", token.head},
                      {"dep", token.dep},
                      {"sent_start", token.sentence_start},
                      {"ent_iob", tag_name(token.entity_tag)},
                      {"ent_type", token.entity_type}});
  }
  const Json root = {{"id", id}, {"tokens", std::move(tokens)}};
  return root.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dateline::language
