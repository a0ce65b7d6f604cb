#include "output/pptx/parts.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "output/pptx/slide.hpp"

namespace convreel::output {

namespace {

using base::xml_escaped;

constexpr std::string_view kRelationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kPackageNames = "http://schemas.openxmlformats.org/package/2006/";
constexpr std::string_view kPresentationType = "application/vnd.openxmlformats-officedocument.presentationml.";

constexpr std::string_view kTheme =
    R"(<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="convreel"><a:themeElements>)"
    R"(<a:clrScheme name="convreel"><a:dk1><a:srgbClr val="1B2430"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>)"
    R"(<a:dk2><a:srgbClr val="5D6B7A"/></a:dk2><a:lt2><a:srgbClr val="F1F3F5"/></a:lt2>)"
    R"(<a:accent1><a:srgbClr val="0B4F8A"/></a:accent1><a:accent2><a:srgbClr val="D9480F"/></a:accent2>)"
    R"(<a:accent3><a:srgbClr val="12835A"/></a:accent3><a:accent4><a:srgbClr val="9AA9B8"/></a:accent4>)"
    R"(<a:accent5><a:srgbClr val="1C4A73"/></a:accent5><a:accent6><a:srgbClr val="8F2F0A"/></a:accent6>)"
    R"(<a:hlink><a:srgbClr val="0B4F8A"/></a:hlink><a:folHlink><a:srgbClr val="5D6B7A"/></a:folHlink></a:clrScheme>)"
    R"(<a:fontScheme name="convreel"><a:majorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>)"
    R"(<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme>)"
    R"(<a:fmtScheme name="convreel"><a:fillStyleLst>)"
    R"(<a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill>)"
    R"(<a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst><a:lnStyleLst>)"
    R"(<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>)"
    R"(<a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>)"
    R"(<a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst>)"
    R"(<a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>)"
    R"(<a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst>)"
    R"(<a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill>)"
    R"(<a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>)";

constexpr std::string_view kTitlePlaceholder =
    R"(<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>)"
    R"(<p:spPr><a:xfrm><a:off x="609600" y="228600"/><a:ext cx="10972800" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>)"
    R"(<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t>Title</a:t></a:r></a:p></p:txBody></p:sp>)";

std::string master_xml() {
  return fmt::format(
      R"({}<p:sldMaster {}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>)"
      R"(<p:spTree>{}{}</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" )"
      R"(accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" )"
      R"(folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>)"
      R"(<p:txStyles><p:titleStyle><a:lvl1pPr><a:defRPr sz="3200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>)"
      R"(<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle/><p:otherStyle/></p:txStyles>)"
      R"(</p:sldMaster>)",
      kXmlHead, kXmlNames, kEmptyTree, kTitlePlaceholder);
}

std::string layout_xml() {
  return fmt::format(
      R"({}<p:sldLayout {} type="titleOnly" preserve="1"><p:cSld name="Title and animation"><p:spTree>{}{}</p:spTree></p:cSld>)"
      R"(<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>)",
      kXmlHead, kXmlNames, kEmptyTree, kTitlePlaceholder);
}

/// rId1 is the master, rId2 and so on are the slides.
std::string presentation_xml(std::size_t slides) {
  std::string list;
  for (std::size_t n = 0; n < slides; ++n) list += fmt::format(R"(<p:sldId id="{}" r:id="rId{}"/>)", 256 + n, 2 + n);
  return fmt::format(
      R"({}<p:presentation {}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>)"
      R"(<p:sldIdLst>{}</p:sldIdLst><p:sldSz cx="{}" cy="{}"/><p:notesSz cx="{}" cy="{}"/></p:presentation>)",
      kXmlHead, kXmlNames, list, kSlideWidth, kSlideHeight, kSlideHeight, kSlideWidth);
}

std::string presentation_relations(std::size_t slides) {
  std::vector<Relation> relations = {{"slideMaster", "slideMasters/slideMaster1.xml"}};
  for (std::size_t n = 1; n <= slides; ++n) relations.push_back({"slide", fmt::format("slides/slide{}.xml", n)});
  relations.push_back({"theme", "theme/theme1.xml"});
  return relations_xml(relations);
}

std::string override_xml(std::string_view path, std::string_view type) {
  return fmt::format(R"(<Override PartName="/{}" ContentType="{}"/>)", path, type);
}

std::string content_types_xml(std::size_t slides) {
  std::string parts;
  const auto add = [&](std::string_view path, std::string_view kind) {
    parts += override_xml(path, fmt::format("{}{}+xml", kPresentationType, kind));
  };
  add("ppt/presentation.xml", "presentation.main");
  add("ppt/slideMasters/slideMaster1.xml", "slideMaster");
  add("ppt/slideLayouts/slideLayout1.xml", "slideLayout");
  for (std::size_t n = 1; n <= slides; ++n) add(fmt::format("ppt/slides/slide{}.xml", n), "slide");
  parts += override_xml("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml");
  parts += override_xml("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
  return fmt::format(
      R"({}<Types xmlns="{}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
      R"(<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>)"
      R"(<Default Extension="gif" ContentType="image/gif"/><Default Extension="mp4" ContentType="video/mp4"/>{}</Types>)",
      kXmlHead, kPackageNames, parts);
}

std::string properties_xml(const std::string& title, const std::string& description, const std::string& credit) {
  return fmt::format(
      R"({}<cp:coreProperties xmlns:cp="{}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">)"
      R"(<dc:title>{}</dc:title><dc:creator>convreel</dc:creator><dc:description>{}</dc:description>{}</cp:coreProperties>)",
      kXmlHead, kPackageNames, xml_escaped(title), xml_escaped(description),
      credit.empty() ? "" : fmt::format("<cp:keywords>{}</cp:keywords>", xml_escaped(credit)));
}

std::string package_relations() {
  return relations_xml({{"officeDocument", "ppt/presentation.xml"},
                        {fmt::format("{}relationships/metadata/core-properties", kPackageNames), "docProps/core.xml"}});
}

}  // namespace

std::string relations_xml(const std::vector<Relation>& relations) {
  std::string list;
  for (std::size_t n = 0; n < relations.size(); ++n) {
    const bool own = !relations[n].type.starts_with("http:");
    list += fmt::format(R"(<Relationship Id="rId{}" Type="{}{}" Target="{}"/>)", n + 1, own ? kRelationTypes : "",
                        relations[n].type, xml_escaped(relations[n].target));
  }
  return fmt::format(R"({}<Relationships xmlns="{}relationships">{}</Relationships>)", kXmlHead, kPackageNames, list);
}

std::vector<XmlPart> presentation_parts(std::size_t slides, const std::string& title, const std::string& description,
                                        const std::string& credit) {
  return {{"[Content_Types].xml", content_types_xml(slides)},  // first: readers of streams expect it there
          {"_rels/.rels", package_relations()},
          {"docProps/core.xml", properties_xml(title, description, credit)},
          {"ppt/presentation.xml", presentation_xml(slides)},
          {"ppt/_rels/presentation.xml.rels", presentation_relations(slides)},
          {"ppt/slideMasters/slideMaster1.xml", master_xml()},
          {"ppt/slideMasters/_rels/slideMaster1.xml.rels",
           relations_xml({{"slideLayout", "../slideLayouts/slideLayout1.xml"}, {"theme", "../theme/theme1.xml"}})},
          {"ppt/slideLayouts/slideLayout1.xml", layout_xml()},
          {"ppt/slideLayouts/_rels/slideLayout1.xml.rels",
           relations_xml({{"slideMaster", "../slideMasters/slideMaster1.xml"}})},
          {"ppt/theme/theme1.xml", fmt::format("{}{}", kXmlHead, kTheme)}};
}

}  // namespace convreel::output
