// The parts of a presentation that are the same in every one: masters, theme, lists of what there is (ECMA-376).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::output {

inline constexpr std::string_view kXmlHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                             "\n";
inline constexpr std::string_view kXmlNames =
    R"(xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
    R"(xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main")";
/// What every shape tree begins with.
inline constexpr std::string_view kEmptyTree =
    R"(<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>)"
    R"(<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>)";

/// From one part to another; the first is rId1. A type without "http:" is one of ECMA-376's own.
struct Relation {
  std::string type, target;
};
[[nodiscard]] std::string relations_xml(const std::vector<Relation>& relations);

/// A part's path inside the archive, and what it says.
struct XmlPart {
  std::string path, text;
};
/// Everything but the slides and their media. `title` and `description` are the document's properties.
[[nodiscard]] std::vector<XmlPart> presentation_parts(std::size_t slides, const std::string& title,
                                                      const std::string& description, const std::string& credit);

}  // namespace convreel::output
