#pragma once
// A spaCy package directory (`en_core_web_md-3.7.1/`): its files, and the thinc models in them.
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/mapped_file.h"

namespace dateline::language {

// A float32 array of a model file; `data` is row-major and owned.
struct Array {
  std::vector<std::size_t> shape;
  std::vector<float> data;

  [[nodiscard]] bool has_shape(std::initializer_list<std::size_t> wanted) const;
};

// One layer of a thinc model.
struct ModelNode {
  std::string name;
  std::map<std::string, Array, std::less<>> params;       // those that are not nil
  std::map<std::string, std::int64_t, std::less<>> ints;  // integer attributes: "seed", "column" …
  std::vector<std::string> columns;                       // of extract_features, else empty

  [[nodiscard]] const Array* param(std::string_view key) const;
};

// The nodes of a model file, in the order of the file: breadth first from the root.
class Model {
 public:
  // `name` is the path, for messages. kCorrupt for anything but a thinc model of float32 arrays
  // that fit their shapes.
  [[nodiscard]] static Result<Model> parse(std::string_view bytes, std::string name);

  [[nodiscard]] std::vector<const ModelNode*> named(std::string_view name) const;
  // The node after `node`, null at the end.
  [[nodiscard]] const ModelNode* after(const ModelNode* node) const;
  [[nodiscard]] const std::string& name() const { return name_; }
  // The numbers of a parameter that the node has, moved out of the model. REQUIRES a node of it.
  [[nodiscard]] std::vector<float> take(const ModelNode* node, std::string_view key);

 private:
  std::string name_;
  std::vector<ModelNode> nodes_;
};

class Package {
 public:
  // Reads config.cfg and meta.json. kNotFound or kUnsupported says in one line why the folder is no
  // spaCy package that this runtime knows.
  [[nodiscard]] static Result<Package> open(const std::string& folder);

  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;
  ~Package();

  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] const nlohmann::json& config() const { return *config_; }
  // nlp.pipeline without nlp.disabled.
  [[nodiscard]] const std::vector<std::string>& pipeline() const { return pipeline_; }
  // Section components.NAME; REQUIRES a name of pipeline().
  [[nodiscard]] const nlohmann::json& component(std::string_view name) const;

  // A file of the package, `path` relative to the folder.
  [[nodiscard]] Result<MappedFile> file(std::string_view path) const;
  [[nodiscard]] Result<nlohmann::json> read_json(std::string_view path) const;
  [[nodiscard]] Result<Model> model(std::string_view component) const;

 private:
  Package();

  std::string folder_;
  std::unique_ptr<nlohmann::json> config_;
  std::vector<std::string> pipeline_;
};

}  // namespace dateline::language
