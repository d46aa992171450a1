# Writes OUTPUT: the bytes of INPUT as dateline::data::SYMBOL, a string_view that lives for ever.
# In pieces of 60 bytes of hex: raw strings have a length limit in some compilers, arrays of char have none.
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
string(REGEX REPLACE "(('\\\\x..',){16})" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "#include <string_view>\nnamespace dateline::data {\nnamespace {\nconstexpr char bytes[] = {\n${bytes}\n'\\0'};\n}\nextern const std::string_view ${SYMBOL};\nconst std::string_view ${SYMBOL}{bytes, sizeof bytes - 1};\n}  // namespace dateline::data\n")
