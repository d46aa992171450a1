#include "dateline/times/tables.h"

namespace dateline::data {
extern const std::string_view times_words;
extern const std::string_view times_rules;
extern const std::string_view times_holidays;
extern const std::string_view times_southern;
}  // namespace dateline::data

namespace dateline::times {

const Tables& tables() {
  static const Tables kTables = [] {
    Lexicon lexicon = Lexicon::load(data::times_words, data::times_holidays, data::times_southern);
    Grammar grammar = Grammar::load(data::times_rules, lexicon);
    return Tables{std::move(lexicon), std::move(grammar)};
  }();
  return kTables;
}

}  // namespace dateline::times
