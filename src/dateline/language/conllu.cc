#include "dateline/language/conllu.h"

#include <fmt/format.h>

#include <vector>

#include "dateline/base/ascii.h"

namespace dateline::language {
namespace {

bool is_white(const Token& token) { return token.pos == "SPACE" || trim(token.text).empty(); }

std::string_view or_dash(std::string_view field) { return field.empty() ? "_" : field; }

std::string misc(const Token& token) {
  std::string out;
  if (token.entity_tag != EntityTag::kOutside)
    out = fmt::format("NE={}-{}", token.entity_tag == EntityTag::kBegin ? 'B' : 'I',
                      token.entity_type);
  if (!token.space_after) out += out.empty() ? "SpaceAfter=No" : "|SpaceAfter=No";
  return out.empty() ? "_" : out;
}

// The sentence on one line: line ends and tabs would break the comment.
std::string one_line(std::string_view text) {
  std::string out(trim(text));
  for (char& c : out)
    if (is_space(c)) c = ' ';
  return out;
}

}  // namespace

std::string write_conllu(std::string_view id, const Doc& doc) {
  std::string out = fmt::format("# newdoc id = {}\n", one_line(id));
  std::vector<std::uint32_t> number(doc.size(), 0);  // in its sentence, from 1; 0: left out
  std::uint32_t sentence_number = 0;
  for (const TokenSpan sentence : doc.sentences()) {
    std::uint32_t count = 0;
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i)
      number[i] = is_white(doc[i]) ? 0 : ++count;
    if (count == 0) continue;
    out += fmt::format("# sent_id = {}-{}\n# text = {}\n", one_line(id), ++sentence_number,
                       one_line(slice(doc.text(), doc.bytes(sentence))));
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
      const Token& token = doc[i];
      if (number[i] == 0) continue;
      const bool root = token.head == i;
      out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{}\n", number[i], token.text,
                         or_dash(token.lemma), or_dash(token.pos), or_dash(token.tag),
                         or_dash(token.morph), root ? 0 : number[token.head],
                         root ? "root" : or_dash(token.dep), misc(token));
    }
    out += '\n';
  }
  return out;
}

}  // namespace dateline::language
