#pragma once
// Aligned: a vector of numbers that begins where a line of the cache does, so that no row of a
// whole number of lines lies in one line more than it needs.
#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace dateline::neural {

// Leaves numbers without a value of their own unset.
template <class T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};

  LineAllocator() = default;
  template <class U>
  explicit LineAllocator(const LineAllocator<U>&) {}

  [[nodiscard]] T* allocate(std::size_t size) {
    return static_cast<T*>(::operator new(size * sizeof(T), kLine));
  }
  void deallocate(T* numbers, std::size_t) { ::operator delete(numbers, kLine); }
  template <class U, class... Values>
  void construct(U* place, Values&&... values) {
    if constexpr (sizeof...(Values) == 0)
      ::new (static_cast<void*>(place)) U;
    else
      ::new (static_cast<void*>(place)) U(std::forward<Values>(values)...);
  }
  friend bool operator==(const LineAllocator&, const LineAllocator&) { return true; }
};

template <class T>
using Aligned = std::vector<T, LineAllocator<T>>;

}  // namespace dateline::neural
