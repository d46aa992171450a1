#include "dateline/language/package.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "dateline/base/ascii.h"
#include "dateline/language/config.h"
#include "dateline/language/msgpack.h"

namespace dateline::language {
namespace {

using nlohmann::json;

auto corrupt(std::string_view name, std::string_view what) {
  return fail(ErrorCode::kCorrupt, std::string(name) + ": " + std::string(what));
}

// The envelope that srsly writes for a NumPy array.
Result<Array> read_array(msgpack::Reader& reader, std::string_view name) {
  std::string_view type, bytes;
  Array array;
  for (std::size_t pairs = reader.map(); pairs > 0 && reader.ok(); --pairs) {
    const std::string_view key = reader.string();
    if (key == "type") {
      type = reader.string();
    } else if (key == "shape") {
      for (std::size_t n = reader.array(); n > 0 && reader.ok(); --n) {
        array.shape.push_back(static_cast<std::size_t>(reader.uint()));
      }
    } else if (key == "data") {
      bytes = reader.string();
    } else {
      reader.skip();
    }
  }
  DATELINE_DO(reader.status(name));
  if (type != "<f4") return corrupt(name, "an array of type " + std::string(type) + ", not <f4");
  std::size_t count = 1;
  for (const std::size_t n : array.shape) {
    if (n != 0 && count > bytes.size() / n) return corrupt(name, "an array cut short");
    count *= n;
  }
  if (count * sizeof(float) != bytes.size()) {
    return corrupt(name, "an array that does not fit its shape");
  }
  array.data.resize(count);
  if (count > 0) std::memcpy(array.data.data(), bytes.data(), bytes.size());
  return array;
}

// The attributes that inference needs; each value is a MessagePack document of its own.
void read_attributes(msgpack::Reader& reader, ModelNode& node) {
  for (std::size_t pairs = reader.map(); pairs > 0 && reader.ok(); --pairs) {
    const std::string_view key = reader.string();
    const std::string_view document = reader.string();
    msgpack::Reader value(document);
    if (key == "columns" && value.peek() == msgpack::Type::kArray) {
      for (std::size_t n = value.array(); n > 0 && value.ok(); --n) {
        node.columns.emplace_back(value.string());
      }
    } else if (value.peek() == msgpack::Type::kInt) {
      node.ints.emplace(key, value.integer());
    }
  }
}

// "3.7.1" -> 3; -1 when there is no number.
int major_version(std::string_view version) {
  const std::size_t end = version.find_first_not_of("0123456789");
  return to_number(version.substr(0, end)).value_or(-1);
}

}  // namespace

bool Array::has_shape(std::initializer_list<std::size_t> wanted) const {
  return std::equal(shape.begin(), shape.end(), wanted.begin(), wanted.end());
}

const Array* ModelNode::param(std::string_view key) const {
  const auto found = params.find(key);
  return found == params.end() ? nullptr : &found->second;
}

Result<Model> Model::parse(std::string_view bytes, std::string name) {
  Model model;
  model.name_ = std::move(name);
  msgpack::Reader reader(bytes);
  std::size_t nodes = 0, attributes = 0, params = 0;
  for (std::size_t pairs = reader.map(); pairs > 0 && reader.ok(); --pairs) {
    const std::string_view key = reader.string();
    if (key != "nodes" && key != "attrs" && key != "params") {
      reader.skip();
      continue;
    }
    const std::size_t count = reader.array();
    if (model.nodes_.size() < count) model.nodes_.resize(count);
    (key == "nodes" ? nodes : key == "attrs" ? attributes : params) = count;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
      ModelNode& node = model.nodes_[i];
      if (key == "attrs") {
        read_attributes(reader, node);
        continue;
      }
      for (std::size_t n = reader.map(); n > 0 && reader.ok(); --n) {
        const std::string_view inner = reader.string();
        if (key == "nodes") {
          if (inner == "name") {
            node.name = reader.string();
          } else {
            reader.skip();
          }
        } else if (!reader.nil()) {
          DATELINE_TRY(Array array, read_array(reader, model.name_));
          node.params.emplace(inner, std::move(array));
        }
      }
    }
  }
  DATELINE_DO(reader.status(model.name_));
  if (!reader.at_end()) return corrupt(model.name_, "bytes after the end of the model");
  if (nodes == 0 || attributes != nodes || params != nodes) {
    return corrupt(model.name_, "not a thinc model: its lists differ in length");
  }
  return model;
}

std::vector<const ModelNode*> Model::named(std::string_view name) const {
  std::vector<const ModelNode*> found;
  for (const ModelNode& node : nodes_) {
    if (node.name == name) found.push_back(&node);
  }
  return found;
}

const ModelNode* Model::after(const ModelNode* node) const {
  return node == &nodes_.back() ? nullptr : node + 1;
}

std::vector<float> Model::take(const ModelNode* node, std::string_view key) {
  ModelNode& own = nodes_[static_cast<std::size_t>(node - nodes_.data())];
  return std::move(own.params.find(key)->second.data);
}

Package::Package() = default;
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;
Package::~Package() = default;

Result<Package> Package::open(const std::string& folder) {
  Package package;
  package.folder_ = folder;
  while (package.folder_.size() > 1 && package.folder_.back() == '/') package.folder_.pop_back();
  auto config_file = package.file("config.cfg");
  if (!config_file) {
    return fail(ErrorCode::kNotFound, folder + ": no spaCy model (it has no config.cfg)");
  }
  const std::string config_name = package.folder_ + "/config.cfg";
  DATELINE_TRY(json config, parse_config(config_file->bytes(), config_name));
  package.config_ = std::make_unique<nlohmann::json>(std::move(config));
  DATELINE_TRY(const nlohmann::json meta, package.read_json("meta.json"));
  // "spacy_version" is a range such as ">=3.7.2,<3.8.0".
  const std::string wanted = meta.is_object() ? meta.value("spacy_version", std::string()) : "";
  const std::size_t digit = wanted.find_first_of("0123456789");
  if (digit != std::string::npos && major_version(std::string_view(wanted).substr(digit)) != 3) {
    return fail(ErrorCode::kUnsupported,
                package.folder_ + "/meta.json: made for spaCy " + wanted + ", only 3.x is known");
  }
  const nlohmann::json* names = find_path(*package.config_, "nlp.pipeline");
  const nlohmann::json* disabled = find_path(*package.config_, "nlp.disabled");
  if (names == nullptr || !names->is_array()) return corrupt(config_name, "no nlp.pipeline");
  for (const nlohmann::json& name : *names) {
    if (disabled != nullptr && disabled->is_array() &&
        std::find(disabled->begin(), disabled->end(), name) != disabled->end()) {
      continue;
    }
    if (!name.is_string()) return corrupt(config_name, "nlp.pipeline is not a list of names");
    package.pipeline_.push_back(name.get<std::string>());
    const auto* section = find_path(*package.config_, "components");
    if (section == nullptr || !section->contains(package.pipeline_.back())) {
      return corrupt(config_name, "no section for the component " + package.pipeline_.back());
    }
  }
  return package;
}

const json& Package::component(std::string_view name) const {
  return (*config_)["components"][std::string(name)];
}

Result<MappedFile> Package::file(std::string_view path) const {
  return MappedFile::open(folder_ + "/" + std::string(path));
}

Result<json> Package::read_json(std::string_view path) const {
  DATELINE_TRY(const MappedFile mapped, file(path));
  nlohmann::json value = nlohmann::json::parse(mapped.bytes(), nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return corrupt(folder_ + "/" + std::string(path), "not JSON");
  return value;
}

Result<Model> Package::model(std::string_view component) const {
  const std::string path = std::string(component) + "/model";
  DATELINE_TRY(const MappedFile mapped, file(path));
  return Model::parse(mapped.bytes(), folder_ + "/" + path);
}

}  // namespace dateline::language
