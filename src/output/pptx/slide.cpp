#include "output/pptx/slide.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "output/pptx/parts.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

using base::xml_escaped;

constexpr int kPictureId = 3;
constexpr std::int64_t kTitleHeight = 900000;

struct PicturePlace {
  std::int64_t x, y, width, height;
};

/// As large as the slide allows, centred.
PicturePlace fitted(int width, int height) {
  const double scale = std::min(static_cast<double>(kSlideWidth) / width, static_cast<double>(kSlideHeight) / height);
  const auto across = static_cast<std::int64_t>(width * scale), down = static_cast<std::int64_t>(height * scale);
  return {(kSlideWidth - across) / 2, (kSlideHeight - down) / 2, across, down};
}

std::string title_xml(const std::string& title) {
  return fmt::format(R"(<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>)"
                     R"(<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="-{0}"/>)"
                     R"(<a:ext cx="{1}" cy="{0}"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r>)"
                     R"(<a:rPr lang="en-US"/><a:t>{2}</a:t></a:r></a:p></p:txBody></p:sp>)",
                     kTitleHeight, kSlideWidth, xml_escaped(title));
}

/// PowerPoint 2010 and later play p14:media; the videoFile is for everybody else.
std::string video_marks(const SlideVideo& video) {
  if (video.file.empty()) return "<p:nvPr/>";
  return R"(<p:nvPr><a:videoFile r:link="rId3"/><p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}">)"
         R"(<p14:media xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" r:embed="rId4"/>)"
         R"(</p:ext></p:extLst></p:nvPr>)";
}

std::string picture_xml(const Slide& slide) {
  const PicturePlace at = fitted(slide.width, slide.height);
  const std::string_view click = slide.video.file.empty() ? "" : R"(<a:hlinkClick r:id="" action="ppaction://media"/>)";
  return fmt::format(R"(<p:pic><p:nvPicPr><p:cNvPr id="{}" name="Animation" descr="{}">{}</p:cNvPr>)"
                     R"(<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>{}</p:nvPicPr>)"
                     R"(<p:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>)"
                     R"(<p:spPr><a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>)"
                     R"(<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>)",
                     kPictureId, xml_escaped(slide.alt), click, video_marks(slide.video), at.x, at.y, at.width,
                     at.height);
}

std::string target_xml() { return fmt::format(R"(<p:tgtEl><p:spTgt spid="{}"/></p:tgtEl>)", kPictureId); }

/// The main sequence: play once the slide is shown, or at the first click.
std::string start_xml(const SlideVideo& video) {
  const std::string_view with_slide = R"(<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond>)";
  return fmt::format(
      R"(<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>)"
      R"(<p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>{}</p:stCondLst><p:childTnLst>)"
      R"(<p:par><p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>)"
      R"(<p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold" nodeType="{}">)"
      R"x(<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:cmd type="call" cmd="playFrom(0.0)">)x"
      R"(<p:cBhvr><p:cTn id="6" dur="{}" fill="hold"/>{}</p:cBhvr></p:cmd></p:childTnLst></p:cTn></p:par>)"
      R"(</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>)"
      R"(<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>)"
      R"(<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>)",
      video.click ? "" : with_slide, video.click ? "clickEffect" : "afterEffect", ticks(video.length, 1000),
      target_xml());
}

/// A click on the picture pauses and goes on: nobody is held by a loop.
std::string pause_xml() {
  return fmt::format(
      R"(<p:seq concurrent="1" nextAc="seek"><p:cTn id="8" restart="whenNotActive" fill="hold" evtFilter="cancelBubble" )"
      R"(nodeType="interactiveSeq"><p:stCondLst><p:cond evt="onClick" delay="0">{0}</p:cond></p:stCondLst>)"
      R"(<p:endSync evt="end" delay="0"><p:rtn val="all"/></p:endSync><p:childTnLst>)"
      R"(<p:par><p:cTn id="9" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>)"
      R"(<p:par><p:cTn id="10" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>)"
      R"(<p:par><p:cTn id="11" presetID="2" presetClass="mediacall" presetSubtype="0" fill="hold" nodeType="clickEffect">)"
      R"(<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:cmd type="call" cmd="togglePause">)"
      R"(<p:cBhvr><p:cTn id="12" dur="1" fill="hold"/>{0}</p:cBhvr></p:cmd></p:childTnLst></p:cTn></p:par>)"
      R"(</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>)"
      R"(<p:nextCondLst><p:cond evt="onClick" delay="0">{0}</p:cond></p:nextCondLst></p:seq>)",
      target_xml());
}

std::string repeat_attribute(int plays) {
  if (plays == 0) return R"( repeatCount="indefinite")";
  return plays == 1 ? "" : fmt::format(R"( repeatCount="{}")", plays * 1000);  // thousandths of a play
}

std::string timing_xml(const SlideVideo& video) {
  if (video.file.empty()) return "";
  return fmt::format(
      R"(<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>)"
      R"({}{}<p:video><p:cMediaNode mute="1"><p:cTn id="7"{} fill="hold" display="0">)"
      R"(<p:stCondLst><p:cond delay="indefinite"/></p:stCondLst></p:cTn>{}</p:cMediaNode></p:video>)"
      R"(</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>)",
      start_xml(video), pause_xml(), repeat_attribute(video.plays), target_xml());
}

}  // namespace

std::string slide_xml(const Slide& slide) {
  return fmt::format(
      R"({}<p:sld {}><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>)"
      R"(<p:spTree>{}{}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>{}</p:sld>)",
      kXmlHead, kXmlNames, slide.background, kEmptyTree, title_xml(slide.title), picture_xml(slide),
      timing_xml(slide.video));
}

std::string slide_relations_xml(const Slide& slide) {
  std::vector<Relation> relations = {{"slideLayout", "../slideLayouts/slideLayout1.xml"},
                                     {"image", "../media/" + slide.picture}};
  if (!slide.video.file.empty()) {
    relations.push_back({"video", "../media/" + slide.video.file});
    relations.push_back(
        {"http://schemas.microsoft.com/office/2007/relationships/media", "../media/" + slide.video.file});
  }
  return relations_xml(relations);
}

}  // namespace convreel::output
