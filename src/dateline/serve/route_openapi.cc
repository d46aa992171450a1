// GET /api/openapi.json: the description of the API, data/serve/openapi.json.
#include "dateline/serve/routes.h"

namespace dateline::data {
extern const std::string_view serve_openapi_json;
}

namespace dateline::serve {

Result<std::string> route_openapi(const Call&) { return std::string(data::serve_openapi_json); }

}  // namespace dateline::serve
