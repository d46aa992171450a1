// Seasons: northern by month, the southern reading beside it where the text is of the south.
#include <fmt/format.h>

#include "dateline/times/resolve.h"

namespace dateline::times {

Meaning Resolver::season(const Reading& reading) {
  return of_both_hemispheres(reading, &Resolver::season_near);
}

Meaning Resolver::season_year(const Reading& reading) {
  return of_both_hemispheres(reading, &Resolver::season_of_year);
}

Meaning Resolver::season_rel(const Reading& reading) {
  return of_both_hemispheres(reading, &Resolver::season_counted);
}

Meaning Resolver::season_ana(const Reading& reading) {
  return of_both_hemispheres(reading, &Resolver::season_after);
}

// The northern reading; where the sentence of the season or the first one names a place of the
// south, the season of the same months is told, too: a code stands for its months.
Meaning Resolver::of_both_hemispheres(const Reading& reading, SeasonOf of) {
  const int number = number_of_season(reading.get(Symbol::kSeason)->code);
  Meaning meaning = (this->*of)(number, reading);
  if (!meaning.element || !is_southern(reading)) return meaning;
  const Meaning southern = (this->*of)((number + 2) % 4, reading);
  std::vector<std::string>& others = meaning.expression.alternatives;
  others.push_back(southern.expression.value);
  others.insert(others.end(), southern.expression.alternatives.begin(),
                southern.expression.alternatives.end());
  return meaning;
}

bool Resolver::is_southern(const Reading& reading) const {
  const auto names_south = [&](TokenSpan sentence) {
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i)
      if (lexicon_.is_southern(doc_[i].lower, i + 1 < doc_.size() ? doc_[i + 1].lower : ""))
        return true;
    return false;
  };
  const auto sentences = doc_.sentences();
  const TokenSpan own = tokens(reading);
  return own.begin < doc_.size() &&
         (names_south(sentences[doc_[own.begin].sentence]) || names_south(sentences.front()));
}

Meaning Resolver::season_near(int number, const Reading& reading) {
  if (!published_) return open(fmt::format("XXXX-{}", reading.get(Symbol::kSeason)->code));
  const int year = date_of(*published_).year;
  const Direction way = direction(reading);
  if (way == Direction::kFuture) {
    for (int y = year - 1; y <= year + 1; ++y)
      if (interval_of(season_element(y, number)).end->day > *published_)
        return date(season_element(y, number), TimeExpression::kPublished);
  }
  int best = year;
  if (season_element(best, number).first > *published_) --best;
  Meaning meaning = date(season_element(best, number), TimeExpression::kPublished);
  if (way == Direction::kUnknown || way == Direction::kPresent)
    meaning.expression.alternatives.push_back(value_of(season_element(best + 1, number)));
  return meaning;
}

Meaning Resolver::season_of_year(int number, const Reading& reading) {
  const Reading* year = reading.inner("year");
  if (!year) year = reading.inner("relyear");
  const Meaning of = year ? evaluate(*year) : none();
  if (!of.element) return open(fmt::format("XXXX-{}", reading.get(Symbol::kSeason)->code));
  const int told = date_of(of.element->first).year;
  Meaning meaning = date(season_element(told, number), of.expression.anchor);
  if (number == 3)  // the winter that began in the year before
    meaning.expression.alternatives.push_back(value_of(season_element(told - 1, number)));
  return meaning;
}

Meaning Resolver::season_counted(int number, const Reading& reading) {
  if (!published_) return open(fmt::format("XXXX-{}", reading.get(Symbol::kSeason)->code));
  int year = date_of(*published_).year;
  const int relative = relative_in(reading, scan_);
  const auto ended = [&](int y) {
    return interval_of(season_element(y, number)).end->day <= *published_;
  };
  if (relative < 0) {
    while (!ended(year) && year > 1) --year;
  } else if (relative > 0) {
    while (season_element(year, number).first <= *published_ && year < 9998) ++year;
  } else if (number == 3 && date_of(*published_).month < 3) {
    --year;
  }
  return date(season_element(year, number), TimeExpression::kPublished);
}

Meaning Resolver::season_after(int number, const Reading& reading) {
  const auto from = focus(Grain::kYear, reading);
  if (!from) return open(fmt::format("XXXX-{}", reading.get(Symbol::kSeason)->code));
  int year = date_of(from->element.first).year;
  const int relative = relative_in(reading, scan_);
  if (relative > 0 && season_element(year, number).first <= from->element.first &&
      from->element.grain < Grain::kYear)
    ++year;
  if (relative < 0) --year;
  return date(season_element(year, number), from->anchor);
}

}  // namespace dateline::times
