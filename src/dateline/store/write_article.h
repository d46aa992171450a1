#pragma once
// One record as rows of the store: entities, quotations, events and relations, with spans in code
// points. Lines over articles are decided afterwards (lines.h).
#include <cstdint>
#include <string>

#include "dateline/record/record.h"
#include "dateline/store/database.h"
#include "dateline/store/store.h"

namespace dateline::store {

// The first half of the SHA-256 over the text and what its container said of it: the same article
// again has the same.
[[nodiscard]] Blob content_hash(const Article& article);

// "YYYY-MM-DD" or a date-time; NULL where unknown.
[[nodiscard]] Value time_or_null(const std::optional<TimePoint>& point);

// Inserts the article's own row, its record and its fingerprint; its id.
Result<std::int64_t> insert_article(Database& database, const Prepared& prepared,
                                    const std::string& reader);
// Makes the article's words found by search; last, for every statement after it waits for the
// index.
Result<void> index_text(Database& database, std::int64_t id, const Prepared& prepared);
// Writes anew what depends on the reader into the row of article `id`.
Result<void> update_article(Database& database, std::int64_t id, const Prepared& prepared,
                            const std::string& reader);
// Inserts what the record found in article `id`; names get their identities.
Result<void> insert_findings(Database& database, std::int64_t id, const Record& record);
// Deletes that again.
Result<void> delete_findings(Database& database, std::int64_t id);

}  // namespace dateline::store
