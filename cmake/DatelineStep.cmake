# One folder under src/dateline is one step is one target. A step names the steps that it may include;
# they stand before it, so the order of add_subdirectory() in src/dateline/CMakeLists.txt is the order of
# an article's way through the library, and a cycle stops the configure.
#
#   dateline_step(NAME times SOURCES find_times.cc DEPENDS base language
#                 LINK PkgConfig::re2 DATA times/units.tsv times/months.tsv)
#
# DATA files (.tsv, .sql below data/) are embedded; each is read as dateline::data::times_units (a string_view).
# *_test.cc beside the sources become dateline_<name>_test, *_fuzz.cc become fuzz targets.
include(GoogleTest)

function(dateline_embed target)
  foreach(file IN LISTS ARGN)
    string(REGEX REPLACE "\\.(tsv|sql)$" "" symbol "${file}")
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol "${symbol}")
    set(generated ${CMAKE_BINARY_DIR}/data/${symbol}.cc)
    add_custom_command(
      OUTPUT ${generated}
      COMMAND ${CMAKE_COMMAND} -DINPUT=${PROJECT_SOURCE_DIR}/data/${file} -DOUTPUT=${generated} -DSYMBOL=${symbol}
              -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
      DEPENDS ${PROJECT_SOURCE_DIR}/data/${file} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
      VERBATIM)
    target_sources(${target} PRIVATE ${generated})
  endforeach()
endfunction()

function(dateline_step)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "SOURCES;DEPENDS;LINK;DATA")
  foreach(step IN LISTS arg_DEPENDS)
    if(NOT TARGET dateline::${step})
      message(FATAL_ERROR "step ${arg_NAME} depends on ${step}, which is not before it")
    endif()
  endforeach()
  set(target dateline_${arg_NAME})
  list(TRANSFORM arg_DEPENDS PREPEND dateline:: OUTPUT_VARIABLE libraries)
  if(arg_SOURCES OR arg_DATA)
    add_library(${target} STATIC ${arg_SOURCES})
    target_link_libraries(${target} PUBLIC dateline::flags ${libraries} ${arg_LINK})
    dateline_embed(${target} ${arg_DATA})
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE dateline::flags ${libraries} ${arg_LINK})
  endif()
  add_library(dateline::${arg_NAME} ALIAS ${target})

  file(GLOB tests CONFIGURE_DEPENDS *_test.cc)
  if(DATELINE_TESTS)
    list(JOIN arg_DEPENDS "," allowed)
    add_test(NAME layering.${arg_NAME}
             COMMAND ${CMAKE_COMMAND} -DALLOWED=${arg_NAME},${allowed} -DFOLDER=${CMAKE_CURRENT_SOURCE_DIR}
                     -P ${PROJECT_SOURCE_DIR}/cmake/check_layering.cmake)
  endif()
  if(tests AND DATELINE_TESTS)
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} dateline::testing)
    gtest_discover_tests(${target}_test NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60
                         PROPERTIES LABELS ${arg_NAME} ENVIRONMENT "TZ=Asia/Kathmandu;LC_ALL=C.UTF-8")
  endif()
  file(GLOB fuzzers CONFIGURE_DEPENDS *_fuzz.cc)
  if(fuzzers AND DATELINE_FUZZ)
    foreach(fuzzer IN LISTS fuzzers)
      get_filename_component(name ${fuzzer} NAME_WE)
      add_executable(${name} ${fuzzer})
      target_link_libraries(${name} PRIVATE ${target})
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()
