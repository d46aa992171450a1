#pragma once
// Where data goes: standard output or a file. Messages never go here.
#include <cstdio>
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::app {

// Buffered; one thread. A reader that closed the pipe is no failure: closed() turns true and writes
// are dropped.
class Output {
 public:
  // "" or "-": standard output. kIo names the file.
  static Result<Output> open(const std::string& path);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  // kIo names what could not be written to, and why (disk full …).
  Result<void> write(std::string_view bytes);
  Result<void> finish();
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  Output(std::FILE* file, std::string name, bool owned)
      : file_(file), name_(std::move(name)), owned_(owned) {}
  Result<void> broken();

  std::FILE* file_;
  std::string name_;
  bool owned_;
  bool closed_ = false;
};

}  // namespace dateline::app
